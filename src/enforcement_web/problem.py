"""What the checks report: a problem, at a place in a file, against a rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place.

    ``file`` is relative to the package folder, ``line`` and ``column`` count characters from 1, ``rule`` is
    the id of the rule that it breaks and ``message`` says what is wrong and what to do. ``table``, ``record`` and
    ``field`` name the record at fault by its key, joined by /, and its column or member, where there is one; ``value``
    is what stands there and ``suggestion`` what may be meant.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = "error"
    table: str = ""
    record: str = ""
    field: str = ""
    value: str = ""
    suggestion: str = ""

    @property
    def text(self) -> str:
        """The message with the field before it and the suggestion after it."""
        before = f"{self.field}: " if self.field else ""
        after = f' (did you mean "{self.suggestion}"?)' if self.suggestion else ""
        return f"{before}{self.message}{after}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.rule} {self.text}"


class PackageError(Exception):
    """A package that cannot be opened. ``problems`` says why."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def closest(value: str, known: Iterable[str]) -> str:
    """Return the known value that is most like another, or an empty string when none is near."""
    from difflib import get_close_matches

    near = get_close_matches(value, list(known), n=1, cutoff=0.75)
    return near[0] if near else ""


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """Return " (did you mean ...?)" with the nearest of the known values, or an empty string."""
    near = closest(value, known)
    return f' (did you mean "{near}"?)' if near else ""


class UnknownIdError(LookupError):
    """An id, a table or a place that the package does not have. ``near`` is the nearest that it has."""

    def __init__(self, what: str, value: str, known: Iterable[str]):
        self.near = closest(value, known)
        hint = f' (did you mean "{self.near}"?)' if self.near else ""
        super().__init__(f'there is no {what} "{value}"{hint}')
