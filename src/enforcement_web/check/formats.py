"""Write a report as text, JSON, GitHub annotations or SARIF 2.1.0."""

import json
from collections.abc import Callable
from typing import Any

from enforcement_web.check.report import Report
from enforcement_web.check.rules import all_rules
from enforcement_web.problem import Problem

_RED, _YELLOW, _GREEN, _DIM, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[2m", "\x1b[0m"


def as_text(report: Report, is_colored: bool = False) -> str:
    """Write one line for each problem, then the notes and the summary.

    A cell that its message does not show stands on a line of its own below.
    """
    lines = []
    for problem in report.problems:
        lines.append(_colored(problem) if is_colored else str(problem))
        if problem.value and problem.value not in problem.message:
            lines.append(f"    the cell: {_shown(problem.value)}")
    return "\n".join([*lines, *report.notes, report.summary()])


def as_json(report: Report) -> str:
    """Write the report as JSON, as docs/check-report.schema.json describes it."""
    value = {
        "summary": report.summary(),
        "is_clean": report.is_clean,
        "tables": report.tables,
        "records": report.records,
        "excepted": report.excepted,
        "notes": report.notes,
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "column": problem.column,
                "rule": problem.rule,
                "severity": problem.severity,
                "message": problem.message,
                "table": problem.table or None,
                "record": problem.record or None,
                "field": problem.field or None,
                "value": problem.value or None,
                "suggestion": problem.suggestion or None,
            }
            for problem in report.problems
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False)


def as_github(report: Report) -> str:
    """Write one workflow command a problem, which GitHub shows at the line of the file."""
    lines = [
        f"::{problem.severity} file={_property(problem.file)},line={problem.line},col={problem.column},"
        f"title={_property(problem.rule)}::{_data(problem.text)}"
        for problem in report.problems
    ]
    return "\n".join([*lines, *report.notes, report.summary()])


def as_sarif(report: Report) -> str:
    """Write the report as SARIF 2.1.0, with the rules that it names."""
    from enforcement_web import __version__

    named = {problem.rule for problem in report.problems}
    rules = [rule for rule in all_rules() if rule.id in named]
    index = {rule.id: number for number, rule in enumerate(rules)}
    driver = {
        "name": "enforcement-web",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": f"{rule.title}."},
                "fullDescription": {"text": rule.why},
                "help": {"text": rule.mend},
                "defaultConfiguration": {"level": rule.severity},
            }
            for rule in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index[problem.rule]) for problem in report.problems],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def _result(problem: Problem, rule_index: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": problem.file},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule_index,
        "level": problem.severity,
        "message": {"text": problem.text},
        "locations": [{"physicalLocation": place}],
    }


def _colored(problem: Problem) -> str:
    color = _RED if problem.severity == "error" else _YELLOW
    place = f"{_DIM}{problem.file}:{problem.line}:{problem.column}{_PLAIN}"
    text = problem.text
    if problem.suggestion:
        text = text.replace(f'"{problem.suggestion}"?)', f'{_GREEN}"{problem.suggestion}"{_PLAIN}?)')
    return f"{place} {color}{problem.rule}{_PLAIN} {text}"


def _shown(value: str) -> str:
    return value if len(value) <= 100 else f"{value[:97]}..."


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
