"""The tables of one side of a comparison, as texts by key."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from enforcement_web.package import Package, Resource, as_json

Key = tuple[str, ...]
Row = dict[str, str]

_TITLES = ("name", "title", "citation", "question", "statement", "summary")


class Tables:
    """The records of a package, read when they are asked for."""

    def __init__(self, package: Package):
        self.package = package
        self.resources = package.resources
        self._read: dict[str, dict[Key, Row]] = {}

    def rows(self, table: str) -> dict[Key, Row]:
        """The records of a table by key, cells as text; a table that the package lacks has none."""
        if table not in self._read:
            resource = self.resources.get(table)
            self._read[table] = read_rows(self.package, resource) if resource else {}
        return self._read[table]

    @cached_property
    def redirects(self) -> dict[tuple[str, str], Row]:
        """The redirects by table and old id."""
        return {(row["table"], row["old_id"]): row for row in self.rows("redirects").values()}

    def title(self, table: str, record: str) -> str:
        """What a reader knows a record by: its name, title or citation, else the first words of what it says."""
        row: Mapping[str, str] = self.rows(table).get((record,), {})
        if table == "flow_laws" and row:
            return f"{row['law_id']} {row['effect']} {row['flow_id']}"
        return next((row[name] for name in _TITLES if row.get(name)), "")


def read_rows(package: Package, resource: Resource) -> dict[Key, Row]:
    """Read a table whose file is sound; nested values of a JSON table become one line of JSON."""
    records = package.records(resource)
    rows = [_json_row(resource, record) for record in records] if resource.format == "json" else records
    return {tuple(row[name] for name in resource.key): row for row in rows}


def _json_row(resource: Resource, record: Mapping[str, Any]) -> Row:
    return {name: _text(record.get(name)) for name in resource.columns}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else as_json(value)
