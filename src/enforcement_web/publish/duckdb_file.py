"""One DuckDB file with every table, its real types, and a comment on each table and column.

The same package gives the same bytes, by documented settings alone. One thread writes the blocks in one order. The
storage version is 1.2, the newest whose header has no random identifier of the database; it is read by DuckDB 1.2 and
later. Columns are not compressed, for some of the compressions choose by random samples. The blocks come from memory of
the allocator's own, which begins as zeros, so that the unused rest of a block holds no leftovers of the process.
"""

from pathlib import Path
from typing import Any

from enforcement_web import store as stores
from enforcement_web.frames import described
from enforcement_web.package import Package
from enforcement_web.sqltext import literal, quote

_STORAGE = "v1.2.0"
_SETTINGS = {"threads": "1", "force_compression": "uncompressed", "block_allocator_memory": "256MB"}


def write_duckdb(package: Package, path: Path) -> None:
    """Write all tables of a package as ``ew.sql`` shows them."""
    store = stores.connect()
    try:
        for name, value in _SETTINGS.items():
            store.execute(f"set {name} = {literal(value)}")
        stores.load_package(store, package)
        store.execute(f"attach {literal(str(path))} as release (storage_version {literal(_STORAGE)})")
        store.execute("begin")
        for resource in package.resources.values():
            table = f"release.{quote(resource.name)}"
            store.execute(f"create table {table} as from {quote(resource.name)}")
            store.execute(f"comment on table {table} is {literal(resource.schema['description'])}")
            for column in described(resource):
                about = literal(_comment(column))
                store.execute(f"comment on column {table}.{quote(column['name'])} is {about}")
        store.execute("commit")
        store.execute("detach release")
    finally:
        store.close()


def _comment(column: dict[str, Any]) -> str:
    reference = f" Refers to {column['refers_to']}." if column["refers_to"] else ""
    vocabulary = f" Vocabulary: {column['vocabulary']}." if column["vocabulary"] else ""
    return f"{column['title']}: {column['description']}{reference}{vocabulary}"
