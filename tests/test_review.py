"""What a pull request is told: the review that its job writes, and the fixes that it suggests."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import suggest_fixes
import write_review
from damage import replace
from enforcement_web import Package
from enforcement_web.check import Report, fix
from enforcement_web.check.reading import Reading
from enforcement_web.csvtext import canonical_cells
from enforcement_web.problem import Problem
from sample import SUMMARY, make_package
from suggest_fixes import MOST, Suggestion, differences, in_file, suggestions
from write_review import check_part, cut

GAP = "{id},flows,ngi-to-ident,US,What else is matched there?,The notice,2026-11-01"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The sample package in canonical form, as the one commit of a repository."""
    root = make_package(tmp_path / "package")
    fix(Package.examine(root))
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(root), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Change")


def append(root: Path, path: str, *lines: str) -> None:
    with (root / path).open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def applied(root: Path, found: list[Suggestion]) -> None:
    """Take suggestions as GitHub does, from the last to the first."""
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        path = root / one.path
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[one.start - 1 : one.end] = one.replacement.split("\n")
        path.write_text("\n".join(lines), encoding="utf-8")


def test_nothing_is_suggested_for_what_is_in_form(checkout: Path) -> None:
    append(checkout, "data/gaps.csv", GAP.format(id="zoo"))
    assert suggestions(checkout, "HEAD") == []


def test_form_and_order_within_the_change_are_suggested(checkout: Path) -> None:
    quoted = GAP.format(id="zoo-two").replace(",US,", ',"US",')
    append(checkout, "data/gaps.csv", GAP.format(id="zoo-three"), quoted, GAP.format(id="zoo-four"))
    found = suggestions(checkout, "HEAD")
    (one,) = found
    assert (one.path, one.start, one.end) == ("data/gaps.csv", 4, 6)
    assert [line.split(",")[0] for line in one.replacement.split("\n")] == ["zoo-four", "zoo-three", "zoo-two"]
    applied(checkout, found)
    assert fix(Package.examine(checkout)) == ([], [])


def test_each_line_is_suggested_alone_where_it_can_be(checkout: Path) -> None:
    rows = [GAP.format(id=f"zoo-{letter}") for letter in "abc"]
    append(
        checkout, "data/gaps.csv", rows[0].replace("What else", "What  else"), rows[1], rows[2].replace("US", '"US"')
    )
    assert suggestions(checkout, "HEAD") == [
        Suggestion("data/gaps.csv", 4, 4, rows[0]),
        Suggestion("data/gaps.csv", 6, 6, rows[2]),
    ]


def test_nothing_outside_the_change_is_suggested(checkout: Path) -> None:
    replace(checkout, "data/gaps.csv", ",US,When", ',"US",When')
    commit(checkout)
    append(checkout, "data/gaps.csv", GAP.format(id="zoo"))
    assert suggestions(checkout, "HEAD") == []
    assert [one.start for one in suggestions(checkout, "HEAD~1")] == [2]


def test_a_row_that_belongs_elsewhere_is_not_taken_away(checkout: Path) -> None:
    append(checkout, "data/gaps.csv", GAP.format(id="ant"))
    assert suggestions(checkout, "HEAD") == []
    replace(checkout, "data/touchpoints.csv", "jail-booking", '"jail-booking"')
    assert [one.path for one in suggestions(checkout, "HEAD")] == ["data/touchpoints.csv"]


def test_members_and_spaces_of_json_are_suggested(checkout: Path) -> None:
    path = checkout / "data/sources.json"
    good = path.read_bytes()
    title = '    "title": "United States Code",\n'
    kind = '    "type": "legislation",\n'
    replace(checkout, "data/sources.json", kind + title, title.replace("d S", "d  S") + kind.replace("    ", "  "))
    found = suggestions(checkout, "HEAD")
    assert {one.path for one in found} == {"data/sources.json"}
    applied(checkout, found)
    assert path.read_bytes() == good


BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
    "bytes that are no text": lambda data: data + b"\xff\xfe,\n",
    "a quote that never closes": lambda data: data + b'"zoo,flows\n',
    "an empty file": lambda data: b"",
    "no file": lambda data: b"",
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_only_a_person_can_mend_gives_none(name: str, checkout: Path) -> None:
    path = checkout / "data/gaps.csv"
    path.write_bytes(BREAKS[name](path.read_bytes()))
    if name == "no file":
        path.unlink()
    assert suggestions(checkout, "HEAD") == []


def test_suggestions_are_few(checkout: Path) -> None:
    rows = [GAP.format(id=f"zoo-{number:02}").replace("US", '"US"' if number % 2 else "US") for number in range(80)]
    append(checkout, "data/gaps.csv", *rows)
    assert len(suggestions(checkout, "HEAD")) == MOST


ROWS = [GAP.format(id=name) for name in ("ant", "where-it-is", "whose-it-is", "zoo")]
FORMS = (str, lambda row: row.replace("US", '"US"'), lambda row: row.replace(" else", "  else"), lambda row: f" {row} ")


@settings(max_examples=30)
@given(order=st.permutations(range(6)), forms=st.lists(st.sampled_from(FORMS), min_size=6, max_size=6))
def test_no_suggestion_taken_alone_or_with_others_loses_a_record(
    sample: Package, order: list[int], forms: list[Callable[[str], str]]
) -> None:
    gaps = sample.resources["gaps"]
    before = sample.read(gaps)
    header, *rows = [*before.decode().splitlines(), *ROWS]
    lines = [forms[index](rows[index]) for index in order]
    after = "\n".join([header, *lines, ""]).encode()
    reading = Reading.of(sample.replaced({gaps.path: after}))
    found = list(in_file(reading, gaps, differences(before, after)))
    for taken in [found, *([one] for one in found)]:
        text = after.decode().split("\n")
        for one in reversed(taken):
            text[one.start - 1 : one.end] = one.replacement.split("\n")
        scan = sample.replaced({gaps.path: "\n".join(text).encode()}).scan_csv(gaps)
        assert sorted(canonical_cells(row, []) for row in scan.rows) == sorted(row.split(",") for row in rows)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package.open(make_package(tmp_path_factory.mktemp("sample") / "package"))


def run(module: object, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["script.py", *arguments])
    code: int = module.main()  # type: ignore[attr-defined]
    return code


def test_suggestions_are_written_as_json(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(checkout, "data/gaps.csv", GAP.format(id="zoo").replace("US", '"US"'))
    out = tmp_path / "suggestions.json"
    assert run(suggest_fixes, monkeypatch, "HEAD", "--out", str(out), "--root", str(checkout)) == 0
    (one,) = json.loads(out.read_text(encoding="utf-8"))
    assert one == {"path": "data/gaps.csv", "start": 4, "end": 4, "replacement": GAP.format(id="zoo")}


@pytest.mark.parametrize("revision", ["nowhere", "--output=x"])
def test_an_unknown_revision_is_refused(
    revision: str, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, root = str(tmp_path / "out"), str(checkout)
    assert run(suggest_fixes, monkeypatch, "--out", out, "--root", root, "--", revision) == 2
    assert run(write_review, monkeypatch, out, f"--onto={revision}", "--root", root) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def written(root: Path, out: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> dict[str, str]:
    assert run(write_review, monkeypatch, str(out), "--root", str(root), *arguments) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}


def test_a_review_tells_what_changed_since_the_branch_left(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(checkout, "checkout", "--quiet", "-b", "topic")
    append(checkout, "data/gaps.csv", GAP.format(id="zoo").replace("US", '"US"'))
    commit(checkout)
    git(checkout, "checkout", "--quiet", "main")
    replace(checkout, "data/laws.csv", SUMMARY, "A sentence of main, which the branch does not have.")
    commit(checkout)
    git(checkout, "checkout", "--quiet", "topic")
    review = written(checkout, tmp_path / "review", monkeypatch, "--onto", "main")
    assert sorted(review) == ["comment.md", "suggestions.json", "summary.md"]
    for name in ("comment.md", "summary.md"):
        assert review[name].startswith("### Check\n\n**1 problem in 1 file; ")
        assert "canonical&#45;quote" in review[name]
        assert "Records added&#58; gaps (1)" in review[name]
        assert "laws" not in review[name]
    assert len(json.loads(review["suggestions.json"])) == 1


def test_without_a_branch_there_is_a_report_alone(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = written(checkout, tmp_path / "review", monkeypatch)
    assert review["summary.md"].startswith("### Check\n\n**no problems in ")
    assert "Comparison" not in review["summary.md"]
    assert json.loads(review["suggestions.json"]) == []


def test_a_package_that_cannot_be_compared_is_told(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(checkout, "data/gaps.csv", '"zoo,flows')
    review = written(checkout, tmp_path / "review", monkeypatch, "--onto", "HEAD")
    assert "NEW &#40;&#46;&#41; has faults; mend them first" in review["comment.md"]
    (checkout / "datapackage.json").unlink()
    review = written(checkout, tmp_path / "review", monkeypatch, "--onto", "HEAD")
    assert "**1 problem in 1 file" in review["comment.md"]


def test_many_problems_are_counted() -> None:
    problems = [Problem("data/a.csv", line, 1, "csv-quote", "a @mention and <b>") for line in range(1, 31)]
    text = check_part(Report(problems, notes=["not run: x"]), 20)
    assert text.count("csv&#45;quote") == 20
    assert "- and 10 more\n" in text
    assert "- not run&#58; x\n" in text
    assert "@" not in text and "<b>" not in text


def test_a_long_review_is_cut_to_whole_lines() -> None:
    text = "### Check\n\n<details><summary>é</summary>\n\n" + "- ü line\n" * 1000 + "\n</details>\n"
    assert cut(text, 20_000, "*more*") == text
    for most in range(200, 240):
        short = cut(text, most, "*more*")
        assert len(short.encode()) <= most
        assert short.endswith("- ü line\n\n</details>\n\n*more*\n")
    assert cut("a\n" * 100, 50, "*more*").endswith("a\n\n*more*\n")
