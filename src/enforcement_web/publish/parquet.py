"""One Parquet file for each table, with real types."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from enforcement_web.package import Package
from enforcement_web.sqltext import literal, quote


def write_parquet(package: Package, store: DuckDBPyConnection, folder: Path) -> None:
    """Write the typed views of a store that holds the package."""
    folder.mkdir()
    store.execute("set threads = 1")
    for name in package.resources:
        path = folder / f"{name}.parquet"
        store.execute(f"copy (from {quote(name)}) to {literal(str(path))} (format parquet, compression zstd)")
