"""Write a release of a package: one model, one module for each format."""

import shutil
import tempfile
from pathlib import Path

from enforcement_web.check import check
from enforcement_web.package import Package
from enforcement_web.problem import PackageError
from enforcement_web.publish.archive import write_archive
from enforcement_web.publish.checksums import CHECKSUMS, write_checksums
from enforcement_web.publish.metadata import write_metadata
from enforcement_web.publish.parquet import write_parquet
from enforcement_web.publish.release import Release
from enforcement_web.publish.sqlite import write_sqlite

__all__ = ["OutputError", "build"]


class OutputError(Exception):
    """The release cannot be written where it was asked for."""


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
    if out.exists() and not (out / CHECKSUMS).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(f"{out} exists and is not an earlier release; name an empty or a new folder")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}") from None
    try:
        _write_all(release, fresh)
        fresh.chmod(0o755)
        _replace(out, fresh)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}") from None
    finally:
        release.close()
        shutil.rmtree(fresh, ignore_errors=True)
    return sorted(path for path in out.rglob("*") if path.is_file())


def _write_all(release: Release, folder: Path) -> None:
    package, stem = release.package, release.stem
    write_archive(package, folder / f"{stem}.zip", stem)
    write_sqlite(package, folder / f"{stem}.sqlite")
    write_parquet(package, release.store, folder / "parquet")
    write_metadata(release, folder)
    write_checksums(folder)


def _replace(out: Path, fresh: Path) -> None:
    """Put the fresh folder in place of the old one; the old one stays until the fresh one is whole."""
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    out.rename(old / "out")
    try:
        fresh.rename(out)
    except OSError:
        (old / "out").rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
