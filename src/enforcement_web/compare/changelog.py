"""Write what the change log tells of a version's data and schema from a comparison with the version before."""

from collections import Counter
from collections.abc import Iterator

from enforcement_web.compare import Comparison
from enforcement_web.compare.change import KINDS, Change
from enforcement_web.compare.outline import counted, shortened
from enforcement_web.wrapping import wrapped_to

WIDTH = 120
# What a group of kinds is called, in the order of the section.
_TOLD = (
    ("Gone without a redirect", ("record-lost", "redirect-removed")),
    ("Retired, merged or split", ("record-retired", "record-merged", "record-split", "row-dropped")),
    ("With a new id", ("record-redirected",)),
    ("Added", ("record-added", "status-added", "legal-basis-added")),
    ("Statuses changed or dated otherwise", ("status-changed", "status-redated")),
    ("Legal bases removed or changed", ("legal-basis-removed", "legal-basis-changed")),
    ("Corrected", ("field-changed",)),
    ("Evidence added", ("evidence-added", "evidence-disputed")),
    ("Evidence changed", ("evidence-changed",)),
    ("Evidence removed", ("evidence-removed",)),
)


def data_section(found: Comparison) -> str:
    """Write the section "Data": counts of records by table, and the routes that opened and closed."""
    lines = [f"{title}: {counts}." for title, kinds in _TOLD if (counts := _counts(found.changes, kinds))]
    lines += list(_answers(found))
    return _section("Data", lines)


def schema_section(found: Comparison) -> str:
    """Write the section "Schema", which says so when nothing changed."""
    changes = [change for change in found.changes if KINDS[change.kind].scope == "schema"]
    version = f"Schema version {found.new_schema_version}."
    lines = [f"{title}: {named}." for title, named in _named(changes)]
    return _section("Schema", [*(lines or ["No change."]), version])


def _section(title: str, lines: list[str]) -> str:
    items = [part for text in lines or ["No change."] for part in wrapped_to(WIDTH, f"- {text}")]
    return "\n".join([f"### {title}", "", *items])


def _counts(changes: tuple[Change, ...], kinds: tuple[str, ...]) -> str:
    """Count records by table; several changes of one record count once."""
    records = {(change.table, change.record) for change in changes if change.kind in kinds}
    rows = Counter(change.table for change in changes if change.kind in kinds)
    is_evidence = kinds[0].startswith("evidence-")
    counts = rows if is_evidence else Counter(table for table, _ in records)
    before = "on " if is_evidence else ""
    return ", ".join(f"{number:,} {before}{_code(table)}" for table, number in sorted(counts.items(), key=_most))


def _code(name: str) -> str:
    return f"`{name}`"


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _answers(found: Comparison) -> Iterator[str]:
    day = found.on.isoformat()
    if not found.answers:
        yield f"No route to {found.to} opened or closed, on {day}."
        return
    opened = {one.touchpoint for one in found.answers if one.opened}
    closed = {one.touchpoint for one in found.answers if one.closed}
    for word, touchpoints in (("opened", opened), ("closed", closed)):
        if touchpoints:
            number, names = counted(len(touchpoints), "touchpoint"), ", ".join(map(_code, sorted(touchpoints)))
            yield f"Routes to {found.to} {word}, on {day}, from {number}: {names}."


def _named(changes: list[Change]) -> Iterator[tuple[str, str]]:
    for kind in KINDS.values():
        mine = [change for change in changes if change.kind == kind.id]
        if not mine:
            continue
        if kind.id == "wording-changed":
            tables = sorted({change.table for change in mine})
            yield kind.title, f"{len(mine):,} in {', '.join(map(_code, tables))}"
        else:
            yield kind.title, "; ".join(_name(change) for change in mine)


def _name(change: Change) -> str:
    if change.kind.startswith("term-"):
        return _code(change.record if change.table == "terms" else f"{change.table}.{change.field}={change.record}")
    name = _code(f"{change.table}.{change.field}" if change.field else change.table)
    if change.kind.endswith(("-added", "-removed")):
        return name
    return f"{name}, {shortened(change.before) or 'none'}, now {shortened(change.after) or 'none'}"
