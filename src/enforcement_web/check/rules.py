"""The rules about records: each a file ``rules/<id>.sql``.

A file has a header of ``-- key: value`` lines (title, why, mend, severity, tables, bad, good) and then a query over the
text tables that selects the bad records as (table, row, column, message). Rules that SQL cannot express are listed in
BUILT_IN with the code that checks them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcement_web.check.builtin_rules import BUILT_IN
from enforcement_web.check.query import Query, Row
from enforcement_web.check.reading import Reading
from enforcement_web.check.rule import Rule
from enforcement_web.package import Resource
from enforcement_web.problem import Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = Path(__file__).parent / "rules"
_HEADER_LINE = re.compile(r"-- (\w+): (.+)")
_KEYS = ["title", "why", "mend", "severity", "tables", "bad", "good"]


@dataclass(frozen=True)
class SqlRule:
    """A rule with its query, the tables that the query reads, and its examples as records by table."""

    rule: Rule
    query: str
    tables: tuple[str, ...]
    bad: dict[str, Any]
    good: dict[str, Any]


@cache
def sql_rules(folder: Path | None = None) -> tuple[SqlRule, ...]:
    """Read the rules that are SQL files, in the order of their ids."""
    files = sorted((folder or FOLDER).glob("*.sql"))
    return tuple(parse_rule(file.stem, file.read_text(encoding="utf-8")) for file in files)


def all_rules() -> list[Rule]:
    """Every rule, in the order of ids."""
    return sorted([*BUILT_IN, *(item.rule for item in sql_rules())], key=lambda rule: rule.id)


def parse_rule(name: str, text: str) -> SqlRule:
    """Read one rule file. Raises ValueError when its header lacks a key, has an unknown one or a faulty example."""
    header: dict[str, str] = {}
    lines = text.splitlines()
    while lines and (match := _HEADER_LINE.fullmatch(lines[0])):
        header[match[1]] = match[2]
        lines.pop(0)
    if sorted(header) != sorted(_KEYS):
        raise ValueError(f"{name}.sql: the header must have {', '.join(_KEYS)}; it has {', '.join(header) or 'none'}")
    severity = header["severity"]
    if severity not in ("error", "warning"):
        raise ValueError(f"{name}.sql: severity must be error or warning")
    try:
        bad, good = json.loads(header["bad"]), json.loads(header["good"])
    except ValueError as error:
        raise ValueError(f"{name}.sql: bad and good must be JSON: {error}") from None
    rule = Rule(
        name,
        header["title"],
        header["why"],
        header["mend"],
        header["bad"],
        header["good"],
        severity="warning" if severity == "warning" else "error",
    )
    return SqlRule(rule, "\n".join(lines), tuple(header["tables"].split(", ")), bad, good)


def rule_queries(resources: list[Resource], only: Resource | None = None, column: str = "") -> list[Query]:
    """Give one query for each SQL rule whose tables are there.

    With a table, for each rule that it can bear on; with a column too, for each that can blame the column.
    """
    names = {resource.name for resource in resources}
    return [
        Query(partial(_run, item), partial(_place, item))
        for item in sql_rules()
        if names.issuperset(item.tables)
        and (only is None or only.name in item.tables or " _" in item.query)
        and (column in item.query or " _prose" in item.query)
    ]


def _run(item: SqlRule, store: "DuckDBPyConnection") -> list[Row]:
    """Give the bad records: table, row, column, message; no table where the query names a column that none has."""
    import duckdb

    store.execute("set schema = 'text'")
    try:
        return store.execute(item.query).fetchall()
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        column = re.search(r'column (?:named )?"(\w+)"', str(error), re.IGNORECASE)
        if column is None and isinstance(error, duckdb.BinderException):
            raise
        return [("", 0, column[1] if column else "", "")]


def _place(item: SqlRule, reading: Reading, rows: list[Row]) -> Iterator[Problem]:
    for table, row, column, message in rows:
        if not table:
            named = f'the column "{column}"' if column else "a column"
            lack = f"rule {item.rule.id} needs {named}, which the schemas of {', '.join(item.tables)} lack"
            yield Problem("datapackage.json", 1, 1, "descriptor", lack)
        elif not reading.is_broken(table, row):
            text = message or item.rule.title.lower()  # a message made from an empty cell is empty
            yield reading.problem(table, row, column, item.rule.id, text, item.rule.severity)


def missing_tables(reading: Reading) -> Iterator[Problem]:
    """Report tables that rules need and the descriptor lacks."""
    missing = {
        table: item.rule.id
        for item in reversed(sql_rules())
        for table in item.tables
        if table not in reading.package.listed
    }
    for table, rule in missing.items():
        message = f'the descriptor has no table "{table}", which rule {rule} needs'
        yield Problem("datapackage.json", 1, 1, "descriptor", message)


def skipped_rules(reading: Reading) -> dict[str, list[str]]:
    """Rules that cannot run because a table could not be read, by that table."""
    usable = {resource.name for resource in reading.usable()}
    skipped: dict[str, list[str]] = {}
    for item in sql_rules():
        for table in item.tables:
            if table in reading.package.listed and table not in usable:
                skipped.setdefault(table, []).append(item.rule.id)
    return skipped
