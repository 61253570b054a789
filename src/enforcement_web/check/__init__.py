"""Check a package: structure, schemas, references, canonical form and rules give one report."""

from collections.abc import Iterator
from datetime import date

from enforcement_web.check import canonical
from enforcement_web.check.canonical import check_canonical
from enforcement_web.check.chains import check_chains
from enforcement_web.check.exceptions import apply_exceptions
from enforcement_web.check.json_schema import check_json_table
from enforcement_web.check.keys import check_keys
from enforcement_web.check.loading import ask, ask_beside, queries_on
from enforcement_web.check.reading import Reading
from enforcement_web.check.report import Report
from enforcement_web.check.rules import missing_tables, skipped_rules, sql_rules
from enforcement_web.check.table_schema import constraint_queries
from enforcement_web.check.text_rules import check_texts
from enforcement_web.check.vocabularies import check_vocabularies
from enforcement_web.package import Package
from enforcement_web.problem import Problem

__all__ = ["Report", "check", "fix", "structure_problems"]


def check(package: Package, today: date | None = None, may_fork: bool = False) -> Report:
    """Check every table of an opened package.

    ``today`` is the day against which dates are held, the current one when it is not given. With ``may_fork``, for
    programs without other threads, the queries run in a process of their own.
    """
    today = today or date.today()
    beside = ask_beside(package, today) if may_fork else None
    reading = Reading.of(package)
    problems = [*reading.problems, *missing_tables(reading), *text_problems(reading)]
    rows = beside() if beside else None
    queries = queries_on(reading.usable())
    if rows is None or not reading.is_all_sound():
        rows = ask(reading, today, queries)
    for query, found in zip(queries, rows, strict=True):
        problems += query.place(reading, found)
    skipped = skipped_rules(reading)
    not_run = {rule for rules in skipped.values() for rule in rules}
    left, excepted = apply_exceptions(reading, without_echoes(problems), not_run, today)
    notes = [
        f"not run, because table {table} could not be read: {', '.join(sorted(rules))}"
        for table, rules in sorted(skipped.items())
    ]
    return Report(sorted(set(left)), len(reading.usable()), reading.count(), notes, excepted)


def structure_problems(package: Package) -> list[Problem]:
    """Give the problems of a package that keep its records from being told apart, read or joined.

    Faults of files and schemas, cells that break their schema, keys that repeat and references that lead nowhere; not
    form, nor rules about records.
    """
    reading = Reading.of(package)
    problems = [*reading.problems, *check_keys(reading)]
    for resource in reading.usable():
        if resource.format == "json":
            problems += check_json_table(reading, resource)
    queries = constraint_queries(reading.usable())
    for query, found in zip(queries, ask(reading, date.today(), queries), strict=True):
        problems += query.place(reading, found)
    return sorted(set(problems))


def fix(package: Package) -> tuple[list[str], list[str]]:
    """Mend what has one right answer in the files of a package, and change nothing else.

    Returns the paths of the files that were rewritten, and of those that a person has to mend further.
    """
    return canonical.fix(Reading.of(package))


def text_problems(reading: Reading, table: str | None = None) -> Iterator[Problem]:
    """Run the checks that need no queries; with a table, only those that it can bear on."""
    for resource in reading.usable():
        if table in (None, resource.name):
            yield from check_canonical(reading, resource)
            yield from check_texts(reading, resource)
            if resource.format == "json":
                yield from check_json_table(reading, resource)
            yield from check_chains(reading, resource)
    yield from check_vocabularies(reading)
    yield from check_keys(reading)


def without_echoes(problems: list[Problem]) -> list[Problem]:
    """Leave out problems of rules about records at cells that are already at fault, other than in form or order."""
    about_records = {item.rule.id for item in sql_rules()}
    at_fault = {
        (p.file, p.line, p.column) for p in problems if p.rule not in about_records and p.rule not in canonical.FIXABLE
    }
    return [p for p in problems if p.rule not in about_records or (p.file, p.line, p.column) not in at_fault]
