"""Write a folder whole or not at all, and leave what stood there until then."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # systems without it have no lock on a folder
    fcntl = None  # type: ignore[assignment]


class OutputError(Exception):
    """The release cannot be written where it was asked for."""


@contextmanager
def replacing(out: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Give an empty folder to write into; at the end it takes the place of ``out``.

    ``is_ours`` tells whether a folder holds an earlier release, which may be replaced. What a build that was killed
    has left beside ``out`` is put back or removed first. Raises OutputError when ``out`` holds something else, when
    another build is at work beside it, or when it cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out.parent):
            _recover(out)
            if out.exists() and not is_ours(out) and (not out.is_dir() or any(out.iterdir())):
                raise OutputError(f"{out} exists and is not an earlier release; name an empty or a new folder")
            fresh = Path(tempfile.mkdtemp(prefix=_prefix(out, "new"), dir=out.parent))
            try:
                yield fresh
                fresh.chmod(0o755)
                _swap(out, fresh)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror or error}") from None


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Hold a lock on the folder above, so that two builds do not write beside each other. It leaves no file."""
    if fcntl is None:
        yield
        return
    handle = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(f"another build is writing in {parent}; wait until it has ended") from None
    try:
        yield
    finally:
        os.close(handle)


def _prefix(out: Path, what: str) -> str:
    return f".{out.name}.{what}-"


def _recover(out: Path) -> None:
    """Put back the earlier release when a build was killed while it changed places; remove what else it left."""
    for before in sorted(out.parent.glob(f"{_prefix(out, 'old')}*")):
        if not out.exists() and (before / "release").is_dir():
            (before / "release").rename(out)
        shutil.rmtree(before, ignore_errors=True)
    for unfinished in out.parent.glob(f"{_prefix(out, 'new')}*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _swap(out: Path, fresh: Path) -> None:
    """Put the fresh folder in place of the earlier one, which stays until the fresh one is whole."""
    if not out.exists():
        fresh.rename(out)
        return
    before = Path(tempfile.mkdtemp(prefix=_prefix(out, "old"), dir=out.parent))
    try:
        out.rename(before / "release")
        try:
            fresh.rename(out)
        except OSError:
            (before / "release").rename(out)
            raise
    finally:
        shutil.rmtree(before, ignore_errors=True)
