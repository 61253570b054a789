"""What a check says at the end."""

from dataclasses import dataclass, field

from enforcement_web.problem import Problem


@dataclass
class Report:
    """The problems of a package in order of place, what was looked at, and what could not be."""

    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    records: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found that must be mended."""
        return not any(problem.severity == "error" for problem in self.problems)

    def summary(self) -> str:
        """Say in one line what was checked and found."""
        looked = f"{self.records:,} records in {self.tables} tables"
        if not self.problems:
            return f"no problems in {looked}"
        files = len({problem.file for problem in self.problems})
        count = len(self.problems)
        return f"{count:,} problem{'s' * (count > 1)} in {files} file{'s' * (files > 1)}; {looked} checked"

    def text(self) -> str:
        """Write one line for each problem, then the notes and the summary."""
        return "\n".join([*map(str, self.problems), *self.notes, self.summary()])
