"""The rules: what each is, why it holds and how to mend a breach.

A rule about records is a file ``rules/<id>.sql``: a header of ``-- key: value`` lines, then a query over the text
tables that selects the bad records as (table, row, column, message). Rules that SQL cannot express are listed in
BUILT_IN with the code that checks them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcement_web.check.builtin_rules import BUILT_IN, Rule
from enforcement_web.check.reading import Reading
from enforcement_web.check.table_schema import Check
from enforcement_web.problem import Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_HEADER_LINE = re.compile(r"-- (\w+): (.+)")


@dataclass(frozen=True)
class SqlRule:
    """A rule with its query, the tables that the query reads, and an example of a breach and of none."""

    rule: Rule
    query: str
    tables: tuple[str, ...]
    bad: dict[str, Any]
    good: dict[str, Any]


@cache
def sql_rules() -> tuple[SqlRule, ...]:
    """Read the rules that are SQL files, in the order of their ids."""
    files = sorted((Path(__file__).parent / "rules").glob("*.sql"))
    return tuple(parse_rule(file.stem, file.read_text(encoding="utf-8")) for file in files)


def all_rules() -> list[Rule]:
    """Every rule, in the order of ids."""
    return sorted([*BUILT_IN, *(item.rule for item in sql_rules())], key=lambda rule: rule.id)


def parse_rule(name: str, text: str) -> SqlRule:
    """Read one rule file. Raises ValueError when its header lacks a key or has an unknown one."""
    header: dict[str, str] = {}
    lines = text.splitlines()
    while lines and (match := _HEADER_LINE.fullmatch(lines[0])):
        header[match[1]] = match[2]
        lines.pop(0)
    wanted = {"title", "why", "mend", "severity", "tables", "bad", "good"}
    if header.keys() != wanted:
        raise ValueError(f"{name}.sql: the header must have {', '.join(sorted(wanted))}; it has {', '.join(header)}")
    if header["severity"] not in ("error", "warning"):
        raise ValueError(f"{name}.sql: severity must be error or warning")
    query = "\n".join(lines)
    rule = Rule(name, header["title"], header["why"], header["mend"], header["severity"])  # type: ignore[arg-type]
    tables = tuple(header["tables"].split(", "))
    return SqlRule(rule, query, tables, json.loads(header["bad"]), json.loads(header["good"]))


def rule_checks(reading: Reading) -> list[Check]:
    """Give one check for each SQL rule whose tables could all be read."""
    usable = {resource.name for resource in reading.usable()}
    return [partial(_check_rule, reading, item) for item in sql_rules() if usable.issuperset(item.tables)]


def _check_rule(reading: Reading, item: SqlRule, store: "DuckDBPyConnection") -> Iterator[Problem]:
    store.execute("set schema = 'text'")
    for table, row, column, message in store.execute(item.query).fetchall():
        if not reading.is_broken(table, row):
            yield reading.problem(table, row, column, item.rule.id, message, item.rule.severity)


def missing_tables(reading: Reading) -> Iterator[Problem]:
    """Report tables that rules need and the descriptor lacks."""
    missing = {
        table: item.rule.id
        for item in reversed(sql_rules())
        for table in item.tables
        if table not in reading.package.resources
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
            if table in reading.package.resources and table not in usable:
                skipped.setdefault(table, []).append(item.rule.id)
    return skipped
