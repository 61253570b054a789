"""Leave out the problems that data/reference/exceptions.csv excepts, and report exceptions that except nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from enforcement_web.check.reading import Reading
from enforcement_web.check.rules import sql_rules
from enforcement_web.package import lacking_columns
from enforcement_web.problem import Problem, closest

TABLE = "exceptions"
_COLUMNS = ("rule", "table", "record", "expires")
# Rules about the text of a file that a record may break for a good reason.
_TEXT_RULES = {"personal-data"}


@dataclass(frozen=True)
class _Exception:
    row: int
    rule: str
    table: str
    record: str
    expires: str

    def covers(self, problem: Problem) -> bool:
        return (self.rule, self.table) == (problem.rule, problem.table) and fnmatchcase(problem.record, self.record)


def apply_exceptions(
    reading: Reading, problems: list[Problem], skipped: set[str], today: date
) -> tuple[list[Problem], int]:
    """Return the problems that no exception covers, with those of the exceptions, and how many were covered."""
    exceptions = list(_exceptions(reading))
    left = [problem for problem in problems if not any(one.covers(problem) for one in exceptions)]
    faults = _faults(reading, exceptions, problems, skipped, today)
    needed = {TABLE: _COLUMNS} if TABLE in reading.package.resources else {}
    lacking = lacking_columns(reading.package, needed, "exceptions")
    return [*left, *lacking, *faults], len(problems) - len(left)


def _exceptions(reading: Reading) -> Iterator[_Exception]:
    if TABLE not in reading.csv or not reading.csv[TABLE].is_usable:
        return
    columns = reading.package.resources[TABLE].columns
    if not set(_COLUMNS).issubset(columns):
        return
    for row, cells in enumerate(reading.csv[TABLE].rows):
        named = dict(zip(columns, cells, strict=True))
        if not reading.is_broken(TABLE, row):
            yield _Exception(row, named["rule"], named["table"], named["record"], named["expires"])


def _faults(
    reading: Reading, exceptions: list[_Exception], problems: list[Problem], skipped: set[str], today: date
) -> Iterator[Problem]:
    known = {item.rule.id for item in sql_rules()} | _TEXT_RULES
    for one in exceptions:
        if one.rule not in known:
            message = f'"{one.rule}" is not a rule about records'
            near = closest(one.rule, known)
            yield reading.problem(TABLE, one.row, "rule", "exception-rule", message, near=near)
        elif one.expires < today.isoformat():
            message = f"ran out on {one.expires}"
            yield reading.problem(TABLE, one.row, "expires", "exception-expired", message)
        elif one.rule not in skipped and not any(one.covers(problem) for problem in problems):
            message = f'no record of {one.table} that matches "{one.record}" breaks {one.rule}; remove the line'
            yield reading.problem(TABLE, one.row, "record", "exception-unneeded", message)
