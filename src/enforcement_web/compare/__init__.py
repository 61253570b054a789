"""Compare two versions of a package: what changed, what that changes in the answers, and the version that it needs.

>>> from enforcement_web.compare import compare, opened
>>> with opened("OLD", "0.1.0.zip", here) as old, opened("NEW", ".", here) as new:  # doctest: +SKIP
...     compare(old, new, on=date(2026, 11, 26)).required
<Bump.MINOR: 2>

docs/versions.md tells the policy, docs/compare.schema.json the form of the JSON.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from enforcement_web.compare.answers import Answer, answer_changes
from enforcement_web.compare.change import KINDS, Bump, Change, Kind
from enforcement_web.compare.data_diff import data_changes, evidence_changes
from enforcement_web.compare.opening import SideError, opened
from enforcement_web.compare.policy import least_version, parse_version, required_bump, version_faults
from enforcement_web.compare.schema_diff import schema_changes
from enforcement_web.compare.tables import Tables
from enforcement_web.package import Package

__all__ = [
    "KINDS",
    "Answer",
    "Bump",
    "Change",
    "Comparison",
    "Kind",
    "SideError",
    "VersionError",
    "compare",
    "opened",
]


class VersionError(Exception):
    """A release whose version is too small for what changed. ``faults`` says why."""

    def __init__(self, faults: list[str]):
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Comparison:
    """What differs between two packages, losses first, and how the answers differ on a day.

    Versions are those that the two descriptors give.
    """

    old_version: str
    new_version: str
    old_schema_version: str
    new_schema_version: str
    on: date
    to: str
    changes: tuple[Change, ...]
    answers: tuple[Answer, ...]

    @cached_property
    def schema_bump(self) -> Bump:
        """The bump that the changes of form ask for."""
        return required_bump(self.changes, "schema")

    @cached_property
    def required(self) -> Bump:
        """The bump that all changes ask for; one that changes an answer is minor at least."""
        return max(required_bump(self.changes), Bump.MINOR if self.answers else Bump.NONE)

    @property
    def least_version(self) -> str:
        """The least version that NEW may have; empty when that of OLD is no version."""
        before = parse_version(self.old_version)
        return ".".join(map(str, least_version(before, self.required))) if before else ""

    def require_versions(self) -> None:
        """Raise VersionError when NEW may not be released with its versions after OLD."""
        faults = self.version_faults()
        if faults:
            raise VersionError(faults)

    def version_faults(self) -> list[str]:
        """What is wrong with the versions of NEW as a release after OLD; empty when nothing is."""
        return [
            *version_faults(self.old_version, self.new_version, self.required, "version"),
            *version_faults(self.old_schema_version, self.new_schema_version, self.schema_bump, "schemaVersion"),
        ]


def compare(old: Package, new: Package, on: date, to: str = "ice") -> Comparison:
    """Compare two packages without faults of structure.

    ``on`` is the day on which the routes to ``to`` are compared.
    """
    before, after = Tables(old), Tables(new)
    changes = [*schema_changes(before, after), *data_changes(before, after), *evidence_changes(before, after)]
    return Comparison(
        old.version,
        new.version,
        old.schema_version,
        new.schema_version,
        on,
        to,
        tuple(sorted(changes, key=lambda change: change.order)),
        answer_changes(before, after, on, to),
    )
