"""Check a package: structure, schemas, references, canonical form and rules give one report."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from enforcement_web.check import canonical
from enforcement_web.check.canonical import check_canonical
from enforcement_web.check.chains import check_chains
from enforcement_web.check.json_schema import check_json_tables
from enforcement_web.check.keys import check_keys
from enforcement_web.check.personal_data import check_personal_data
from enforcement_web.check.reading import Reading
from enforcement_web.check.report import Report
from enforcement_web.check.rules import missing_tables, rule_checks, skipped_rules
from enforcement_web.check.table_schema import constraint_checks
from enforcement_web.check.vocabularies import check_vocabularies
from enforcement_web.package import Package, Resource
from enforcement_web.problem import Problem
from enforcement_web.sqltext import literal, quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Report", "check", "fix"]

_NO_RECORDS = "select '' as table_name, 0 as _row, '' as id where false"


def check(package: Package) -> Report:
    """Check every table of an opened package."""
    reading = Reading.of(package)
    problems = [*reading.problems, *text_problems(reading), *_query(reading)]
    notes = [
        f"not run, because table {table} could not be read: {', '.join(sorted(rules))}"
        for table, rules in sorted(skipped_rules(reading).items())
    ]
    return Report(sorted(set(problems)), len(reading.usable()), reading.count(), notes)


def fix(package: Package) -> tuple[list[str], list[str]]:
    """Put the files of a package in canonical form and change nothing else.

    Returns the paths of the files that were rewritten, and of those that have to be mended by hand first.
    """
    return canonical.fix(Reading.of(package))


def text_problems(reading: Reading) -> Iterator[Problem]:
    """Run the checks that need no queries."""
    yield from check_canonical(reading)
    yield from check_vocabularies(reading)
    yield from check_json_tables(reading)
    yield from check_keys(reading)
    yield from check_chains(reading)
    yield from check_personal_data(reading)
    yield from missing_tables(reading)


def _query(reading: Reading) -> list[Problem]:
    """Load the usable tables and check what SQL can, on two threads: DuckDB works outside Python's lock."""
    from enforcement_web import store as stores

    with stores.connect() as store, ThreadPoolExecutor(max_workers=2) as pool:
        usable = reading.usable()
        list(pool.map(lambda resource: _load(reading, resource, store.cursor()), usable))
        load_catalog(store, [(resource.name, resource.columns, resource.needs_evidence) for resource in usable])
        checks = [*constraint_checks(reading), *rule_checks(reading)]
        found = pool.map(lambda check_one: list(check_one(store.cursor())), checks)
        return [problem for problems in found for problem in problems]


def _load(reading: Reading, resource: Resource, store: "DuckDBPyConnection") -> None:
    from enforcement_web import store as stores

    if not reading.faults(resource):
        stores.add_file(store, resource, reading.package.path(resource))
    elif resource.format == "csv":
        stores.add_rows(store, resource, reading.csv[resource.name].rows)
    else:
        stores.add_records(store, resource, reading.json[resource.name].records)


def load_catalog(store: "DuckDBPyConnection", tables: list[tuple[str, list[str], bool]]) -> None:
    """Add what rules need to speak of all tables: _tables, _columns and _records (of the tables that have ids)."""
    marks = [(name, str(needs_evidence).lower()) for name, _, needs_evidence in tables]
    columns = [(name, column) for name, names, _ in tables for column in names]
    records = [
        f"select {literal(name)} as table_name, _row, id from text.{quote(name)}"
        for name, names, _ in tables
        if names[0] == "id"
    ]
    store.execute(
        f"""create table text._tables as {_values(marks, "table_name, needs_evidence")};
        create table text._columns as {_values(columns, "table_name, column_name")};
        create table text._records as {" union all ".join([*records, _NO_RECORDS])}"""
    )


def _values(rows: list[tuple[str, str]], names: str) -> str:
    listed = ", ".join(f"({literal(one)}, {literal(two)})" for one, two in [*rows, ("", "")])
    return f"from (values {listed}) as listed ({names})"
