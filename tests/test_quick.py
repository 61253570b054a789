"""The program says the same as the check, whichever way it takes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcement_web import Package
from enforcement_web.check import check
from sample import make_package

A, F = "data/agencies.csv", "data/flows.csv"
CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda root: None,
    "a cell": lambda root: replace(root / A, b",component,", b",componnent,"),
    "a reference": lambda root: replace(root / F, b",fbi-cjis,", b",fbi-cji,"),
    "a rule": lambda root: replace(root / "data/evidence.csv", b",supports,", b",context,"),
    "an order": lambda root: replace(root / A, b"fbi-cjis,", b"zzz-cjis,"),
    "a line end": lambda root: replace(root / A, b"\n", b"\r\n"),
    "a width": lambda root: replace(root / A, b",ICE,", b",ICE,,"),
    "a quote": lambda root: replace(root / A, b"ice,Imm", b'ice,"Imm'),
    "an encoding": lambda root: replace(root / A, b"Customs", b"Cust\xf6ms"),
    "a header": lambda root: replace(root / A, b"id,name", b"name,id"),
    "JSON": lambda root: replace(root / "data/actions.json", b'"find-out"', b'"find"'),
    "half a file": lambda root: replace(root / "data/sources.json", b"]", b""),
    "a vocabulary": lambda root: replace(
        root / "data/reference/terms.csv", b"agency-kind,component", b"agency-kind,bureau"
    ),
    "a phone number": lambda root: replace(root / A, b"A sentence that says", b"Call 202-555-0143 and"),
    "a lost file": lambda root: (root / "data/evidence.csv").unlink(),
}


def replace(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def program(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_program_says_what_the_check_says(change: Callable[[Path], None], tmp_path: Path) -> None:
    root = make_package(tmp_path)
    change(root)
    report = check(Package.open(root))
    result = program("from enforcement_web.cli import run; run()", "check", str(root))
    assert result.stdout == report.text() + "\n"
    assert result.stderr == ""
    assert result.returncode == (0 if report.is_clean else 1)


@pytest.mark.parametrize(
    "hindrance",
    [
        "import os; del os.fork",
        "from enforcement_web.check import quick; quick._sound_texts = lambda package: 1 / 0",
        "from enforcement_web.check import quick; quick._are_queries_empty = lambda package: False",
    ],
)
def test_without_the_quick_way_the_whole_check_runs(hindrance: str, tmp_path: Path) -> None:
    root = make_package(tmp_path)
    result = program(f"{hindrance}\nfrom enforcement_web.cli import run\nrun()", "check", str(root))
    assert result.returncode == 0
    assert result.stdout.startswith("no problems in ")


def test_a_package_without_the_tables_that_rules_need_is_checked_whole(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root / "datapackage.json", b'"name": "terms"', b'"name": "words"')
    result = program("from enforcement_web.cli import run; run()", "check", str(root))
    assert result.stdout == check(Package.open(root)).text() + "\n"
