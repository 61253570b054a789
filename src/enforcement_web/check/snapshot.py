"""Check one changed file at a time against a sound package that stays in memory."""

from collections.abc import Generator
from datetime import date

from enforcement_web.check import text_problems
from enforcement_web.check.catalog import add_catalog, refresh_catalog
from enforcement_web.check.loading import drop_table, load_files, load_records, queries_on
from enforcement_web.check.reading import Reading
from enforcement_web.package import Package, Resource
from enforcement_web.problem import Problem


class Snapshot:
    """A package without faults of structure, read and loaded once. Close it, or use it as a context manager."""

    def __init__(self, package: Package, today: date):
        self.reading = Reading.of(package)
        self.store, failed = load_files(package)
        if failed or self.reading.problems:
            raise ValueError("a snapshot is of a package whose files are sound")
        add_catalog(self.store, self.reading.usable(), today)

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the memory."""
        self.store.close()

    def problems(self, resource: Resource, data: bytes, column: str = "") -> Generator[Problem, None, None]:
        """Give the problems that the package has when a table's file holds other bytes, cheapest first.

        Exceptions are not applied, and what the rest of the package already breaks is given too where a rule that
        looks at the table finds it. With a column, rules about records that cannot blame it are not asked.
        """
        reading = self.reading.replaced(resource, data)
        yield from reading.problems
        yield from text_problems(reading, resource.name)
        self.store.begin()
        try:
            drop_table(self.store, resource)
            is_usable = resource in reading.usable()
            if is_usable:
                load_records(self.store, reading, resource)
            refresh_catalog(self.store, resource, is_usable)
            for query in queries_on(reading.usable(), resource, column):
                yield from query.problems(reading, self.store)
        finally:
            self.store.rollback()
