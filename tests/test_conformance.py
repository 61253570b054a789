"""frictionless, the reference validator of the standard, agrees with the check where both look."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import frictionless
import pytest

from corpus import CASES
from damage import problems, replace
from enforcement_web import Package
from enforcement_web.check.builtin_rules import BUILT_IN
from sample import make_package

CORPUS = [
    *((file, old, new) for file, old, new, _ in CASES if file.endswith(".csv")),
    *((rule.file, rule.good, rule.bad) for rule in BUILT_IN if rule.file.endswith(".csv")),
]
# Faults after which frictionless reads the rest of the table in another way, and reports what follows from that.
SHIFTING = {"csv-header", "csv-quote", "csv-character"}
# A table that frictionless cannot read makes it report the tables that refer to it too.
UNREADABLE = {"encoding-error", "source-error", "format-error"}


def judged(root: Path, file: str) -> Iterator[Any]:
    """Give the errors that frictionless finds in one table of a package."""
    package = frictionless.Package(str(root / "datapackage.json"))
    resource = next(resource for resource in package.resources if resource.path == file)
    for task in resource.validate().tasks:
        yield from task.errors


@pytest.mark.parametrize(("file", "old", "new"), CORPUS)
def test_every_fault_that_frictionless_finds_is_found_here(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, file, old, new)
    own = [problem for problem in problems(root) if problem.file == file]
    lines = {problem.line for problem in own}
    shifted = [problem.line for problem in own if problem.rule in SHIFTING]
    assert lines
    for error in judged(root, file):
        row = getattr(error, "row_number", None)
        is_found = row is None or row in lines or any(row >= line for line in shifted)
        assert is_found, f"{error.type} in row {row}: {error.note}"


def test_on_clean_input_frictionless_agrees(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    report = frictionless.Package(str(root / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    assert problems(root) == []


def repeat_unique(root: Path) -> None:
    replace(root, "schemas/agencies.schema.json", '"primaryKey"', '"uniqueKeys": [["acronym"]], "primaryKey"')
    replace(root, "data/agencies.csv", "Division,,,div", "Division,ICE,,div")


# What the check finds and frictionless 5 does not. When one of these tests fails, frictionless has learned it.
DIFFERENCES = {
    "a date without its zeros": (partial(replace, file="data/evidence.csv", old="2026-11-01", new="2026-11-1"), "field-type"),
    "a repeated unique key": (repeat_unique, "key-unique"),
    "an unknown term in a list": (partial(replace, file="data/flows.csv", old=",fingerprints,", new=",fingers,"), "field-term"),
    "a record out of order": (partial(replace, file="data/gaps.csv", old="\nwhen-it", new="\nzen-it"), "canonical-order"),
    "CRLF": (partial(replace, file="data/agencies.csv", old="\nice", new="\r\nice"), "csv-line-end"),
    "a byte order mark": (partial(replace, file="data/agencies.csv", old="id,name", new="\ufeffid,name"), "csv-bom"),
    "a zero-width space": (partial(replace, file="data/agencies.csv", old="Imm", new="I\u200bmm"), "csv-character"),
    "a quote inside a cell": (partial(replace, file="data/agencies.csv", old="Customs E", new='Customs "E'), "csv-quote"),
    "a reference to a JSON table": (partial(replace, file="data/evidence.csv", old="ice,,code", new="ice,,cod"), "foreign-key"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "rule"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_known_differences(change: Any, rule: str, tmp_path: Path) -> None:
    root = make_package(tmp_path)
    change(root)
    assert {problem.rule for problem in problems(root)} == {rule}
    assert frictionless.Package(str(root / "datapackage.json")).validate().valid


def test_one_unreadable_table_is_one_problem_here(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "data/agencies.csv", "Customs", "Cust\udcf6ms")
    assert len(problems(root)) == 1
    report = frictionless.Package(str(root / "datapackage.json")).validate()
    errors = [error for task in report.tasks for error in task.errors]
    assert len(errors) > 1
    assert {error.type for error in errors} <= UNREADABLE


def test_both_know_the_same_tables(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    listed = frictionless.Package(str(root / "datapackage.json")).resources
    assert {resource.name for resource in listed} == set(Package.open(root).resources)
