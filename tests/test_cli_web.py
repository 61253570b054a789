"""The commands that follow the web, on the real data."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from damage import drop_column
from enforcement_web import Package
from enforcement_web.card import TABLES
from enforcement_web.cli import main
from enforcement_web.web import read_records
from sample import ROOT, make_package
from test_cli import run

SCHEMA = json.loads((ROOT / "docs" / "trace.schema.json").read_text(encoding="utf-8"))
PACKAGE = ["--package", str(ROOT)]
THERE = [*PACKAGE, "--in", "US-WA", "--on", "2026-10-01"]
COMMANDS = {
    "trace": ["trace", "jail-booking", *THERE, "--closed"],
    "trace of nothing": ["trace", "passport-application", *THERE, "--to", "ngic"],
    "chokepoints": ["chokepoints", "drivers-license-application", *THERE],
    "reach": ["reach", "ice", *THERE],
    "around": ["reach", "--around", "2", *THERE],
    "changes": ["changes", "jail-booking", "2019-01-01", "2026-10-01", "--in", "US-WA", *PACKAGE],
    "show": ["show", "ngi-ident-arrest-fingerprint-search", *PACKAGE],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS.keys())
def test_text_fits_80_columns(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    assert out.strip()
    assert [line for line in out.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", ["trace", "trace of nothing", "chokepoints", "reach", "around", "changes"])
def test_json_keeps_its_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *COMMANDS[name], "--json")
    assert code == 0
    jsonschema.validate(json.loads(out), SCHEMA, format_checker=jsonschema.FormatChecker())


def test_text_and_json_tell_of_the_same_routes(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, *COMMANDS["trace"], "--limit", "5")[1]
    value = json.loads(run(capsys, *COMMANDS["trace"], "--json")[1])
    assert f"{len(value['routes'])} open routes" in text
    for route in value["routes"][:5]:
        for hop in route["hops"]:
            assert hop["flow"] in text
    assert all(gap["question"].split()[0] in text for gap in value["gaps"][:5])


@pytest.mark.parametrize("table", ["agencies", "databases", "evidence", "flow_laws", "flow_status", "flows", "gaps"])
def test_without_a_column_questions_are_answered_or_refused(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for column in Package.open(ROOT).resources[table].columns:
        root = tmp_path / column
        root.mkdir()
        drop_column(make_package(root), table, column)
        for words in ("trace jail-booking", "chokepoints jail-booking", "reach ice", "show ngi-to-ident"):
            code, out, _ = run(capsys, *words.split(), "--package", str(root))
            assert code == 0 or "schema" in out


def test_no_route_is_told_apart_from_not_looked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    asked = ["trace", "jail-booking", "--package", str(root), "--on", "2000-01-01"]
    assert "2 questions about it were looked into and not" in run(capsys, *asked)[1]
    gaps = root / "data/gaps.csv"
    gaps.write_text(gaps.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert "nothing records that anyone has looked" in run(capsys, *asked)[1]


def test_closing_flows_leaves_fewer_routes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["chokepoints", "drivers-license-application", *THERE, "--json"]
    before = json.loads(run(capsys, *asked)[1])
    one = before["sets"][0][0]
    after = json.loads(run(capsys, *asked, "--closing", one)[1])
    assert after["routes"] < before["routes"]
    assert len(after["sets"][0]) == len(before["sets"][0]) - 1
    closed = run(capsys, *asked[:-1], "--closing", ",".join(before["sets"][0]))
    assert "No open route is known" in closed[1]


@pytest.mark.parametrize("style", ["--dot", "--mermaid"])
def test_pictures_name_every_node_and_flow(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, *COMMANDS["trace"], style, "--limit", "4")[1]
    value = json.loads(run(capsys, *COMMANDS["trace"], "--json")[1])
    flows = {hop["flow"] for route in value["routes"][:4] for hop in route["hops"]}
    assert all(flow in out for flow in flows)
    declared = set(re.findall(r"^ +(n\d+)\s?\[", out, re.MULTILINE))
    used = set(re.findall(r"\bn\d+\b", re.sub(r'"[^"]*"', "", out)))
    assert used == declared
    assert out.startswith("digraph" if style == "--dot" else "flowchart LR")


def test_a_card_for_a_record_of_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    records = read_records(ROOT)
    ids: dict[str, Any] = {
        "agencies": "ice",
        "databases": "ident",
        "flows": "jail-list-to-ice",
        "laws": "usc-8-1373",
        "touchpoints": "jail-booking",
        "actions": records.actions[0]["id"],
        "flow_status": next(iter(records.statuses.values()))[0].id,
        "findings": "2017-orders-and-memos-expand-enforcement",
        "sources": "nilc-2017-torch-post",
        "gaps": records.gaps[0]["id"],
    }
    assert set(ids) == set(TABLES)
    for table, record in ids.items():
        code, out, _ = run(capsys, "show", record, *PACKAGE)
        assert code == 0
        assert out.startswith(f"{table}: {record}\n===")
        assert max(map(len, out.splitlines())) <= 80 or table == "sources"


def test_a_card_of_a_flow_tells_its_history(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "show", "dmv-records-to-ice-over-nlets", *PACKAGE)[1]
    for part in ("Status (", "US-WA: blocked from 2025-11-18", "Laws (", "Actions (", "Evidence ("):
        assert part in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["trace", "jail-bookin", *PACKAGE], 'no touchpoint "jail-bookin" (did you mean "jail-booking"?)'),
        (["trace", "jail-booking", "--to", "idnt", *PACKAGE], 'no agency or database "idnt" (did you mean "ident"?)'),
        (["trace", "jail-booking", "--in", "US-WAS", *PACKAGE], 'no place "US-WAS" (did you mean "US-WA"?)'),
        (["trace", "jail-booking", "--on", "tomorrow"], "invalid fromisoformat value: 'tomorrow'"),
        (["trace", "jail-booking", "--limit", "0"], "invalid"),
        (["trace", "jail-booking", "--package", "no-such-folder"], "no-such-folder does not exist"),
        (["chokepoints", "jail-booking", "--closing", "jail-lst-to-ice", *PACKAGE], 'did you mean "jail-list-to-ice"'),
        (["reach", "ident-x", *PACKAGE], 'no agency or database "ident-x"'),
        (["changes", "jail-booking", "2026-01-01", "2025-01-01", *PACKAGE], "the second day is before the first"),
        (["show", "ngii", *PACKAGE], 'no record "ngii" (did you mean "ngi"?)'),
    ],
)
def test_wrong_use_is_one_line_and_code_2(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_a_broken_package_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    path = root / "data/flows.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("id,source", "id,sauce"), encoding="utf-8")
    assert main(["trace", "jail-booking", "--package", str(root)]) == 1
    assert "data/flows.csv:1:1 csv-header" in capsys.readouterr().out
