"""Look for e-mail addresses, phone numbers, Social Security numbers and A-numbers."""

import re
from collections.abc import Iterator

from enforcement_web.check.reading import Reading
from enforcement_web.problem import Problem

PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a phone number": re.compile(
        r"(?<![\w/.-])(?:\+?1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?![\w-])"
    ),
    "a Social Security number": re.compile(r"(?<![\w/.-])\d{3}-\d{2}-\d{4}(?![\w-])"),
    "an A-number": re.compile(r"(?<![\w/.-])A[ -]?\d{8,9}(?![\w-])"),
}
# Every match of a pattern holds one of these signs once digits read 0 and separators read -.
_SHAPE = bytes.maketrans(b"123456789 .", b"000000000--")
_SIGNS = (b"@", b"000-000-0000", b"(000)", b"000-00-0000", b"A00000000", b"A-00000000")


def check_personal_data(reading: Reading) -> Iterator[Problem]:
    """Report every place that looks like personal data."""
    for resource in reading.usable():
        data = reading.package.read(resource)
        for start, end in _suspect_lines(data):
            line = data[start:end].decode(errors="replace")
            for what, pattern in PATTERNS.items():
                for found in pattern.finditer(line):
                    number = data.count(b"\n", 0, start) + 1
                    message = f'"{found[0]}" looks like {what}; this package holds no personal data'
                    yield Problem(resource.path, number, found.start() + 1, "personal-data", message)


def _suspect_lines(data: bytes) -> list[tuple[int, int]]:
    """Give the bounds of the lines that hold a sign."""
    shape = data.translate(_SHAPE)
    bounds = set()
    for sign in _SIGNS:
        at = shape.find(sign)
        while at >= 0:
            end = shape.find(b"\n", at) % (len(shape) + 1)
            bounds.add((shape.rfind(b"\n", 0, at) + 1, end))
            at = shape.find(sign, end)
    return sorted(bounds)
