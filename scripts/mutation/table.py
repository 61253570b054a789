"""What mutation operators work on: one table of a package, as bytes and as records, and a seeded chance."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from enforcement_web.check.reading import Reading
from enforcement_web.csvtext import canonical_rows, format_csv
from enforcement_web.jsontext import canonical_records, format_json
from enforcement_web.package import Resource


class NotApplicableError(Exception):
    """The operator finds nothing in this table that it could change."""


@dataclass
class Table:
    """A table to be changed once. ``rows`` are the records of a CSV table, ``records`` those of a JSON table."""

    reading: Reading
    resource: Resource
    chance: Random
    what: str = field(default="", init=False)

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.resource.name

    @property
    def data(self) -> bytes:
        """The file of the table."""
        return self.reading.package.read(self.resource)

    def rows(self) -> list[dict[str, str]]:
        """The records of a CSV table."""
        if self.resource.format != "csv":
            raise NotApplicableError
        columns = self.resource.columns
        rows = [dict(zip(columns, cells, strict=True)) for cells in self.reading.csv[self.name].rows]
        if not rows:
            raise NotApplicableError
        return rows

    def records(self) -> list[dict[str, Any]]:
        """A copy of the records of a JSON table."""
        if self.resource.format != "json":
            raise NotApplicableError
        copy: list[dict[str, Any]] = json.loads(json.dumps(self.reading.json[self.name].records))
        return copy

    def others(self, table: str) -> list[dict[str, str]]:
        """The records of another CSV table."""
        columns = self.reading.package.resources[table].columns
        return [dict(zip(columns, cells, strict=True)) for cells in self.reading.csv[table].rows]

    def released(self) -> set[str]:
        """Ids of the table that a release has held."""
        return {row["id"] for row in self.others("released_ids") if row["table"] == self.name}

    def fields(self, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """The columns of a CSV table that fit, as field descriptors."""
        if self.resource.format != "csv":
            raise NotApplicableError
        return [one for one in self.resource.fields if wanted(one)]

    def references(self) -> dict[str, str]:
        """The columns that refer to records, with the table that each refers to."""
        return {column: target for column, target, _ in self.resource.foreign_keys}

    def pick(self, choices: Any) -> Any:
        """Choose one at random. Raises NotApplicableError when there is none."""
        listed = list(choices)
        if not listed:
            raise NotApplicableError
        return self.chance.choice(listed)

    def pick_cell(self, wanted: Callable[[dict[str, Any]], bool]) -> tuple[list[dict[str, str]], dict[str, str], str]:
        """Choose a filled cell of a column that fits: all rows, the row, the column."""
        column = self.pick(self.fields(wanted))["name"]
        rows = self.rows()
        return rows, self.pick(row for row in rows if row[column]), column

    def csv(self, rows: list[dict[str, str]], what: str) -> bytes:
        """Write records in canonical form, so that nothing but the change is at fault."""
        self.what = what
        columns = self.resource.columns
        lists = [columns.index(name) for name in self.resource.list_columns]
        key = [columns.index(name) for name in self.resource.key]
        return format_csv(columns, canonical_rows([[row[name] for name in columns] for row in rows], key, lists))

    def json(self, records: list[dict[str, Any]], what: str) -> bytes:
        """Write the records of a JSON table in canonical form."""
        self.what = what
        return format_json(canonical_records(records, self.resource.schema))

    def lines(self) -> tuple[list[bytes], int]:
        """The lines of a CSV file, and the number of one below the header."""
        if self.resource.format != "csv":
            raise NotApplicableError
        lines = self.data.split(b"\n")[:-1]
        return lines, self.pick(range(1, len(lines)))

    def joined(self, lines: list[bytes], what: str) -> bytes:
        """Put the lines of a file together again."""
        self.what = what
        return b"\n".join([*lines, b""])


@dataclass(frozen=True)
class Operator:
    """One way to spoil a table.

    ``legal`` says why a mutant that no rule catches can be a right edit; without it every mutant is a fault.
    """

    name: str
    make: Callable[[Table], bytes]
    legal: str = ""

    @property
    def does(self) -> str:
        """What the operator does, from its docstring."""
        return (self.make.__doc__ or "").strip().rstrip(".")
