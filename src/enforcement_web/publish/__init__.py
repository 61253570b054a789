"""Write a release of a package: one model, one module for each format."""

from pathlib import Path

from enforcement_web.check import check
from enforcement_web.package import Package
from enforcement_web.problem import PackageError
from enforcement_web.publish.archive import write_archive
from enforcement_web.publish.checksums import CHECKSUMS, write_checksums
from enforcement_web.publish.duckdb_file import write_duckdb
from enforcement_web.publish.folder import OutputError, replacing
from enforcement_web.publish.graphml import write_graphml
from enforcement_web.publish.jsonld import write_jsonld
from enforcement_web.publish.metadata import write_metadata
from enforcement_web.publish.parquet import write_parquet
from enforcement_web.publish.readable import write_readable
from enforcement_web.publish.release import Release
from enforcement_web.publish.sqlite import write_sqlite
from enforcement_web.publish.workbook import write_workbook

__all__ = ["OutputError", "build"]


def build(package: Package, out: Path) -> list[Path]:
    """Check a package and write its release into a folder, all of it or nothing.

    The folder is made, or replaced when it holds an earlier release. The same package gives the same bytes.

    Returns the files that were written. Raises PackageError when the check finds errors and OutputError when the
    folder holds something else or cannot be written.
    """
    report = check(package)
    if not report.is_clean:
        raise PackageError(report.problems)
    release = Release(package)
    try:
        with replacing(out, lambda folder: (folder / CHECKSUMS).is_file()) as fresh:
            _write_all(release, fresh)
    finally:
        release.close()
    return sorted(path for path in out.rglob("*") if path.is_file())


def _write_all(release: Release, folder: Path) -> None:
    package, stem = release.package, release.stem
    write_archive(package, folder / f"{stem}.zip", stem)
    write_sqlite(package, folder / f"{stem}.sqlite")
    write_parquet(package, release.store, folder / "parquet")
    write_duckdb(package, folder / "parquet", folder / f"{stem}.duckdb")
    write_workbook(release, folder / f"{stem}.xlsx")
    write_readable(release, folder / "readable")
    write_graphml(release, folder / "web.graphml")
    write_jsonld(release, folder / "web.jsonld")
    write_metadata(release, folder)
    write_checksums(folder)
