"""One DuckDB file with every table, its real types, and a comment on each table and column.

The same package gives the same bytes, for three reasons. The storage version is 1.2: from 1.4 on the header holds a
random identifier of the database. Columns are not compressed, for some of the compressions do not give the same bytes
twice. And the file is written by a process of its own in which new memory is zeroed (the option ``zero`` of jemalloc,
DuckDB's allocator on Linux), for DuckDB writes whole blocks, with what lay in their unused parts before. Where DuckDB
has another allocator, those parts and the checksums of their blocks may differ; what a reader sees does not.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from errno import EIO
from pathlib import Path
from typing import Any

from enforcement_web.frames import described
from enforcement_web.package import Package
from enforcement_web.sqltext import literal, quote

_STORAGE = "v1.2.0"
_SETTINGS = {"threads": "1", "force_compression": "uncompressed"}
_ZEROED_MEMORY = {"DUCKDB_JE_MALLOC_CONF": "zero:true"}
_PROGRAM = """
import duckdb, json, sys
with duckdb.connect() as store:
    for statement in json.load(sys.stdin):
        store.execute(statement)
"""


def write_duckdb(package: Package, parquet: Path, path: Path) -> None:
    """Write all tables of a package from the folder of their Parquet files. Raises OSError when that fails."""
    done = subprocess.run(  # noqa: S603 - this Python, and a program of our own
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps(list(_statements(package, parquet, path))),
        env={**os.environ, **_ZEROED_MEMORY},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise OSError(EIO, f"DuckDB says: {(done.stderr.strip().splitlines() or ['nothing'])[-1]}")


def _statements(package: Package, parquet: Path, path: Path) -> Iterator[str]:
    yield from (f"set {name} = {literal(value)}" for name, value in _SETTINGS.items())
    yield f"attach {literal(str(path))} as release (storage_version {literal(_STORAGE)})"
    yield "begin"
    for resource in package.resources.values():
        table = f"release.{quote(resource.name)}"
        yield f"create table {table} as from {literal(str(parquet / f'{resource.name}.parquet'))}"
        yield f"comment on table {table} is {literal(resource.schema['description'])}"
        for column in described(resource):
            yield f"comment on column {table}.{quote(column['name'])} is {literal(_comment(column))}"
    yield "commit"
    yield "detach release"


def _comment(column: dict[str, Any]) -> str:
    reference = f" Refers to {column['refers_to']}." if column["refers_to"] else ""
    vocabulary = f" Vocabulary: {column['vocabulary']}." if column["vocabulary"] else ""
    return f"{column['title']}: {column['description']}{reference}{vocabulary}"
