"""Records that are being written: what is wrong with each, whether an id is free, and the files they would make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from enforcement_web.check.canonical import FIXABLE, canonical_bytes
from enforcement_web.check.reading import Reading
from enforcement_web.check.rules import sql_rules
from enforcement_web.check.snapshot import Snapshot
from enforcement_web.csvtext import format_csv
from enforcement_web.dates import date_bounds
from enforcement_web.jsontext import format_json
from enforcement_web.package import Package, Resource
from enforcement_web.problem import PackageError, Problem
from enforcement_web.slugs import slug
from enforcement_web.writing.kinds import NAMED_AFTER, shortened
from enforcement_web.writing.questions import Path, at, completed

# Stands for an id while there is none.
_NO_ID = "new-record"


@dataclass
class Entry:
    """One new record: the part of the draft that it is, its table, and what is known of it so far."""

    part: str
    resource: Resource
    record: dict[str, Any] = field(default_factory=dict)

    def put(self, path: Path, value: Any) -> None:
        """Set a value at a place within the record, and make the objects and lists on the way."""
        holder: Any = self.record
        for step, following in pairwise(path):
            fresh: Any = [] if isinstance(following, int) else {}
            if isinstance(holder, list) and step == len(holder):
                holder.append(fresh)
            elif isinstance(holder, dict):
                holder.setdefault(step, fresh)
            holder = holder[step]
        holder[path[-1]] = value

    def drop(self, path: Path) -> None:
        """Remove the value at a place within the record, if it is there."""
        holder = at(self.record, path[:-1])
        if isinstance(holder, dict):
            holder.pop(path[-1], None)


class Draft:
    """New records of a package, none of them written yet.

    Raises PackageError when a file of the package has a fault of structure.
    """

    def __init__(self, package: Package, today: date):
        self.package = package
        self.today = today
        self.reading = Reading.of(package)
        if self.reading.problems:
            raise PackageError(self.reading.problems)
        self.read = {resource.path: package.read(resource) for resource in package.resources.values()}
        self.entries: list[Entry] = []

    @cached_property
    def snapshot(self) -> Snapshot:
        """The package as it is, loaded once."""
        try:
            return Snapshot(self.package, self.today)
        except ValueError:
            place = Problem("datapackage.json", 1, 1, "json-schema", "a record has not the shape that its schema asks")
            raise PackageError([place]) from None

    def records(self, table: str) -> list[dict[str, Any]]:
        """Give the records that a table has, then the new ones."""
        resource = self.package.resources[table]
        if resource.format == "json":
            have = self.reading.json[table].records
        else:
            rows = self.reading.csv[table].rows
            have = [dict(zip(resource.columns, cells, strict=True)) for cells in rows]
        return [*have, *(entry.record for entry in self.entries if entry.resource is resource)]

    def taken(self, table: str, record: str) -> str:
        """Say why an id cannot be given to a new record of a table; an empty text when it can."""
        if any(row.get("id") == record for row in self.records(table)):
            return f'"{record}" stands in {table} already'
        for row in self.records("redirects"):
            if (row["table"], row["old_id"]) == (table, record):
                return f'"{record}" was retired on {row["retired_on"]}, and an id is never used again'
        if any((row["table"], row["id"]) == (table, record) for row in self.records("released_ids")):
            return f'"{record}" was the id of another record in an earlier release, and an id is never used again'
        return ""

    def suggested_id(self, entry: Entry) -> str:
        """Make a free id from what a record is named after; an empty text when that is not known."""
        table = entry.resource.name
        base = shortened(slug(NAMED_AFTER[table](entry.record)), table)
        if not base:
            return ""
        numbered = (f"{base}-{number}" if number > 1 else base for number in range(1, 100))
        return next((name for name in numbered if not self.taken(table, name)), "")

    def faults(self, entry: Entry, column: str) -> list[Problem]:
        """Give the errors that the check finds in a record so far, at least those at one of its columns.

        What it still lacks is among them. The form is left out, for it is put in order on writing, and so is what the
        check says of the record as a whole because of other tables.
        """
        about_records = {item.rule.id for item in sql_rules()}
        data, first_line = self._with(entry)
        return [
            problem
            for problem in self.snapshot.problems(entry.resource, data, column)
            if problem.file == entry.resource.path
            and problem.line >= first_line
            and problem.severity == "error"
            and problem.rule not in FIXABLE
            and not (problem.field == "id" and problem.rule in about_records)
            and not self._is_new(entry.resource, problem)
        ]

    def files(self) -> dict[str, bytes]:
        """Give the bytes of each file with the new records in it, in canonical form, by path."""
        changed = {entry.resource.name: entry.resource for entry in self.entries}
        if any(before != after for _, before, after in self.accessed()):
            changed["sources"] = self.package.resources["sources"]
        return {resource.path: canonical_bytes(resource, self._all(resource)) for resource in changed.values()}

    def accessed(self) -> Iterator[tuple[str, str, str]]:
        """Give each source that the draft's evidence cites: id, the day it was last read so far, and the day now."""
        days: dict[str, str] = {}
        for entry in self.entries:
            if entry.resource.name == "evidence":
                source, day = entry.record.get("source_id", ""), entry.record.get("read_on", "")
                days[source] = max(days.get(source, ""), day if _is_day(day) else "")
        fresh = {entry.record.get("id") for entry in self.entries if entry.resource.name == "sources"}
        for source in self.records("sources"):
            if days.get(source.get("id", "")):
                before = "" if source["id"] in fresh else _day(source.get("accessed", {}))
                yield source["id"], before, max(before, days[source["id"]])

    def date_sources(self) -> None:
        """Give each new source the day on which it was last read."""
        days = {source: after for source, _, after in self.accessed()}
        for entry in self.entries:
            if entry.resource.name == "sources" and entry.record.get("id") in days:
                entry.record["accessed"] = _csl_date(days[entry.record["id"]])

    def _all(self, resource: Resource) -> list[Any]:
        records = self.records(resource.name)
        if resource.format == "csv":
            return [[record.get(column, "") for column in resource.columns] for record in records]
        if resource.name != "sources":
            return records
        days = {source: after for source, _, after in self.accessed()}
        return [
            {**record, "accessed": _csl_date(days[record["id"]])} if record.get("id") in days else record
            for record in records
        ]

    def _with(self, entry: Entry) -> tuple[bytes, int]:
        """Give the file of a record's table with the record last, and the line at which it begins."""
        resource, record = entry.resource, {"id": _NO_ID, **entry.record}
        if resource.format == "json":
            records = self.reading.json[resource.name].records
            whole = completed(record, resource.schema["items"])
            return format_json([*records, whole]), max(2, format_json(records).count(b"\n"))
        rows = self.reading.csv[resource.name].rows
        cells = [record.get(column, "") for column in resource.columns]
        return format_csv(resource.columns, [*rows, cells]), len(rows) + 2

    def _is_new(self, resource: Resource, problem: Problem) -> bool:
        """Whether a reference leads to another record of this draft."""
        if problem.rule != "foreign-key" or resource.format == "json":
            return False
        targets = {column: table for column, table, _ in resource.foreign_keys}
        table = targets.get(problem.field)
        return any(e.resource.name == table and e.record.get("id") == problem.value for e in self.entries)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date_bounds(text))
    except ValueError:
        return False


def _day(csl_date: dict[str, Any]) -> str:
    year, *rest = csl_date.get("date-parts", [[0]])[0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _csl_date(day: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}
