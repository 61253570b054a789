import subprocess
import sys
from pathlib import Path

import pytest

from enforcement_web.cli import main
from sample import ROOT, make_package


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_clean_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", str(make_package(tmp_path)))
    assert (code, err) == (0, "")
    assert out.startswith("no problems in ")


def test_problems_end_with_a_count_and_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    path = root / "data/flows.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",fbi-cjis,ngi,", ",fbi-cji,ngi,"), encoding="utf-8")
    code, out, err = run(capsys, "check", str(root))
    assert (code, err) == (1, "")
    first, last = out.splitlines()
    assert first == (
        'data/flows.csv:2:14 foreign-key source_agency_id: "fbi-cji" is not in agencies (did you mean "fbi-cjis"?)'
    )
    assert last.startswith("1 problem in 1 file; ")


def test_a_folder_without_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", str(tmp_path))
    assert (code, err) == (1, "")
    assert out.startswith("datapackage.json:1:1 file-missing there is no such file")


def test_the_package_around_the_current_folder_is_meant_when_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_package(tmp_path) / "data")
    assert run(capsys, "check")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["check", "--fixx"],
        ["check", "no-such-folder"],
        ["check", "--format", "xml"],
        ["check", "--rules", "flow-stats"],
        ["check", "--table", "flow"],
        ["check", "--only", "hints"],
        ["check", "--today", "soon"],
        ["explain", "flow-stats"],
        ["build", "--out"],
    ],
)
def test_wrong_use_is_code_2_and_one_message(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "enforcement-web" in err


def test_fix_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    path = root / "data/agencies.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(capsys, "check", str(root))[0] == 1
    code, out, err = run(capsys, "check", "--fix", str(root))
    assert code == 0
    assert err == "data/agencies.csv: put in canonical form\n"
    assert out.startswith("no problems")


def test_fix_says_what_it_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    path = root / "data/agencies.csv"
    path.write_bytes(path.read_bytes() + b"half,a record\n")
    code, out, err = run(capsys, "check", "--fix", str(root))
    assert code == 1
    assert err == "data/agencies.csv: has faults that only a person can mend; they follow\n"
    assert out.startswith("data/agencies.csv:4:1 csv-width ")


def test_build_lists_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path / "package")
    code, out, _ = run(capsys, "build", str(root), "--out", str(tmp_path / "dist"))
    assert code == 0
    assert "SHA256SUMS" in out
    code, out, err = run(capsys, "build", str(root), "--out", str(tmp_path / "package"))
    assert (code, out) == (2, "")
    assert "is not an earlier release" in err


def test_build_refuses_a_broken_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path / "package")
    (root / "data/gaps.csv").unlink()
    code, out, _ = run(capsys, "build", str(root), "--out", str(tmp_path / "dist"))
    assert code == 1
    assert out.splitlines()[0].startswith("data/gaps.csv:1:1 file-missing ")
    assert out.splitlines()[-1] == "1 problem; nothing was written"
    assert not (tmp_path / "dist").exists()


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain")
    assert code == 0
    assert "record-evidence" in out
    code, out, _ = run(capsys, "explain", "record-evidence")
    assert code == 0
    assert out.startswith("record-evidence (error): Every record has evidence\n\nWhy: ")
    assert "\nBreaks it:\n  agencies: id ice\n" in out
    assert all(len(line) <= 80 for line in run(capsys, "explain")[1].splitlines())
    assert "did you mean" in run(capsys, "explain", "record-evidense")[2]


def test_the_command_is_installed_and_stops_quietly_when_nobody_reads_on() -> None:
    command = Path(sys.executable).parent / "enforcement-web"
    version = subprocess.run([command, "--version"], check=True, capture_output=True, text=True)
    assert version.stdout.startswith("enforcement-web 0.")
    with subprocess.Popen([command, "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
