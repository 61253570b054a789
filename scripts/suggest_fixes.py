"""Write as suggestions for a pull request what `enforcement-web check --fix` would change in the lines that it touches.

GitHub takes a suggestion only within the diff of the pull request. One is made where the lines that changed hold the
same records after the fix as before, so that each can be taken alone and none loses a record.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from enforcement_web import Package, PackageError
from enforcement_web.check.canonical import mended
from enforcement_web.check.reading import Reading
from enforcement_web.csvtext import canonical_cells, canonical_text, format_row, split_line
from enforcement_web.package import Resource

ROOT = Path(__file__).resolve().parents[1]
MOST = 20
MOST_LINES = 100
_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,":]+')


@dataclass(frozen=True)
class Suggestion:
    """Other text for the lines ``start`` to ``end`` (from 1) of a file, without the last line end."""

    path: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Hunk:
    """Where two texts differ: lines of the old one and of the new one, as ranges from 0."""

    old: range
    new: range


def main() -> int:
    """Write the suggestions as JSON. Returns 2 when the revision is unknown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="git revision from which the pull request started")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package (default: this checkout)")
    options = parser.parse_args()
    try:
        found = suggestions(options.root, options.base)
    except subprocess.CalledProcessError as error:
        print(f"suggest_fixes: {error.stderr.decode(errors='replace').strip()}", file=sys.stderr)
        return 2
    options.out.write_text(as_json(found), encoding="utf-8")
    return 0


def as_json(found: list[Suggestion]) -> str:
    """Write suggestions as the JSON that .github/scripts/review.cjs reads."""
    return json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False) + "\n"


def suggestions(root: Path, base: str) -> list[Suggestion]:
    """Give the suggestions for what changed since a git revision, ``MOST`` at the most.

    A package that cannot be opened gives none. Raises CalledProcessError when git does not know the revision.
    """
    try:
        reading = Reading.of(Package.examine(root))
    except PackageError:
        return []
    found: list[Suggestion] = []
    for resource in reading.package.resources.values():
        touched = diff(root, "--no-renames", "--end-of-options", base, "--", resource.path)
        if touched and (resource.name in reading.csv or resource.name in reading.json):
            found += in_file(reading, resource, touched)
    return found[:MOST]


def in_file(reading: Reading, resource: Resource, touched: list[Hunk]) -> Iterator[Suggestion]:
    """Give the suggestions for one table, of which the lines on the new side of some hunks were touched."""
    have, want = reading.package.read(resource), mended(reading, resource)
    if have == want or b"\r" in have:
        return
    try:
        before, after = have.decode().split("\n"), want.decode().split("\n")
    except UnicodeDecodeError:
        return
    wanted = differences(have, want)
    for run in touched:
        inside = [hunk for hunk in wanted if run.new.start <= hunk.old.start and hunk.old.stop <= run.new.stop]
        for hunk in _separable(inside, lambda hunk: _is_safe(resource, _cut(before, hunk.old), _cut(after, hunk.new))):
            if hunk.old and _cut(before, hunk.old) != _cut(after, hunk.new):
                yield Suggestion(resource.path, hunk.old.start + 1, hunk.old.stop, "\n".join(_cut(after, hunk.new)))


def _separable(hunks: list[Hunk], is_safe: Callable[[Hunk], bool]) -> list[Hunk]:
    """Give the hunks when each is safe alone, else all as one when that is safe, else those that are."""
    safe = [hunk for hunk in hunks if is_safe(hunk)]
    if len(safe) == len(hunks):
        return safe
    first, last = hunks[0], hunks[-1]
    whole = Hunk(range(first.old.start, last.old.stop), range(first.new.start, last.new.stop))
    return [whole] if is_safe(whole) else safe


def _cut(lines: list[str], part: range) -> list[str]:
    return lines[part.start : part.stop]


def _is_safe(resource: Resource, old: list[str], new: list[str]) -> bool:
    """Whether two short runs of lines hold the same records, or parts of records, in whatever order and form."""
    if max(len(old), len(new)) > MOST_LINES:
        return False
    if resource.format == "json":
        return _tokens(old) == _tokens(new)
    lists = [resource.columns.index(name) for name in resource.list_columns]
    return sorted(_normal(line, lists, len(resource.columns)) for line in old) == sorted(new)


def _normal(line: str, lists: list[int], width: int) -> str:
    cells, fault = split_line(line.removeprefix("\ufeff"), 1)
    return line if fault or len(cells) != width else format_row(canonical_cells(cells, lists))


def _tokens(lines: list[str]) -> list[str]:
    return sorted(_plain(token) for token in _JSON_TOKEN.findall("\n".join(lines)))


def _plain(token: str) -> str:
    """Write a text of JSON without its escapes, in normal form."""
    try:
        return canonical_text(json.loads(token)) if token.startswith('"') else token
    except json.JSONDecodeError:
        return token


def differences(have: bytes, want: bytes) -> list[Hunk]:
    """Give the hunks in which two texts differ."""
    with TemporaryDirectory(prefix="enforcement-web-") as folder:
        for name, data in (("have", have), ("want", want)):
            (Path(folder) / name).write_bytes(data)
        return diff(Path(folder), "--no-index", "--", "have", "want")


def diff(folder: Path, *arguments: str) -> list[Hunk]:
    """Ask git for the hunks of a difference, without context.

    Raises CalledProcessError when git refuses.
    """
    command = ["git", "-C", str(folder), "diff", "--no-color", "--no-ext-diff", "--no-textconv", "-U0", *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    text = done.stdout.decode(errors="replace")
    return [Hunk(_lines(match[1], match[2]), _lines(match[3], match[4])) for match in _HUNK.finditer(text)]


def _lines(first: str, count: str | None) -> range:
    """Read one side of a hunk. git names the line before a side without lines."""
    number = 1 if count is None else int(count)
    start = int(first) - 1 if number else int(first)
    return range(start, start + number)


if __name__ == "__main__":
    sys.exit(main())
