"""A package as the check sees it: every table read once, and the place of every record and cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from enforcement_web.check.json_shape import surely_keeps
from enforcement_web.csvtext import Fault, Scan, cell_column
from enforcement_web.package import JsonTable, Package, Resource
from enforcement_web.problem import Problem, Severity


@dataclass
class Reading:
    """The tables of a package as read, by name, and the problems met in reading them."""

    package: Package
    csv: dict[str, Scan] = field(default_factory=dict)
    json: dict[str, JsonTable] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Rows of JSON tables whose records may not keep their schema, by table.
    odd: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "Reading":
        """Read every table of a package."""
        reading = cls(package, problems=list(package.problems))
        for resource in package.resources.values():
            reading._add(resource)
        return reading

    def replaced(self, resource: Resource, data: bytes) -> "Reading":
        """Return this reading with other bytes for one table; the other tables are not read again."""
        kept = [problem for problem in self.problems if problem.file != resource.path]
        other = Reading(
            self.package.replaced({resource.path: data}), {**self.csv}, {**self.json}, kept, odd={**self.odd}
        )
        other.csv.pop(resource.name, None)
        other.json.pop(resource.name, None)
        other._add(resource)
        return other

    def usable(self) -> list[Resource]:
        """Tables whose records could be told apart."""
        return [
            resource
            for resource in self.package.resources.values()
            if (resource.name in self.csv or resource.name in self.json) and self._table(resource).is_usable
        ]

    def faults(self, resource: Resource) -> list[Fault]:
        """Faults of structure in the file of a table that could be read."""
        return self._table(resource).faults

    def is_sound(self, resource: Resource) -> bool:
        """Whether the file of a table can be loaded as it is: no fault of structure, every record of its shape."""
        return not self.faults(resource) and not self.odd.get(resource.name)

    def is_all_sound(self) -> bool:
        """Whether every table of the package could be read and its file can be loaded as it is."""
        usable = self.usable()
        return len(usable) == len(self.package.resources) and all(map(self.is_sound, usable))

    def count(self) -> int:
        """Records in the usable tables."""
        return sum(
            len(self.csv[r.name].rows if r.format == "csv" else self.json[r.name].records) for r in self.usable()
        )

    def is_broken(self, table: str, row: int) -> bool:
        """Whether a record has a fault of structure or of shape, which says enough."""
        return row in (self.csv[table].broken if table in self.csv else self.odd[table])

    def line(self, table: str, row: int) -> int:
        """Line at which a record begins."""
        return self.json[table].places[f"/{row}"][0] if table in self.json else self.csv[table].lines[row]

    def problem(
        self, table: str, row: int, field: str, rule: str, message: str, severity: Severity = "error", near: str = ""
    ) -> Problem:
        """Make the problem of a cell.

        ``field`` is a column, or a JSON Pointer within the record; ``near`` is what may be meant.
        """
        resource = self.package.resources[table]
        if table in self.json:
            places = self.json[table].places
            line, column = places.get(f"/{row}/{field}".rstrip("/")) or places[f"/{row}"]
            record = self.json[table].records[row]
            key, value = str(record.get("id", "")), _at(record, field)
        else:
            scan = self.csv[table]
            index = resource.columns.index(field) if field in resource.columns else 0
            line, column = scan.lines[row], cell_column(scan.texts[row], index)
            key = "/".join(scan.rows[row][resource.columns.index(name)] for name in resource.key)
            value = scan.rows[row][index] if field else ""
        return Problem(resource.path, line, column, rule, message, severity, table, key, field, value, near)

    def _add(self, resource: Resource) -> None:
        try:
            if resource.format == "csv":
                self.csv[resource.name] = self.package.scan_csv(resource)
            else:
                self.json[resource.name] = table = self.package.scan_json(resource)
                self.odd[resource.name] = _odd_rows(table.records, resource.schema)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            reason = "there is no such file" if missing else f"the file cannot be read: {error.strerror}"
            message = f"{reason}; the descriptor lists it as table {resource.name}"
            self.problems.append(Problem(resource.path, 1, 1, "file-missing", message, table=resource.name))
        else:
            self.problems += [self.package.problem(resource, fault) for fault in self.faults(resource)]

    def _table(self, resource: Resource) -> Scan | JsonTable:
        return self.csv[resource.name] if resource.format == "csv" else self.json[resource.name]


def _odd_rows(records: list[dict[str, Any]], schema: Mapping[str, Any]) -> set[int]:
    return {row for row, record in enumerate(records) if not surely_keeps(record, schema["items"])}


def _at(record: Any, pointer: str) -> str:
    """Give the text at a place within a record; an empty text for anything nested."""
    for step in pointer.split("/") if pointer else ():
        if isinstance(record, list) and step.isdecimal() and int(step) < len(record):
            record = record[int(step)]
        elif isinstance(record, dict) and step in record:
            record = record[step]
        else:
            return ""
    return "" if record is None or isinstance(record, list | dict) else str(record)
