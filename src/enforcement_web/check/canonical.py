"""Compare each file with its canonical form, and put files into it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter, le
from typing import Any

from enforcement_web import csvtext, jsontext
from enforcement_web.check.builtin_rules import BUILT_IN
from enforcement_web.check.reading import Reading
from enforcement_web.csvtext import BOM
from enforcement_web.package import Resource
from enforcement_web.problem import Problem

FIXABLE = {rule.id for rule in BUILT_IN if rule.is_fixable}
_HINT = "; enforcement-web check --fix does it"


def check_canonical(reading: Reading, resource: Resource) -> Iterator[Problem]:
    """Report every departure of a table from the canonical form, in what could be read of it."""
    if resource.format == "csv":
        yield from _csv_departures(reading, resource)
    elif not _faults_left(reading, resource):
        yield from _json_departure(reading, resource)


def fix(reading: Reading) -> tuple[list[str], list[str]]:
    """Mend what has one right answer in the files of a package.

    Returns the paths of the files that were rewritten, and of those that a person has to mend further.
    """
    fixed, left = [], []
    for resource in reading.package.resources.values():
        if resource.name not in reading.csv and resource.name not in reading.json:
            left.append(resource.path)
            continue
        wanted = mended(reading, resource)
        if wanted != reading.package.read(resource):
            reading.package.write(resource, wanted)
            fixed.append(resource.path)
        if _faults_left(reading, resource):
            left.append(resource.path)
    return fixed, left


def mended(reading: Reading, resource: Resource) -> bytes:
    """Give the bytes of a table with everything mended that has one right answer, and nothing else changed."""
    data = reading.package.read(resource).removeprefix(BOM)
    if resource.format == "json":
        if _faults_left(reading, resource):
            return data
        return canonical_bytes(resource, reading.json[resource.name].records)
    lines = [line.rstrip(b"\r") for line in data.split(b"\n")]
    if lines[-1] == b"":
        lines.pop()
    scan = reading.csv[resource.name]
    if not scan.is_usable:
        return b"\n".join([*lines, b""]) if lines else data
    if not scan.broken:
        return canonical_bytes(resource, scan.rows)
    lists = _list_indexes(resource)
    rows = [csvtext.format_row(resource.columns).encode()]
    for row, (number, cells) in enumerate(zip(scan.lines, scan.rows, strict=True)):
        is_broken = row in scan.broken
        rows.append(
            lines[number - 1] if is_broken else csvtext.format_row(csvtext.canonical_cells(cells, lists)).encode()
        )
    return b"\n".join([*rows, b""])


def canonical_bytes(resource: Resource, records: Sequence[Any]) -> bytes:
    """Write the records of a table, the cells of a CSV table or the objects of a JSON one, in canonical form."""
    if resource.format == "json":
        return jsontext.format_json(jsontext.canonical_records(list(records), resource.schema))
    key = [resource.columns.index(name) for name in resource.key]
    return csvtext.format_csv(resource.columns, csvtext.canonical_rows(records, key, _list_indexes(resource)))


def _faults_left(reading: Reading, resource: Resource) -> bool:
    """Whether a table has faults of structure that only a person can mend."""
    return any(fault.rule not in FIXABLE for fault in reading.faults(resource))


def _csv_departures(reading: Reading, resource: Resource) -> Iterator[Problem]:
    scan = reading.csv[resource.name]
    lists = _list_indexes(resource)
    rows = list(scan.rows)
    quoted = []
    for row in _suspects(scan.texts, bool(lists)):
        if row in scan.broken:
            continue
        cells = scan.rows[row]
        normal = rows[row] = csvtext.canonical_cells(cells, lists)
        if cells != normal:
            index = next(i for i, cell in enumerate(cells) if cell != normal[i])
            rule, what = ("canonical-list", "list items must be in order, each once, without spaces")
            if index not in lists or csvtext.canonical_text(cells[index]) != cells[index]:
                rule, what = ("canonical-text", "outer or doubled spaces, or letters not in normal form (NFC)")
            message = f"{what}: write {normal[index]!r}{_HINT}"
            yield reading.problem(resource.name, row, resource.columns[index], rule, message)
        elif scan.texts[row] != csvtext.format_row(cells):
            quoted.append(row)
    if quoted:
        lines = f"{len(quoted)} lines have quotes, this one first, that" if quoted[1:] else "this line has quotes that"
        message = f"{lines} belong only around a cell that holds a comma or a quote{_HINT}"
        yield reading.problem(resource.name, quoted[0], "", "canonical-quote", message)
    if not scan.broken:
        yield from _disorder(reading, resource, rows)


def _suspects(texts: list[str], has_lists: bool) -> list[int]:
    """Lines that a glance does not show to be in canonical form."""
    whole = "\n".join(["", *texts, ""])
    signs = [sign for sign in ('"', "  ", ", ", " ,", *[";"] * has_lists) if sign in whole]
    rows = {row for sign in signs for row, text in enumerate(texts) if sign in text}
    if not whole.isascii():
        rows.update(row for row, text in enumerate(texts) if not text.isascii())
    if "\n " in whole or " \n" in whole:
        rows.update(row for row, text in enumerate(texts) if text != text.strip())
    return sorted(rows)


def _disorder(reading: Reading, resource: Resource, rows: list[list[str]]) -> Iterator[Problem]:
    """Report the first record that comes too late."""
    key = itemgetter(*(resource.columns.index(name) for name in resource.key))
    keys = [key(cells) for cells in rows]
    if all(map(le, keys, keys[1:])):
        return
    late = next(row for row, (one, two) in enumerate(pairwise(keys), start=1) if two < one)
    message = f"records must be in order of {', '.join(resource.key)}; this one comes too late{_HINT}"
    yield reading.problem(resource.name, late, resource.key[0], "canonical-order", message)


def _json_departure(reading: Reading, resource: Resource) -> Iterator[Problem]:
    wanted = mended(reading, resource)
    text = reading.json[resource.name].text
    have, want = text.split("\n"), wanted.decode().split("\n")
    if have == want:
        return
    pairs = zip([*have, ""], [*want, ""], strict=False)
    line = next((number for number, (a, b) in enumerate(pairs, start=1) if a != b), min(len(have), len(want)))
    message = f"the file is not in canonical form from here (order of records and members, indent, spaces){_HINT}"
    yield Problem(resource.path, line, 1, "canonical-json", message, table=resource.name)


def _list_indexes(resource: Resource) -> list[int]:
    return [resource.columns.index(name) for name in resource.list_columns]
