"""Look for e-mail addresses, phone numbers, Social Security numbers and A-numbers."""

import re
from collections.abc import Iterator

from enforcement_web.check.reading import Reading
from enforcement_web.problem import Problem

PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a phone number": re.compile(r"(?<![\w/.-])(?:\+?1[ .-])?\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}(?![\w-])"),
    "a Social Security number": re.compile(r"(?<![\w/.-])\d{3}-\d{2}-\d{4}(?![\w-])"),
    "an A-number": re.compile(r"(?<![\w/.-])A[ -]?\d{8,9}(?![\w-])"),
}


def check_personal_data(reading: Reading) -> Iterator[Problem]:
    """Report every place in a file of the package that looks like personal data."""
    for resource in reading.usable():
        text = (
            reading.json[resource.name].text
            if resource.format == "json"
            else "\n".join(["", *reading.csv[resource.name].texts])
        )
        for what, pattern in PATTERNS.items():
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start())
                column = found.start() - text.rfind("\n", 0, found.start())
                number = line + 1 if resource.format == "json" else reading.csv[resource.name].lines[line - 1]
                message = f'"{found[0]}" looks like {what}; this package holds no personal data'
                yield Problem(resource.path, number, column, "personal-data", message)
