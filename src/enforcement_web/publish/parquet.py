"""One Parquet file for each table, with real types."""

from errno import EIO
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from enforcement_web.package import Package
from enforcement_web.sqltext import literal, quote


def write_parquet(package: Package, store: DuckDBPyConnection, folder: Path) -> None:
    """Write the typed views of a store that holds the package. Raises OSError when a file cannot be written."""
    folder.mkdir()
    store.execute("set threads = 1")
    for name in package.resources:
        path = folder / f"{name}.parquet"
        try:
            store.execute(f"copy (from {quote(name)}) to {literal(str(path))} (format parquet, compression zstd)")
        except duckdb.IOException as error:
            raise OSError(EIO, f"DuckDB says: {error}") from None
