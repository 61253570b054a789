import re
from pathlib import Path
from typing import Any

import pytest

from enforcement_web import Package, store
from enforcement_web.check import load_catalog
from enforcement_web.check.builtin_rules import BUILT_IN
from enforcement_web.check.rules import SqlRule, all_rules, parse_rule, sql_rules
from sample import ROOT

RULES = sql_rules()


def broken_records(rule: SqlRule, example: dict[str, list[dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """Run a rule over tables that hold only the records of an example."""
    resources = Package.open(ROOT).resources
    with store.connect() as connection:
        for resource in resources.values():
            records = example.get(resource.name, [])
            if resource.format == "csv":
                rows = [[record.get(name, "") for name in resource.columns] for record in records]
                store.add_rows(connection, resource, rows)
            else:
                store.add_records(connection, resource, records)
        load_catalog(connection, [(r.name, r.columns, r.needs_evidence) for r in resources.values()])
        connection.execute("set schema = 'text'")
        return connection.execute(rule.query).fetchall()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.id)
def test_the_bad_example_breaks_the_rule_and_the_good_one_does_not(rule: SqlRule) -> None:
    found = broken_records(rule, rule.bad)
    assert found
    for table, row, column, message in found:
        assert rule.bad[table][row] is not None
        assert column
        assert message
    assert broken_records(rule, rule.good) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.id)
def test_the_header_names_the_tables_that_the_query_reads(rule: SqlRule) -> None:
    with store.connect() as connection:
        tables = set(connection.get_table_names(rule.query))
    assert {table for table in tables if not table.startswith("_")} == set(rule.tables)


def test_rule_ids_are_unique_slugs() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule) for rule in ids)


def test_every_rule_in_the_code_is_in_the_catalogue() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    known = {rule.id for rule in BUILT_IN}
    used = set(re.findall(r'"((?:csv|json|canonical|field|key|chain|schema|file|foreign|personal)-[a-z-]+)"', source))
    assert used - {"schema-form"} <= known
    assert all(f'"{rule}"' in source.replace(f'        "{rule}",\n', "", 1) for rule in known)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("select 1", "the header must have"),
        (
            "-- title: t\n-- why: w\n-- mend: m\n-- severity: bad\n-- tables: flows\n-- bad: {}\n-- good: {}\nselect",
            "severity",
        ),
    ],
)
def test_a_rule_file_without_its_header_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_rule("new-rule", text)


def test_every_rule_is_shown_to_fail_by_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    for rule in BUILT_IN:
        assert re.search(rf"(?<![\w/.-]){rule.id}(?![\w/.-])", tests), f"no test breaks {rule.id}"
