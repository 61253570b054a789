"""Look for e-mail addresses, phone numbers, Social Security numbers and A-numbers."""

import re
from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from enforcement_web.check.reading import Reading
from enforcement_web.package import Resource
from enforcement_web.problem import Problem
from enforcement_web.store import literal, quote

PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a phone number": re.compile(
        r"(?<![\w/.-])(?:\+?1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?![\w-])"
    ),
    "a Social Security number": re.compile(r"(?<![\w/.-])\d{3}-\d{2}-\d{4}(?![\w-])"),
    "an A-number": re.compile(r"(?<![\w/.-])A[ -]?\d{8,9}(?![\w-])"),
}
# What every match of a pattern above contains; fast to find in all cells at once.
_SIGNS = r"@|[0-9]{3}[ .-][0-9]{4}|[0-9]{3}-[0-9]{2}-[0-9]{4}|A[ -]?[0-9]{8}"


def check_personal_data(reading: Reading, store: DuckDBPyConnection) -> Iterator[Problem]:
    """Report every cell that holds what looks like personal data."""
    for resource in reading.usable():
        names = free_columns(resource)
        columns = ", ".join(map(quote, names)) or "null"
        query = f"""select _row, {columns} from text.{quote(resource.name)}
            where regexp_matches(concat_ws(chr(10), {columns}), {literal(_SIGNS)}) order by _row"""
        for row, *cells in store.execute(query).fetchall():
            for column, cell in zip(names, cells, strict=True):
                for what, pattern in PATTERNS.items():
                    if found := pattern.search(cell or ""):
                        message = f'"{found[0]}" looks like {what}; this package holds no personal data'
                        yield reading.problem(resource.name, row, column, "personal-data", message)


def free_columns(resource: Resource) -> list[str]:
    """Columns that can hold any text: those of JSON tables, and those without a type, a pattern or an enum."""
    if resource.format == "json":
        return resource.columns
    limits = {field["name"]: field.get("constraints", {}) for field in resource.fields}
    kinds = {field["name"]: field["type"] for field in resource.fields}
    return [
        name for name in resource.columns if kinds[name] in ("string", "list") and not limits[name].keys() & {"enum"}
    ]
