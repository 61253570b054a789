import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from damage import TODAY, break_rule, problems, replace
from enforcement_web import Package, store
from enforcement_web.check import fix, rules
from enforcement_web.check.builtin_rules import BUILT_IN
from enforcement_web.check.catalog import NEEDS, add_catalog, refresh_catalog
from enforcement_web.check.loading import drop_table
from enforcement_web.check.rule import Rule
from enforcement_web.check.rules import SqlRule, all_rules, parse_rule, sql_rules
from enforcement_web.cli import main
from enforcement_web.package import Resource
from sample import ROOT, make_package
from update_docs import rule_catalogue

RULES = sql_rules()
HEADER = "-- title: t\n-- why: w\n-- mend: m\n-- severity: error\n-- tables: flows\n-- bad: {}\n-- good: {}\nselect 1"


RESOURCES = Package.open(ROOT).resources


@pytest.fixture(scope="module")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """A store with every table, all empty, and the catalog."""
    with store.connect() as connection:
        for resource in RESOURCES.values():
            add_example(connection, resource, [])
        add_catalog(connection, list(RESOURCES.values()), TODAY)
        yield connection


def add_example(connection: duckdb.DuckDBPyConnection, resource: Resource, records: list[dict[str, Any]]) -> None:
    if resource.format == "csv":
        rows = [[record.get(name, "") for name in resource.columns] for record in records]
        store.add_rows(connection, resource, rows)
    else:
        store.add_records(connection, resource, records)


def broken_records(
    rule: SqlRule, example: dict[str, list[dict[str, Any]]], tables: duckdb.DuckDBPyConnection
) -> list[tuple[Any, ...]]:
    """Run a rule over tables that hold only the records of an example."""
    tables.begin()
    try:
        for name, records in example.items():
            drop_table(tables, RESOURCES[name])
            add_example(tables, RESOURCES[name], records)
            refresh_catalog(tables, RESOURCES[name], is_usable=True)
        return tables.execute(rule.query).fetchall()
    finally:
        tables.rollback()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.id)
def test_the_bad_example_breaks_the_rule_and_the_good_one_does_not(
    rule: SqlRule, tables: duckdb.DuckDBPyConnection
) -> None:
    found = broken_records(rule, rule.bad, tables)
    assert found
    for table, row, column, message in found:
        assert rule.bad[table][row] is not None
        assert column
        assert message
    assert broken_records(rule, rule.good, tables) == []


@pytest.fixture(scope="module")
def empty_tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """A store in which the relations of the catalog are tables of their own, so that a query names them as they are."""
    with store.connect() as connection:
        for resource in RESOURCES.values():
            add_example(connection, resource, [])
        add_catalog(connection, list(RESOURCES.values()), TODAY)
        views = connection.execute("select view_name from duckdb_views() where view_name like '\\_%' escape '\\'")
        for (name,) in views.fetchall():
            connection.execute(f"create table made as select * from {name} limit 0; drop view {name}")
            connection.execute(f"alter table made rename to {name}")
        yield connection


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.id)
def test_the_header_names_the_tables_that_the_query_reads(
    rule: SqlRule, empty_tables: duckdb.DuckDBPyConnection
) -> None:
    tables = set(empty_tables.get_table_names(rule.query))
    needed = {table for name in tables for table in NEEDS.get(name, ())}
    assert {table for table in tables if not table.startswith("_")} | needed == set(rule.tables)


def test_rule_ids_are_unique_slugs() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule) for rule in ids)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_tells_all(rule: Any) -> None:
    for text in (rule.title, rule.why, rule.mend):
        assert text
        assert text[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.mend.endswith(".")
    assert rule.bad != rule.good
    assert rule.shown(rule.bad) != rule.shown(rule.good)


def test_a_rule_that_is_switched_off_fails_its_test(tables: duckdb.DuckDBPyConnection) -> None:
    """A built-in rule that is off gives no problem at all where its test asks for exactly one."""
    for rule in RULES:
        silent = dataclasses.replace(rule, query="select '', 0, '', '' where false")
        with pytest.raises(AssertionError):
            test_the_bad_example_breaks_the_rule_and_the_good_one_does_not(silent, tables)


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.id)
def test_the_bad_example_of_a_built_in_rule_is_one_problem(rule: Rule, tmp_path: Path) -> None:
    root = make_package(tmp_path)
    break_rule(root, rule)
    (problem,) = problems(root)
    assert problem.rule == rule.id
    assert problem.severity == rule.severity
    if rule.id not in ("file-missing", "schema-form", "json-schema"):
        assert problem.file == rule.file


@pytest.mark.parametrize("rule", [rule for rule in BUILT_IN if rule.is_fixable], ids=lambda rule: rule.id)
def test_fix_mends_the_bad_example_of_a_fixable_rule(rule: Rule, tmp_path: Path) -> None:
    root = make_package(tmp_path)
    before = (root / rule.file).read_bytes()
    break_rule(root, rule)
    fix(Package.examine(root))
    assert problems(root) == []
    if rule.id not in ("canonical-order", "canonical-list"):
        assert (root / rule.file).read_bytes() == before


def test_every_rule_in_the_code_is_in_the_catalogue() -> None:
    files = [path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "compare"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    families = "csv|json|canonical|field|key|chain|schema|file|foreign|personal|look|formula|exception"
    used = set(re.findall(rf'"((?:{families})-[a-z-]+)"', source))
    assert used <= {rule.id for rule in BUILT_IN}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("select 1", "the header must have"),
        (HEADER.replace("error", "bad"), "severity must be"),
        (HEADER.replace("bad: {}", "bad: {"), "must be JSON"),
        (HEADER.replace("why", "because"), "the header must have"),
    ],
)
def test_a_rule_file_with_a_wrong_header_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_rule("new-rule", text)


def test_a_new_rule_is_one_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: duckdb.DuckDBPyConnection
) -> None:
    """The steps that docs/adding-a-rule.md tells."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.FOLDER, folder)
    monkeypatch.setattr(rules, "FOLDER", folder)
    text = (ROOT / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    (name,) = re.findall(r"`([a-z-]+)\.sql`", text)
    (folder / f"{name}.sql").write_text(example, encoding="utf-8")
    try:
        sql_rules.cache_clear()
        new = next(item for item in sql_rules() if item.rule.id == name)
        assert broken_records(new, new.bad, tables)
        assert broken_records(new, new.good, tables) == []
        root = make_package(tmp_path / "package")
        replace(root, "data/agencies.csv", "https://www.ice.gov,", "https://www.ice.gov/,")
        assert [problem.rule for problem in problems(root)] == [name]
        assert f"## {name}\n" in rule_catalogue()
        assert main(["explain", name]) == 0
    finally:
        sql_rules.cache_clear()
