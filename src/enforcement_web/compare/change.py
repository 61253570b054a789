"""What differs between two versions: typed changes, and the bump of the version that each asks for.

docs/versions.md gives the policy in words; a test holds it against ``KINDS``.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Scope = Literal["schema", "data"]

# Tables of questions, proofs and housekeeping: what is added to them or changed in them is a patch.
SUPPORT = frozenset({"audits", "evidence", "exceptions", "gaps", "sources"})


class Bump(IntEnum):
    """Which part of a version must rise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The name in small letters, as reports write it."""
        return self.name.lower()


@dataclass(frozen=True)
class Kind:
    """A kind of change: its id, how reports head it, what it is a change of, and the bump that it asks for.

    ``is_loss`` tells whether something that users had is gone; reports show losses first.
    """

    id: str
    title: str
    scope: Scope
    bump: Bump
    is_loss: bool = False


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("table-removed", "Tables removed", "schema", Bump.MAJOR, True),
        Kind("column-removed", "Columns removed", "schema", Bump.MAJOR, True),
        Kind("column-retyped", "Columns with another type", "schema", Bump.MAJOR, True),
        Kind("key-changed", "Tables with another key", "schema", Bump.MAJOR, True),
        Kind("term-removed", "Terms removed", "schema", Bump.MAJOR, True),
        Kind("record-lost", "Records gone without a redirect", "data", Bump.MAJOR, True),
        Kind("redirect-removed", "Redirects removed", "data", Bump.MAJOR, True),
        Kind("record-retired", "Records retired", "data", Bump.MINOR, True),
        Kind("record-merged", "Records merged into others", "data", Bump.MINOR, True),
        Kind("record-split", "Records split", "data", Bump.MINOR, True),
        Kind("legal-basis-removed", "Legal bases removed", "data", Bump.MINOR, True),
        Kind("row-dropped", "Rows dropped from a table without ids", "data", Bump.MINOR, True),
        Kind("table-shrank", "Tables with fewer records", "data", Bump.NONE, True),
        Kind("evidence-removed", "Evidence removed", "data", Bump.PATCH, True),
        Kind("evidence-disputed", "Evidence that contradicts", "data", Bump.PATCH, True),
        Kind("record-redirected", "Records with a new id", "data", Bump.MINOR),
        Kind("status-changed", "Statuses changed", "data", Bump.MINOR),
        Kind("status-redated", "Statuses with other dates", "data", Bump.MINOR),
        Kind("status-added", "Statuses added", "data", Bump.MINOR),
        Kind("legal-basis-changed", "Legal bases changed", "data", Bump.MINOR),
        Kind("legal-basis-added", "Legal bases added", "data", Bump.MINOR),
        Kind("record-added", "Records added", "data", Bump.MINOR),
        Kind("field-changed", "Fields changed", "data", Bump.PATCH),
        Kind("evidence-changed", "Evidence changed", "data", Bump.PATCH),
        Kind("evidence-added", "Evidence added", "data", Bump.PATCH),
        Kind("table-added", "Tables added", "schema", Bump.MINOR),
        Kind("column-added", "Columns added", "schema", Bump.MINOR),
        Kind("column-changed", "Columns with other constraints", "schema", Bump.MINOR),
        Kind("term-added", "Terms added", "schema", Bump.MINOR),
        Kind("wording-changed", "Descriptions changed", "schema", Bump.PATCH),
    )
}
_ORDER = {name: place for place, name in enumerate(KINDS)}


@dataclass(frozen=True)
class Change:
    """One difference between two versions.

    ``record`` is the key of the record, several columns joined by ``/``; for a term ``vocabulary/term``. ``field`` is
    the column, or the place in a JSON record's schema. ``before`` and ``after`` are what stood and what stands there,
    or the ids that a record went to. ``title`` tells a reader which record is meant, ``reason`` why it went.
    """

    kind: str
    table: str
    record: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    title: str = ""
    reason: str = ""

    @property
    def bump(self) -> Bump:
        """The bump that this change asks for."""
        bump = KINDS[self.kind].bump
        return min(bump, Bump.PATCH) if self.table in SUPPORT and self.kind in _LESS_IN_SUPPORT else bump

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """Losses first, then by table and record."""
        return _ORDER[self.kind], self.table, self.record, self.field, self.after


_LESS_IN_SUPPORT = frozenset(
    {"record-added", "record-retired", "record-merged", "record-split", "record-redirected", "row-dropped"}
)
