"""The four formats of a report, and what narrows it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from damage import TODAY, replace
from enforcement_web import Package, __version__
from enforcement_web.check import Report, check
from enforcement_web.check.formats import FORMATS, as_github, as_json, as_sarif, as_text
from enforcement_web.cli import main
from enforcement_web.problem import Problem
from sample import ROOT, make_package
from stored_schemas import stored_schema

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A package with an error in a cell, an error in a date, a warning, a fault of structure and a lost file."""
    root = make_package(tmp_path)
    replace(root, "data/flows.csv", ",fbi-cjis,ngi,", ",fbi-cji,ngi,")
    replace(root, "data/flow_status.csv", "2008-10,by,,", "2008-10,by,2008-09,")
    replace(root, "data/agencies.csv", ",false,,US,2003", ",true,,US,2003")
    replace(root, "data/laws.csv", "28 U.S.C.", '28 "U.S.C.')
    (root / "data/touchpoints.csv").unlink()
    return root


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_as_it_was(name: str, broken: Path) -> None:
    text = FORMATS[name](check(Package.examine(broken), TODAY)) + "\n"
    text = text.replace(f'"{__version__}"', '"VERSION"')
    path = GOLDEN / f"report.{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "run UPDATE_GOLDEN=1 make test if this is meant"


def test_json_keeps_its_schema(broken: Path) -> None:
    schema = json.loads((ROOT / "docs" / "check-report.schema.json").read_text(encoding="utf-8"))
    report = json.loads(as_json(check(Package.examine(broken), TODAY)))
    jsonschema.validate(report, schema)
    assert report["problems"][1]["suggestion"] is None
    assert {problem["severity"] for problem in report["problems"]} == {"error", "warning"}
    jsonschema.validate(json.loads(as_json(Report())), schema)


def test_sarif_keeps_its_schema(broken: Path) -> None:
    schema = stored_schema("sarif-2.1.0")
    sarif = json.loads(as_sarif(check(Package.examine(broken), TODAY)))
    jsonschema.Draft7Validator(schema).validate(sarif)
    (run,) = sarif["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    jsonschema.Draft7Validator(schema).validate(json.loads(as_sarif(Report())))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({**sarif, "version": "2"})


def test_github_commands_escape_what_github_reads() -> None:
    problem = Problem("a,b:c.csv", 1, 2, "csv-quote", "100% of\nthis: that, there")
    first = as_github(Report([problem])).splitlines()[0]
    assert first == "::error file=a%2Cb%3Ac.csv,line=1,col=2,title=csv-quote::100%25 of%0Athis: that, there"


def test_a_cell_that_the_message_does_not_show_stands_below() -> None:
    problem = Problem("a.csv", 1, 2, "plain-voice", '"vast" argues', value="A vast web.")
    assert as_text(Report([problem])).splitlines()[1] == "    the cell: A vast web."
    assert as_text(Report([Problem("a.csv", 1, 2, "x", "y", value="z" * 500)])).splitlines()[1].endswith("zzz...")


def test_colors_on_a_terminal_only(broken: Path) -> None:
    command = [sys.executable, "-m", "enforcement_web.cli", "check", str(broken), "--today", TODAY.isoformat()]
    assert "\x1b[31mcsv-quote\x1b[0m" in terminal(command, {})
    assert "\x1b" not in terminal(command, {"NO_COLOR": "1"})
    assert "\x1b" not in subprocess.run(command, capture_output=True, text=True, check=False).stdout


def terminal(command: list[str], variables: dict[str, str]) -> str:
    """Run a command in a terminal of its own and return what it shows."""
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | variables
    with subprocess.Popen(command, stdout=follower, env=environment):
        os.close(follower)
        shown = b""
        while True:
            try:
                chunk = os.read(leader, 4096)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
    os.close(leader)
    return shown.decode()


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--rules", "foreign-key"], {"foreign-key"}),
        (["--rules", "foreign-*,period-order"], {"foreign-key", "period-order"}),
        (["--table", "agencies"], {"group-members"}),
        (["--only", "warnings"], {"group-members"}),
        (["--only", "errors", "--table", "flows,laws"], {"foreign-key", "csv-quote"}),
        (["--rules", "csv-bom"], set()),
    ],
)
def test_narrowing(options: list[str], rules: set[str], broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", str(broken), "--format", "json", "--today", TODAY.isoformat(), *options])
    report = json.loads(capsys.readouterr().out)
    assert {problem["rule"] for problem in report["problems"]} == rules
    assert code == (1 if rules - {"group-members"} else 0)


def test_a_lost_file_belongs_to_its_table(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(broken), "--table", "touchpoints"]) == 1
    assert "file-missing" in capsys.readouterr().out


def test_the_summary_stands_last(broken: Path) -> None:
    report = check(Package.examine(broken), TODAY)
    for name in ("text", "github"):
        assert FORMATS[name](report).splitlines()[-1] == report.summary()
    assert report.summary().startswith("4 problems and 1 warning in 5 files; ")


def test_in_two_processes_the_check_says_the_same(broken: Path, tmp_path: Path) -> None:
    sound = make_package(tmp_path / "sound")
    for root in (broken, sound):
        alone = as_text(check(Package.examine(root), TODAY))
        command = [sys.executable, "-c", "from enforcement_web.cli import run; run()", "check", str(root)]
        result = subprocess.run([*command, "--today", TODAY.isoformat()], capture_output=True, text=True, check=False)
        assert result.stdout == alone + "\n"
        assert result.stderr == ""
