"""Open one side of a comparison: a folder, a zip file of a release, or a git revision of the checkout at hand."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from enforcement_web.check import structure_problems
from enforcement_web.package import DESCRIPTOR, Package
from enforcement_web.problem import PackageError, Problem
from enforcement_web.web.records import require_columns


class SideError(Exception):
    """A side of a comparison cannot be used. ``problems`` holds the faults of its files, if it is a package at all."""

    def __init__(self, message: str, problems: list[Problem] | None = None):
        super().__init__(message)
        self.problems = problems or []


@contextmanager
def opened(side: str, name: str, here: Path) -> Iterator[Package]:
    """Open a side and hold it open. ``side`` is OLD or NEW, for messages; ``here`` is where git looks.

    Raises SideError when ``name`` is no folder, zip file or revision, when there is no package in it, or when the
    package has faults of structure, so that its records could not be told apart, or lacks a column that routes need.
    """
    with TemporaryDirectory(prefix="enforcement-web-") as folder:
        root = _root(side, name, here, Path(folder))
        try:
            package = Package.open(root)
            require_columns(package)
            problems = structure_problems(package)
        except PackageError as error:
            problems = error.problems
        if problems:
            raise SideError(f"{side} ({name}) has faults; mend them first", problems)
        yield package


def _root(side: str, name: str, here: Path, folder: Path) -> Path:
    path = here / name
    if path.is_dir():
        archives = list(path.glob("*.zip"))
        if (path / DESCRIPTOR).is_file() or len(archives) != 1:
            return path
        return _unpacked(side, name, archives[0], folder)
    if path.is_file():
        return _unpacked(side, name, path, folder)
    return _checked_out(side, name, here, folder)


def _unpacked(side: str, name: str, path: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
            if damaged:
                raise SideError(f"{side} ({name}): {damaged} is damaged in the zip file; download it again")
            archive.extractall(folder)
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        raise SideError(f"{side} ({name}) is not a zip file of a release") from None
    except OSError as error:
        raise SideError(f"{side} ({name}) cannot be read: {error.strerror}") from None
    return _only_root(side, name, folder)


def _checked_out(side: str, name: str, here: Path, folder: Path) -> Path:
    """Unpack what a git revision holds of the folder ``here``, which need not be the top of its repository."""
    revision = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if revision is None:
        raise SideError(f"{side} ({name}) is neither a folder, nor a zip file, nor a git revision here")
    commit = revision.decode().strip()
    data = _git(here, "archive", "--format=zip", "-0", commit, ".")
    if data is None:
        raise SideError(f"{side} ({name}): this folder is not in that revision")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return _only_root(side, name, folder)


def _git(here: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "-C", str(here), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def _only_root(side: str, name: str, folder: Path) -> Path:
    found = sorted(folder.rglob(DESCRIPTOR), key=lambda path: (len(path.parts), path))
    if not found:
        raise SideError(f"{side} ({name}) holds no {DESCRIPTOR}")
    return found[0].parent
