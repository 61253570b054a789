"""What the importers of official lists share: the command, strict reading, plain text, and the report."""

import argparse
import csv
import hashlib
import io
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from enforcement_web import Package, PackageError
from enforcement_web.csvtext import FORBIDDEN, canonical_rows, format_csv
from enforcement_web.package import Resource
from enforcement_web.slugs import slug

ROOT = Path(__file__).resolve().parents[1]
OK, PROBLEMS = 0, 1
SHOWN = 20
_PLAIN_MARKS = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"'}
)
# How lists name some jurisdictions, by the name that the package gives them.
_OTHER_NAMES = {
    "commonwealth of the northern mariana islands": "northern mariana islands",
    "united states virgin islands": "u.s. virgin islands",
    "virgin islands": "u.s. virgin islands",
}


class InputError(Exception):
    """An input that is not what it should be. The message says what, and where there is one, at which row."""


class UsageError(Exception):
    """A command that lacks something that its input cannot give."""


@dataclass(frozen=True)
class Source:
    """The input as it was read: the name of its file and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Repairs:
    """Values that were not taken as they stand, each with how often it was met."""

    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def text(self, column: str, value: str) -> str:
        """Clean a text and remember it when that changed it."""
        return self.read(column, value, clean_text(value))

    def read(self, column: str, value: str, result: str) -> str:
        """Remember a value that is read as another text, and give that text."""
        if value != result:
            self.cells[column, value, result] += 1
        return result

    def rows(self) -> list[list[str]]:
        """Give column, value as listed, value as read and count, in order."""
        order = sorted(self.cells.items())
        return [[column, quoted(value), quoted(result), f"{n:,}"] for (column, value, result), n in order]


@dataclass
class Report:
    """A report in Markdown: facts first, then tables. ``summary`` is what the command prints of it."""

    title: str
    about: str
    summary: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)

    def table(self, title: str, text: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a section with a table; without rows it says that there are none."""
        lines = [_table_row(row) for row in rows]
        body = [_table_row(header), "|" + "---|" * len(header), *lines] if lines else ["None."]
        self.sections.append("\n".join([f"## {title}", "", *([text, ""] if text else []), *body]))

    def render(self) -> str:
        """Give the text of the report."""
        facts = ["|  |  |", "|---|---|", *(_table_row(fact) for fact in self.facts)]
        return "\n\n".join([f"# {self.title}", self.about, "\n".join(facts), *self.sections]) + "\n"


Importer = Callable[[Package, Source, argparse.Namespace], tuple[list[list[str]], Report]]


def main(table: str, parser: argparse.ArgumentParser, importer: Importer, arguments: Sequence[str] | None) -> int:
    """Run an importer: read the input, rebuild the table and its report, and print what changed.

    Returns 0 when all is well and 1 when the input is not what it should be, and then nothing was written.
    Raises SystemExit with code 2 for wrong use.
    """
    options = parser.parse_args(arguments)
    try:
        source = Source(options.path.name, options.path.read_bytes())
    except OSError as error:
        parser.error(f"{options.path} cannot be read: {(error.strerror or str(error)).lower()}")
    try:
        package = Package.open(options.root)
        resource = table_of(package, table)
        rows, report = importer(package, source, options)
        data, text = register_bytes(resource, rows), report.render()
        if "@" in text:
            raise InputError("a value that the report has to show holds an e-mail address")
        before = package.scan_csv(resource).rows
        package.write(resource, data)
        write_whole(options.root / "docs" / "imports" / f"{table}.md", text)
    except UsageError as error:
        parser.error(str(error))
    except InputError as error:
        print(f"{source.name}: {error}; nothing was written", file=sys.stderr)
        return PROBLEMS
    except PackageError as error:
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        print(f"{error.problems[0]}{more}; nothing was written", file=sys.stderr)
        return PROBLEMS
    except OSError as error:
        print(f"{error.filename}: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        return PROBLEMS
    print(f"{resource.path}: {len(rows):,} rows from {source.name}; see docs/imports/{table}.md")
    print("\n".join([*filter(None, [report.summary]), *changes(resource, before, rows)]))
    return OK


def make_parser(description: str) -> argparse.ArgumentParser:
    """Describe what every importer takes: the input and the folder of the package."""
    parser = argparse.ArgumentParser(
        description=description,
        epilog="Exit codes: 0 fine, 1 the input is not what it should be (nothing is written), 2 wrong use.",
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="the list as its publisher gives it")
    parser.add_argument(
        "--root", metavar="DIR", type=Path, default=ROOT, help="folder of the package (default: this repository)"
    )
    return parser


def read_csv(source: Source, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each record of a CSV file with the line that it ends on.

    Raises InputError when the file is not UTF-8, not CSV, or has other columns than these.
    """
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise InputError(f"line {line}: the file is not UTF-8 text") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        check_header(header, columns)
        for cells in reader:
            if len(cells) != len(header):
                raise InputError(f"line {reader.line_num}: {len(cells)} cells where the header has {len(header)}")
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: not CSV: {error}") from None


def check_header(header: Sequence[str], columns: Iterable[str]) -> None:
    """Raise InputError unless the header holds each of the columns once and no other."""
    known = list(columns)
    if missing := [name for name in known if name not in header]:
        raise InputError(f"column {missing[0]} is missing; this list should have {', '.join(known)}")
    if unknown := [name for name in header if name not in known]:
        raise InputError(f"column {unknown[0][:60]!r} is new: decide whether it is used or ignored")
    if len(header) != len(known):
        raise InputError(f"column {next(name for name in header if header.count(name) > 1)} stands twice")


def read_number(text: str, column: str) -> int:
    """Read a whole number of zero or more. Raises InputError for anything else."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise InputError(f"{column} holds {text[:60]!r}, which is not a whole number")
    return int(text)


def read_date(text: str) -> date:
    """Read a date of the form YYYY-MM-DD, for argparse."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD")


def states_by_name(package: Package) -> dict[str, str]:
    """Map the name of each state and territory, in small letters, to its id; other names of theirs too."""
    rows = records(package, "jurisdictions")
    names = {row["name"].casefold(): row["id"] for row in rows if re.fullmatch("US-[A-Z]{2}", row["id"])}
    return names | {other: names[name] for other, name in _OTHER_NAMES.items() if name in names}


def table_of(package: Package, name: str) -> Resource:
    """Give a CSV table of the package. Raises InputError when the package has none of that name."""
    if name not in package.resources:
        raise InputError(f"the package that --root names has no table {name}")
    return package.resources[name]


def records(package: Package, table: str) -> list[dict[str, str]]:
    """Read a table of the package. Raises PackageError when it has faults."""
    resource = table_of(package, table)
    scan = package.scan_csv(resource)
    if scan.faults:
        raise PackageError([package.problem(resource, fault) for fault in scan.faults])
    return [dict(zip(resource.columns, row, strict=True)) for row in scan.rows]


def clean_text(text: str) -> str:
    """Normalize a text: NFC, straight quotes, single spaces, no invisible characters, no doubled commas."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS)
    plain = FORBIDDEN.sub("", " ".join(plain.split()))
    return re.sub(r"(\s*,)+(?=,)", "", " ".join(plain.split()))


def place_key(text: str) -> str:
    """Reduce a name to what tells places apart: accents, marks, spaces and common short forms do not count.

    >>> place_key("Saint Mary's") == place_key("ST MARYS")
    True
    """
    words = slug(text).split("-")
    short = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "twp": "township", "dept": "department"}
    return "".join(short.get(word, word) for word in words)


def quoted(text: str) -> str:
    """Show a text as it stands, with its outer spaces."""
    return f"`{json.dumps(text, ensure_ascii=False)}`" if text else "empty"


def register_bytes(resource: Resource, rows: Sequence[Sequence[str]]) -> bytes:
    """Write the rows of a table in canonical form. Raises InputError when a value breaks the table's schema."""
    for row in rows:
        for column, value in zip(resource.fields, row, strict=True):
            if fault := _cell_fault(value, column.get("constraints", {})):
                raise InputError(f"{column['name']} of {row[0]} would be {value[:60]!r}, which {fault}")
    key = [resource.columns.index(name) for name in resource.key]
    if repeated := [k for k, n in Counter(tuple(row[i] for i in key) for row in rows).items() if n > 1]:
        raise InputError(f"{' and '.join(resource.key)} must be unique; {', '.join(repeated[0])} is listed twice")
    lists = [resource.columns.index(name) for name in resource.list_columns]
    return format_csv(resource.columns, canonical_rows(rows, key, lists))


def write_whole(path: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def changes(resource: Resource, before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> list[str]:
    """Say how many records came, went and changed since the last import, and which went."""

    def by_key(rows: Sequence[Sequence[str]]) -> Mapping[str, list[str]]:
        at = [resource.columns.index(name) for name in resource.key]
        lists = [resource.columns.index(name) for name in resource.list_columns]
        return {" ".join(row[i] for i in at): row for row in canonical_rows(rows, at, lists)}

    old, new = by_key(before), by_key(after)
    gone = [key for key in old if key not in new]
    changed = sum(old[key] != row for key, row in new.items() if key in old)
    lines = [f"{len(new.keys() - old.keys()):,} new, {changed:,} changed, {len(gone):,} no longer listed"]
    lines += [f"  no longer listed: {key}" for key in gone[:SHOWN]]
    return lines + ([f"  and {len(gone) - SHOWN:,} more"] if len(gone) > SHOWN else [])


def _cell_fault(value: str, limits: Mapping[str, object]) -> str:
    if not value:
        return "is empty but required" if limits.get("required") else ""
    if "@" in value:
        return "looks like personal data"
    if "enum" in limits and value not in limits["enum"]:  # type: ignore[operator]
        return "is not one of the schema's values"
    if "pattern" in limits and not re.search(str(limits["pattern"]), value):
        return "does not have the form of its column"
    if "maxLength" in limits and len(value) > int(str(limits["maxLength"])):
        return f"is longer than {limits['maxLength']} characters"
    if "minimum" in limits and int(value) < int(str(limits["minimum"])):
        return f"is less than {limits['minimum']}"
    if "maximum" in limits and int(value) > int(str(limits["maximum"])):
        return f"is more than {limits['maximum']}"
    return ""


def _table_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
