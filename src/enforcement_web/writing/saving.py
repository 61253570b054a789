"""Try a draft against the check, write it into the files of its package, and take it back."""

from collections.abc import Mapping
from dataclasses import dataclass

from enforcement_web.check import Report, check
from enforcement_web.package import Package
from enforcement_web.problem import Problem
from enforcement_web.writing.draft import Draft


class SaveError(Exception):
    """The files cannot be written, or were changed by someone else in the meantime."""


@dataclass(frozen=True)
class Trial:
    """What the check says of a package with a draft in it: its report, and the errors that the draft brings.

    ``before`` and ``after`` are the bytes of the files without and with the draft, by path.
    """

    package: Package
    report: Report
    errors: list[Problem]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]

    @classmethod
    def of(cls, draft: Draft) -> "Trial":
        """Check the package as it would be, without writing anything."""
        after = draft.files()
        before = {path: draft.read[path] for path in after}
        report = check(draft.package.replaced(after), draft.today)
        errors = [problem for problem in report.problems if problem.severity == "error"]
        if errors:
            known = {_what(problem) for problem in check(draft.package.replaced(before), draft.today).problems}
            errors = [problem for problem in errors if _what(problem) not in known]
        return cls(draft.package, report, errors, before, after)

    def write(self) -> None:
        """Write all files, or none. Raises SaveError when that cannot be done."""
        self._exchange(self.before, self.after, "nothing was written")

    def take_back(self) -> None:
        """Put the files back as they were. Raises SaveError when that cannot be done."""
        self._exchange(self.after, self.before, "the new rows stay in the files")

    def _exchange(self, old: Mapping[str, bytes], new: Mapping[str, bytes], otherwise: str) -> None:
        """Replace files whose bytes are still the old ones."""
        try:
            for resource in self.package.resources.values():
                if resource.path in old and self.package.read(resource) != old[resource.path]:
                    raise SaveError(f"{resource.path} was changed in the meantime; {otherwise}")
            self.package.write_all(new)
        except OSError as error:
            raise SaveError(f"the files cannot be written: {error.strerror}; {otherwise}") from None


def _what(problem: Problem) -> tuple[str, ...]:
    """What a problem is, wherever it stands now."""
    return problem.file, problem.rule, problem.record, problem.field, problem.message
