"""Keep a release for the tests that compare releases: its zip file, packed tighter, and what changed since the last."""

import argparse
import sys
import zipfile
from pathlib import Path

from enforcement_web.about import read_about
from enforcement_web.compare import Comparison, compare, opened
from enforcement_web.compare.text import as_text

RELEASES = Path(__file__).resolve().parents[1] / "tests" / "releases"


def main() -> int:
    """Write tests/releases/<version>.zip from the zip file of a release, and <version>.txt beside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path, help="zip file of a release, as enforcement-web build writes it")
    options = parser.parse_args()
    if not options.release.is_file():
        parser.error(f"there is no {options.release}; build the release first")
    target = RELEASES / f"{options.release.stem.rpartition('-')[2]}.zip"
    RELEASES.mkdir(exist_ok=True)
    with zipfile.ZipFile(options.release) as release, zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as kept:
        for entry in release.infolist():
            smaller = zipfile.ZipInfo(entry.filename, entry.date_time)
            smaller.external_attr = entry.external_attr
            kept.writestr(smaller, release.read(entry), zipfile.ZIP_LZMA)
    print(f"{target.stat().st_size:>12,}  {target}")
    kept_now = releases()
    place = kept_now.index(target)
    if place:
        target.with_suffix(".txt").write_text(told(kept_now[place - 1], target), encoding="utf-8")
    return 0


def releases() -> list[Path]:
    """The releases that are kept, in the order of their versions."""
    return sorted(RELEASES.glob("*.zip"), key=lambda path: tuple(map(int, path.stem.split("."))))


def comparison(before: Path, after: Path) -> Comparison:
    """Compare two kept releases on the day of the later one."""
    with opened("OLD", str(before), RELEASES) as old, opened("NEW", str(after), RELEASES) as new:
        return compare(old, new, read_about(new).day)


def told(before: Path, after: Path) -> str:
    """Tell what changed between two kept releases, two changes of a kind."""
    return as_text(comparison(before, after), limit=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
