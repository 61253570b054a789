"""Compare each file with its canonical form, and put files into it."""

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter, le

from enforcement_web import csvtext, jsontext
from enforcement_web.check.reading import Reading
from enforcement_web.package import Resource
from enforcement_web.problem import Problem

# Faults of structure that rewriting the file mends without a guess.
FIXABLE = {"csv-bom", "csv-line-end", "csv-final-newline", "csv-blank-line", "json-bom"}
_HINT = "; enforcement-web check --fix does it"


def check_canonical(reading: Reading) -> Iterator[Problem]:
    """Report every departure from the canonical form in tables that could be read whole."""
    for resource in reading.usable():
        if resource.format == "csv":
            yield from _csv_departures(reading, resource)
        elif (wanted := canonical_bytes(reading, resource)) is not None:
            yield from _json_departure(reading, resource, wanted)


def canonical_bytes(reading: Reading, resource: Resource) -> bytes | None:
    """Give the canonical bytes of a table; None when a fault in it has no one right answer."""
    if resource.format == "json":
        table = reading.json[resource.name]
        if any(fault.rule not in FIXABLE for fault in table.faults):
            return None
        return jsontext.format_json(jsontext.canonical_records(table.records, resource.schema))
    scan = reading.csv[resource.name]
    if any(fault.rule not in FIXABLE for fault in scan.faults):
        return None
    key = [resource.columns.index(name) for name in resource.key]
    rows = csvtext.canonical_rows(scan.rows, key, _list_indexes(resource))
    return csvtext.format_csv(resource.columns, rows)


def fix(reading: Reading) -> tuple[list[str], list[str]]:
    """Rewrite the files that are not in canonical form.

    Returns the paths of the files that were rewritten, and of those that have to be mended by hand first.
    """
    fixed, left = [], []
    usable = {resource.name for resource in reading.usable()}
    for resource in reading.package.resources.values():
        wanted = canonical_bytes(reading, resource) if resource.name in usable else None
        if wanted is None:
            left.append(resource.path)
        elif wanted != reading.package.read(resource):
            reading.package.write(resource, wanted)
            fixed.append(resource.path)
    return fixed, left


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
        if normal != cells:
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
    broken = reading.csv[resource.name].broken
    keys = [(key(cells), row) for row, cells in enumerate(rows) if row not in broken]
    if all(map(le, keys, keys[1:])):
        return
    late = next(row for (one, _), (two, row) in pairwise(keys) if two < one)
    message = f"records must be in order of {', '.join(resource.key)}; this one comes too late{_HINT}"
    yield reading.problem(resource.name, late, resource.key[0], "canonical-order", message)


def _json_departure(reading: Reading, resource: Resource, wanted: bytes) -> Iterator[Problem]:
    text = reading.json[resource.name].text
    have, want = text.split("\n"), wanted.decode().split("\n")
    if have == want:
        return
    pairs = zip([*have, ""], [*want, ""], strict=False)
    line = next((number for number, (a, b) in enumerate(pairs, start=1) if a != b), min(len(have), len(want)))
    message = f"the file is not in canonical form from here (order of records and members, indent, spaces){_HINT}"
    yield Problem(resource.path, line, 1, "canonical-json", message)


def _list_indexes(resource: Resource) -> list[int]:
    return [resource.columns.index(name) for name in resource.list_columns]
