"""Load the tables of a package into a store and ask the queries, in this process or beside it in another."""

import os
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

from enforcement_web.check.catalog import add_catalog
from enforcement_web.check.json_shape import surely_keeps
from enforcement_web.check.query import Query, Row
from enforcement_web.check.reading import Reading
from enforcement_web.check.rules import rule_queries
from enforcement_web.check.table_schema import constraint_queries
from enforcement_web.package import Package, Resource
from enforcement_web.sqltext import quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def queries_on(resources: list[Resource], only: Resource | None = None, column: str = "") -> list[Query]:
    """Give every query on some tables, or those that one table can bear on, or that can blame one column of it."""
    return [*constraint_queries(resources, only), *rule_queries(resources, only, column)]


def ask(reading: Reading, today: date, queries: list[Query]) -> list[list[Row]]:
    """Load the usable tables of a package and give the rows of each of some queries on them."""
    store, failed = load_files(reading.package)
    with store:
        reload_faulty(store, reading, failed)
        add_catalog(store, reading.usable(), today)
        return _run_all(store, queries)


def ask_beside(package: Package, today: date) -> Callable[[], list[list[Row]] | None]:
    """Begin, in a process of its own, to load the files of a package as they are and to ask the queries.

    Returns a function that waits for the rows of each of ``queries_on`` all tables; None when a file could not be
    loaded as it is. For programs that have no other threads, on systems that can fork.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(_ask_files(package, today), pipe)
        finally:
            os._exit(0)
    os.close(writer)

    def result() -> list[list[Row]] | None:
        with os.fdopen(reader, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        rows: list[list[Row]] | None = pickle.loads(data) if data else None  # noqa: S301
        return rows

    return result


def _ask_files(package: Package, today: date) -> list[list[Row]] | None:
    store, failed = load_files(package)
    if failed:
        return None
    resources = list(package.resources.values())
    add_catalog(store, resources, today)
    return _run_all(store, queries_on(resources))


def _run_all(store: "DuckDBPyConnection", queries: list[Query]) -> list[list[Row]]:
    """Run the queries on two threads: DuckDB works outside Python's lock."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda query: query.run(store.cursor()), queries))


def load_files(package: Package) -> tuple["DuckDBPyConnection", set[str]]:
    """Load the files of a package as they are into a new store.

    Returns the store and the names of the tables that could not be loaded so.
    """
    import duckdb

    from enforcement_web import store as stores

    store, failed = stores.connect(), set()
    for resource in package.resources.values():
        try:
            if package.is_replaced(resource):
                failed.add(resource.name)
            else:
                stores.add_file(store, resource, package.path(resource))
        except (duckdb.Error, UnicodeDecodeError):  # the second when a message of the first quotes faulty bytes
            failed.add(resource.name)
    return store, failed


def reload_faulty(store: "DuckDBPyConnection", reading: Reading, failed: set[str]) -> None:
    """Load again, from the records as read, the tables with faults of structure or shape; drop the unusable ones."""
    usable = {resource.name for resource in reading.usable()}
    for resource in reading.package.resources.values():
        if resource.name not in failed:
            if resource.name in usable and reading.is_sound(resource):
                continue
            drop_table(store, resource)
        if resource.name in usable:
            load_records(store, reading, resource)


def drop_table(store: "DuckDBPyConnection", resource: Resource) -> None:
    """Drop a table of the store."""
    store.execute(f"drop table text.{quote(resource.name)}")


def load_records(store: "DuckDBPyConnection", reading: Reading, resource: Resource) -> None:
    """Load the records of a table as read.

    Of a line at fault only the key and the references are loaded, of a JSON record that breaks its schema only the
    members that keep it, so that no rule reports what follows from the fault.
    """
    from enforcement_web import store as stores

    if resource.format == "csv":
        scan = reading.csv[resource.name]
        kept = {*resource.key, *(column for column, _, _ in resource.foreign_keys)}
        rows = (
            [cell if name in kept else "" for name, cell in zip(resource.columns, cells, strict=True)]
            if row in scan.broken
            else cells
            for row, cells in enumerate(scan.rows)
        )
        stores.add_rows(store, resource, rows)
        return
    odd, members = reading.odd[resource.name], resource.schema["items"]["properties"]
    records = [
        {name: value for name, value in record.items() if name in members and surely_keeps(value, members[name])}
        if row in odd
        else record
        for row, record in enumerate(reading.json[resource.name].records)
    ]
    stores.add_records(store, resource, records)
