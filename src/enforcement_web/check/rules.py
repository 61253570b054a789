"""The rules: what each is, why it holds and how to mend a breach.

A rule about records is a file ``rules/<id>.sql``: a header of ``-- key: value`` lines, then a query over the text
tables that selects the bad records as (table, row, column, message). Rules that SQL cannot express are listed in
BUILT_IN with the code that checks them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from duckdb import DuckDBPyConnection

from enforcement_web.check.builtin_rules import BUILT_IN, Rule
from enforcement_web.check.reading import Reading
from enforcement_web.problem import Problem

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
    folder = resources.files("enforcement_web.check") / "rules"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return tuple(parse_rule(name.removesuffix(".sql"), (folder / name).read_text(encoding="utf-8")) for name in files)


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


def run_rules(reading: Reading, store: DuckDBPyConnection) -> Iterator[Problem]:
    """Run the SQL rules whose tables could all be read. A table that the descriptor lacks is a problem of its own."""
    usable = {resource.name for resource in reading.usable()}
    missing: dict[str, str] = {}
    store.execute("set schema = 'text'")
    for item in sql_rules():
        for table in item.tables:
            if table not in reading.package.resources:
                missing.setdefault(table, item.rule.id)
        if usable.issuperset(item.tables):
            for table, row, column, message in store.execute(item.query).fetchall():
                if not reading.is_broken(table, row):
                    yield reading.problem(table, row, column, item.rule.id, message, item.rule.severity)
    for table, rule in sorted(missing.items()):
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
