"""Check a package: structure, schemas, references, canonical form and rules give one report."""

from duckdb import DuckDBPyConnection

from enforcement_web import store as stores
from enforcement_web.check import canonical
from enforcement_web.check.chains import check_chains
from enforcement_web.check.json_schema import check_json_tables
from enforcement_web.check.personal_data import check_personal_data
from enforcement_web.check.reading import Reading
from enforcement_web.check.report import Report
from enforcement_web.check.rules import run_rules, skipped_rules
from enforcement_web.check.table_schema import check_tables
from enforcement_web.check.vocabularies import check_vocabularies, vocabularies_of
from enforcement_web.package import Package

__all__ = ["Report", "check", "fix"]


def check(package: Package) -> Report:
    """Check every table of an opened package."""
    reading = Reading.of(package)
    vocabularies = vocabularies_of(reading)
    with stores.connect() as store:
        _load(reading, store)
        problems = [
            *reading.problems,
            *canonical.check_canonical(reading),
            *check_vocabularies(reading, vocabularies),
            *check_tables(reading, store, vocabularies),
            *check_json_tables(reading),
            *check_chains(reading),
            *check_personal_data(reading),
            *run_rules(reading, store),
        ]
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


def _load(reading: Reading, store: DuckDBPyConnection) -> None:
    """Load the usable tables as text, and views by which rules see all records and columns at once."""
    usable = reading.usable()
    for resource in usable:
        rows = (
            reading.csv[resource.name].rows
            if resource.format == "csv"
            else stores.json_rows(resource, reading.json[resource.name])
        )
        stores.add_rows(store, resource, rows)
    load_catalog(store, [(resource.name, resource.columns, resource.needs_evidence) for resource in usable])


def load_catalog(store: DuckDBPyConnection, tables: list[tuple[str, list[str], bool]]) -> None:
    """Add what rules need to speak of all tables: _tables, _columns and _records (of the tables that have ids)."""
    store.execute("create table text._tables (table_name varchar, needs_evidence boolean)")
    store.execute("create table text._columns (table_name varchar, column_name varchar)")
    for name, columns, needs_evidence in tables:
        store.execute("insert into text._tables values (?, ?)", [name, needs_evidence])
        store.execute("insert into text._columns select ?, unnest(?)", [name, columns])
    selects = [
        f"select {stores.literal(name)} as table_name, _row, id from text.{stores.quote(name)}"
        for name, columns, _ in tables
        if columns[0] == "id"
    ] or ["select '' as table_name, 0 as _row, '' as id where false"]
    store.execute(f"create table text._records as {' union all '.join(selects)}")
