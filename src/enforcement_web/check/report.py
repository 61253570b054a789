"""What a check says at the end."""

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from enforcement_web.problem import Problem


@dataclass
class Report:
    """The problems of a package in order of place, what was looked at, and what could not be.

    ``excepted`` counts the problems that data/reference/exceptions.csv covers.
    """

    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    records: int = 0
    notes: list[str] = field(default_factory=list)
    excepted: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found that must be mended."""
        return not any(problem.severity == "error" for problem in self.problems)

    def narrowed(
        self, rules: list[str] | None = None, tables: list[str] | None = None, severity: str | None = None
    ) -> "Report":
        """Return this report with only the problems of some rules (* stands for any text), tables or one severity."""
        kept = [
            problem
            for problem in self.problems
            if (not rules or any(fnmatchcase(problem.rule, rule) for rule in rules))
            and (not tables or problem.table in tables)
            and severity in (None, problem.severity)
        ]
        return replace(self, problems=kept)

    def summary(self) -> str:
        """Say in one line what was checked and found."""
        looked = f"{self.records:,} records in {self.tables} tables"
        if not self.problems:
            return f"no problems in {looked}"
        files = len({problem.file for problem in self.problems})
        errors = sum(problem.severity == "error" for problem in self.problems)
        warnings = len(self.problems) - errors
        counts = [_counted(errors, "problem")] * bool(errors) + [_counted(warnings, "warning")] * bool(warnings)
        return f"{' and '.join(counts)} in {_counted(files, 'file')}; {looked} checked"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
