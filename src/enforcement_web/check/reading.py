"""A package as the check sees it: every table read once, and the place of every record and cell."""

from dataclasses import dataclass, field

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

    @classmethod
    def of(cls, package: Package) -> "Reading":
        """Read every table of a package."""
        reading = cls(package)
        for resource in package.resources.values():
            try:
                if resource.format == "csv":
                    reading.csv[resource.name] = package.scan_csv(resource)
                else:
                    reading.json[resource.name] = package.scan_json(resource)
            except OSError as error:
                missing = isinstance(error, FileNotFoundError)
                reason = "there is no such file" if missing else f"the file cannot be read: {error.strerror}"
                message = f"{reason}; the descriptor lists it as table {resource.name}"
                reading.problems.append(Problem(resource.path, 1, 1, "file-missing", message))
            else:
                reading.problems += [package.problem(resource, fault) for fault in reading.faults(resource)]
        return reading

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

    def count(self) -> int:
        """Records in the usable tables."""
        return sum(
            len(self.csv[r.name].rows if r.format == "csv" else self.json[r.name].records) for r in self.usable()
        )

    def is_broken(self, table: str, row: int) -> bool:
        """Whether a record comes from a line that has a fault of structure, which says enough."""
        return table in self.csv and row in self.csv[table].broken

    def line(self, table: str, row: int) -> int:
        """Line at which a record begins."""
        return self.json[table].places[f"/{row}"][0] if table in self.json else self.csv[table].lines[row]

    def problem(
        self, table: str, row: int, field: str, rule: str, message: str, severity: Severity = "error"
    ) -> Problem:
        """Make the problem of a cell. ``field`` is a column, or a JSON Pointer within the record."""
        resource = self.package.resources[table]
        if table in self.json:
            places = self.json[table].places
            pointer = f"/{row}/{field}".rstrip("/")
            line, column = places.get(pointer) or places[f"/{row}"]
        else:
            scan = self.csv[table]
            index = resource.columns.index(field) if field in resource.columns else 0
            line, column = scan.lines[row], cell_column(scan.texts[row], index)
        text = f"{field}: {message}" if field else message
        return Problem(resource.path, line, column, rule, text, severity)

    def _table(self, resource: Resource) -> Scan | JsonTable:
        return self.csv[resource.name] if resource.format == "csv" else self.json[resource.name]
