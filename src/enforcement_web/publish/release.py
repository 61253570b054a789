"""What every format of a release is made from."""

from functools import cached_property

from duckdb import DuckDBPyConnection

from enforcement_web import store as stores
from enforcement_web.about import read_about
from enforcement_web.package import Package
from enforcement_web.web import Records, read_records


class Release:
    """A package at one version, its tables in a store, its web, and its day.

    The day is the descriptor's ``created``; what holds "today" in a release holds on that day, so that the same package
    gives the same bytes on any other.
    """

    def __init__(self, package: Package):
        """Raises PackageError when the descriptor does not tell the day."""
        self.package = package
        self.about = read_about(package)
        self.day = self.about.day

    @property
    def stem(self) -> str:
        """How the names of the files begin that hold a whole release."""
        return f"{self.package.name}-{self.package.version}"

    @cached_property
    def store(self) -> DuckDBPyConnection:
        """The tables in DuckDB, as text and as typed views."""
        store = stores.connect()
        stores.load_package(store, self.package)
        return store

    @cached_property
    def records(self) -> Records:
        """The records that the web is made of."""
        return read_records(self.package.root)

    def close(self) -> None:
        """Let go of the store."""
        if "store" in self.__dict__:
            self.store.close()
