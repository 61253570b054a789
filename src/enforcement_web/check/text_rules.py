"""Look in the lines of a file for what does not belong there: personal data, look-alike letters, formulas."""

import re
from collections.abc import Iterator
from dataclasses import replace

from enforcement_web.check.reading import Reading
from enforcement_web.csvtext import LONGEST_LINE
from enforcement_web.package import Resource
from enforcement_web.problem import Problem

PERSONAL = {
    "an e-mail address": re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"),
    "a phone number": re.compile(
        r"(?<![\w/.-])(?:\+?1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?![\w-])"
    ),
    "a Social Security number": re.compile(r"(?<![\w/.-])\d{3}-\d{2}-\d{4}(?![\w-])"),
    "an A-number": re.compile(r"(?<![\w/.-])A[ -]?\d{8,9}(?![\w-])"),
    "a badge number": re.compile(r"(?i)\bbadge (?:no\.?|number|#) ?#?\d{2,7}\b"),
}
# Every match of a pattern holds one of these signs once digits read 0 and separators read -.
_SHAPE = bytes.maketrans(b"123456789 .", b"000000000--")
_SIGNS = (b"@", b"000-000-0000", b"(000)", b"000-00-0000", b"A00000000", b"A-00000000", b"adge-n", b"adge-N", b"adge-#")
# Greek, Cyrillic, Armenian and full-width letters.
_FOREIGN = "[\u0370-\u052f\u0531-\u058f\uff01-\uff5e]"
_ASCII = bytes(range(128))
_LOOK_ALIKE = re.compile(_FOREIGN)
_FORMULA_SIGNS = [before + sign for before in (",", "\n", '"') for sign in "=+-@"]


def check_texts(reading: Reading, resource: Resource) -> Iterator[Problem]:
    """Report every place of a table that looks like personal data, a look-alike letter or a formula."""
    texts = _texts(reading, resource)
    whole = "\n".join(texts)
    for row in _suspect_lines(whole):
        for what, pattern in PERSONAL.items():
            for found in pattern.finditer(texts[row]):
                message = f'"{found[0]}" looks like {what}; this package holds no personal data'
                yield _problem(reading, resource, row, found.start(), "personal-data", message, found[0])
    if re.search(_FOREIGN, whole.encode().translate(None, _ASCII).decode()):
        yield from _look_alikes(reading, resource, texts)
    if resource.format == "csv" and any(sign in f"\n{whole}" for sign in _FORMULA_SIGNS):
        yield from _formulas(reading, resource)


def _suspect_lines(whole: str) -> list[int]:
    """Give the numbers, from 0, of the lines that hold a sign of personal data."""
    shape = whole.encode().translate(_SHAPE)
    lines = set()
    for sign in _SIGNS:
        at = shape.find(sign)
        while at >= 0:
            lines.add(shape.count(b"\n", 0, at))
            end = shape.find(b"\n", at)
            at = shape.find(sign, end) if end >= 0 else -1
    return sorted(lines)


def _look_alikes(reading: Reading, resource: Resource, texts: list[str]) -> Iterator[Problem]:
    for row, text in enumerate(texts):
        for found in _LOOK_ALIKE.finditer(text) if not text.isascii() else ():
            message = f'"{found[0]}" (U+{ord(found[0]):04X}) is not the Latin letter that it looks like'
            yield _problem(reading, resource, row, found.start(), "look-alike", message, found[0])


def _formulas(reading: Reading, resource: Resource) -> Iterator[Problem]:
    for row, cells in enumerate(reading.csv[resource.name].rows):
        for column, cell in zip(resource.columns, cells, strict=True):
            is_formula = cell[:1] in ("=", "+", "-", "@") and not cell[1:].isdecimal()
            if is_formula and not reading.is_broken(resource.name, row):
                message = f'"{cell[:40]}" would run as a formula in a spreadsheet'
                yield reading.problem(resource.name, row, column, "formula-cell", message)


def _texts(reading: Reading, resource: Resource) -> list[str]:
    """Give the lines of a file below its header; a line that no record can have is cut."""
    if resource.format == "csv":
        return reading.csv[resource.name].texts
    return [line[:LONGEST_LINE] for line in reading.json[resource.name].text.split("\n")]


def _problem(reading: Reading, resource: Resource, row: int, at: int, rule: str, message: str, value: str) -> Problem:
    if resource.format == "csv":
        cell = reading.problem(resource.name, row, "", rule, message)
        return replace(cell, column=at + 1, value=value)
    return Problem(resource.path, row + 1, at + 1, rule, message, table=resource.name, value=value)
