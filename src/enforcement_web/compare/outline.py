"""Order a comparison for readers: losses, then answers, then the rest; each group with its lines.

Text, Markdown and the change log are written from this one outline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from enforcement_web.compare import Comparison
from enforcement_web.compare.answers import Answer, Flows
from enforcement_web.compare.change import KINDS, Change

_LONGEST = 120


@dataclass(frozen=True)
class Group:
    """Changes of one kind in one table: a heading, how many there are, and a line for each that is shown."""

    title: str
    count: int
    lines: tuple[str, ...]

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    title: str
    groups: tuple[Group, ...]


def outline(found: Comparison, limit: int) -> list[Section]:
    """Give the sections that have something to show, ``limit`` lines a group at the most, 0 for all."""
    losses = [change for change in found.changes if KINDS[change.kind].is_loss]
    rest = [change for change in found.changes if not KINDS[change.kind].is_loss]
    sections = [
        Section("Losses", _groups(losses, limit)),
        Section(f"Routes to {found.to} on {found.on.isoformat()}", tuple(_answer(one, limit) for one in found.answers)),
        Section("Changes", _groups(rest, limit)),
    ]
    return [section for section in sections if section.groups]


def verdict(found: Comparison) -> list[str]:
    """Say what was compared and which version the changes need."""
    count, answers = len(found.changes), len(found.answers)
    if not count and not answers:
        return [f"{found.old_version} to {found.new_version}: nothing changed"]
    lines = [
        f"{found.old_version} to {found.new_version}: {counted(count, 'change')}, {found.required.word}; the next"
        f" release must be {found.least_version} or more",
    ]
    if found.new_version != found.old_version:
        lines += found.version_faults()
    if not found.answers:
        lines.append(f"no route to {found.to} opens or closes on {found.on.isoformat()}")
    return lines


def counted(number: int, what: str) -> str:
    """Write a number with its noun: 1 change, 2,000 changes."""
    return f"{number:,} {what}{'s' * (number != 1)}"


def _groups(changes: Iterable[Change], limit: int) -> tuple[Group, ...]:
    groups = []
    for (kind, table), members in groupby(changes, key=lambda change: (change.kind, change.table)):
        lines = [line(change) for change in members]
        groups.append(Group(f"{KINDS[kind].title}: {table}", len(lines), _first(lines, limit)))
    return tuple(groups)


def _answer(answer: Answer, limit: int) -> Group:
    routes = [f"+ {route(one)}" for one in answer.opened]
    routes = [f"- {route(one)}" for one in answer.closed] + routes
    causes = ", ".join(f"{flow} ({what})" for flow, what in answer.causes) or "agencies or databases joined otherwise"
    counts = f"{len(answer.opened):,} opened, {len(answer.closed):,} closed, {answer.after:,} open now"
    title = f"{answer.touchpoint} in {places(answer.places)}: {counts}; through {causes}"
    return Group(title, len(routes), _first(routes, limit))


def _first(lines: Sequence[str], limit: int) -> tuple[str, ...]:
    return tuple(lines[:limit] if limit else lines)


def route(flows: Flows) -> str:
    """Write a route as its flows in order."""
    return " > ".join(flows)


def places(ids: Sequence[str]) -> str:
    """Name a few places, or the first and how many others."""
    if len(ids) <= 4:
        return ", ".join(ids)
    return f"{ids[0]} and {len(ids) - 1} other places"


def line(change: Change) -> str:
    """Tell one change in one line."""
    where = ".".join(part for part in (change.record, change.field) if part)
    text = f"{where}: " if where else ""
    if change.kind.startswith("evidence-") and not (change.before and change.after):
        return text + (change.before or change.after)
    if change.kind in _MOVED:
        went = f"now {change.after.replace(';', ', ')}; " if change.after else ""
        return f"{text}{shortened(change.title)} ({went}{change.reason})"
    if change.before or change.after:
        return text + _difference(change.before, change.after)
    return text + shortened(change.title) if change.title else where or change.table


_MOVED = frozenset({"record-retired", "record-merged", "record-split", "record-redirected", "legal-basis-removed"})


def _difference(before: str, after: str) -> str:
    """Tell what stood and what stands; of lists, what left and what came."""
    was, now = before.split(";"), after.split(";")
    if len(was) + len(now) > 2 and all(item and " " not in item for item in (*was, *now)):
        left = [f"-{item}" for item in was if item not in now]
        came = [f"+{item}" for item in now if item not in was]
        return " ".join([*left, *came])
    return f"{shortened(before) or '(empty)'} -> {shortened(after) or '(empty)'}"


def shortened(text: str) -> str:
    """Cut a long text at a word."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0]} ..."
