"""The sample package with one fault in it: a rule's own example of a breach, or any other change."""

import csv
import io
import json
from datetime import date
from pathlib import Path

from enforcement_web import Package, PackageError
from enforcement_web.check import check
from enforcement_web.check.rule import Rule
from enforcement_web.problem import Problem

TODAY = date(2026, 11, 30)


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Put a text in the place of another, which must be there; a surrogate stands for a byte that is not UTF-8."""
    path = root / file
    data = path.read_bytes()
    before, after = (text.encode(errors="surrogateescape") for text in (old, new))
    assert before in data, f"{before!r} is not in {file}"
    path.write_bytes(data.replace(before, after, 1))


def drop_column(root: Path, table: str, column: str) -> None:
    """Take a column out of a CSV table and its schema, as someone might who has no use for it."""
    (entry,) = [entry for entry in Package.open(root).descriptor["resources"] if entry["name"] == table]
    schema = root / entry["schema"]
    told = json.loads(schema.read_text(encoding="utf-8"))
    told["fields"] = [field for field in told["fields"] if field["name"] != column]
    schema.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    rows = list(csv.reader(io.StringIO((root / entry["path"]).read_text(encoding="utf-8"))))
    place = rows[0].index(column)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row[:place] + row[place + 1 :] for row in rows)
    (root / entry["path"]).write_text(text.getvalue(), encoding="utf-8")


def break_rule(root: Path, rule: Rule) -> None:
    """Put the rule's bad example in the place of its good one."""
    replace(root, rule.file, rule.good, rule.bad)


def problems(root: Path) -> list[Problem]:
    """Check a package, however broken, on a fixed day."""
    try:
        return check(Package.examine(root), TODAY).problems
    except PackageError as error:
        return error.problems


def found(root: Path) -> list[str]:
    """Give the problems of a package as lines."""
    return [str(problem) for problem in problems(root)]
