"""The command that writes new records, on the sample and on the real data."""

import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import enforcement_web as ew
from enforcement_web.check import check
from enforcement_web.package import Package
from enforcement_web.slugs import slug
from enforcement_web.writing.kinds import KINDS
from enforcement_web.writing.questions import questions_of
from sample import ROOT, SUMMARY, heed_interrupts, make_package, without_counts
from test_cli import run

GOLDEN = Path(__file__).parent / "golden"
TODAY = "2026-11-30"
PIA = "fbi-iafis-ngi-interoperability-pia"
FINDING = "The text of 2026 names it and says what it does."
EVIDENCE = {"locator": "Section 1", "claim": "existence", "read": "part", "finding": FINDING}
STATUS = {"jurisdiction_id": "US", "started": "2026", "start_is": "by", "status": "active", "summary": SUMMARY}
SOURCE = {
    "type": "report",
    "title": "A report on sharing",
    "author": "Office of Reports",
    "issued": "2026-02",
    "publisher": "Office of Reports",
    "URL": "https://reports.example.gov/sharing",
    "tier": "primary",
    "is_mirror": "false",
}
RECORDS: dict[str, dict[str, str | list[str]]] = {
    "flow": {
        "source_agency_id": "fbi-cjis",
        "source_database_id": "ngi",
        "target_agency_id": "ice",
        "mechanism": "bulk-transfer",
        "initiated_by": "target",
        "data_categories": "name-and-biographics;fingerprints",
        "summary": SUMMARY,
    },
    "database": {
        "name": "Register of Shared Reports",
        "kind": "index",
        "owner_id": "fbi-cjis",
        "jurisdiction_id": "US",
        "status": "operational",
        "holds": ["photograph", "fingerprints"],
        "summary": SUMMARY,
    },
    "agency": {
        "name": "Office of Shared Reports",
        "kind": "office",
        "level": "federal",
        "jurisdiction_id": "US",
        "summary": SUMMARY,
    },
    "law": {
        "citation": "Pub. L. 199-1",
        "title": "Shared Reports Act",
        "kind": "statute",
        "jurisdiction_id": "US",
        "issuer_id": "fbi-cjis",
        "enacted": "2026",
        "summary": SUMMARY,
    },
    "action": {
        "title": "Ask for the report on sharing",
        "kind": "find-out",
        "actors": ["journalist", "advocate"],
        "summary": SUMMARY,
        "steps": ["Write a letter; keep a copy.", "Wait for the answer."],
        "cautions": "A letter can name a person.",
    },
}
SUGGESTED = {
    "flow": "ngi-to-ice",
    "database": "register-of-shared-reports",
    "agency": "office-of-shared-reports",
    "law": "shared-reports-act",
    "action": "ask-for-the-report-on-sharing",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real package."""
    root = tmp_path_factory.mktemp("real")
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "datapackage.json", root)
    return root


def options(part: str, columns: dict[str, str | list[str]] | dict[str, str]) -> list[str]:
    pairs = [(name, one) for name, value in columns.items() for one in ([value] if isinstance(value, str) else value)]
    return [text for name, value in pairs for text in (f"--{part}", f"{name}={value}")]


def script(kind: str, root: Path, *more: str) -> list[str]:
    status = options("status", STATUS) if kind == "flow" else []
    parts = [*options("set", RECORDS[kind]), *status, *options("evidence", EVIDENCE)]
    return ["new", kind, "--package", str(root), "--today", TODAY, *parts, *more]


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed(root: Path, before: dict[str, bytes]) -> set[str]:
    after = files(root)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


class Answers(io.StringIO):
    """What a person types, shown as a terminal shows it."""

    def isatty(self) -> bool:
        return True

    def readline(self, *_: object) -> str:  # type: ignore[override]
        line = super().readline()
        sys.stdout.write(line)
        return line


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", Answers(text))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_into_the_sample(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    before = files(root)
    code, out, err = run(capsys, *script(kind, root, *options("source", SOURCE), "--yes"))
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("no problems in ")
    table = KINDS[kind].table
    paths = {Package.open(root).resources[name].path for name in (table, "evidence", "sources")}
    assert changed(root, before) == paths | ({"data/flow_status.csv"} if kind == "flow" else set())
    added = ew.load(table, root).set_index("id").loc[SUGGESTED[kind]]
    assert added["summary"] == SUMMARY
    evidence = ew.load("evidence", root)
    about = evidence[evidence["record_id"].str.startswith(SUGGESTED[kind])]
    assert set(about["table"]) == {table} | ({"flow_status"} if kind == "flow" else set())
    assert set(about["source_id"]) == {"a-report-on-sharing"}
    source = ew.load("sources", root).set_index("id").loc["a-report-on-sharing"]
    assert source["accessed"] == {"date-parts": [[2026, 11, 30]]}
    assert source["issued"] == {"date-parts": [[2026, 2]]}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_into_the_real_data(kind: str, real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(real)
    code, out, err = run(
        capsys, *script(kind, real, "--evidence", "source_id=fbi-iafis-ngi-interoperability-pia", "--yes")
    )
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("no problems in ")
    for path in changed(real, before):
        old, new = before[path].splitlines(), (real / path).read_bytes().splitlines()
        assert len(set(old) - set(new)) <= 1, "only the rows that are new, and a day of reading"


def test_a_source_is_read_on_the_last_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    code, out, _ = run(capsys, *script("agency", root, "--evidence", "source_id=code"))
    assert code == 2
    assert "  code: last read 2026-11-30, so far 2026-11-01" in out
    assert run(capsys, *script("agency", root, "--evidence", "source_id=code", "--yes"))[0] == 0
    assert ew.load("sources", root)["accessed"][0] == {"date-parts": [[2026, 11, 30]]}


def test_what_is_missing_is_listed_and_nothing_waits(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    command = [sys.executable, "-m", "enforcement_web.cli", "new", "flow", "--package", str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.wait(timeout=60) == 2
        assert process.stderr is not None
        text = process.stderr.read()
    lines = text.splitlines()
    assert lines[:2] == ["enforcement-web: nothing was written", "These answers are missing:"]
    required = {"--set mechanism=", "--status started=", "--evidence source_id=", "--evidence finding="}
    assert required <= {line.split("...")[0].strip() for line in lines}
    assert "--set id=" not in text
    assert "--status-evidence" not in text
    assert "--set network_id" not in text
    assert all(len(line) <= 80 for line in lines)


def test_without_yes_the_rows_are_only_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    before = files(root)
    code, out, err = run(capsys, *script("agency", root, "--evidence", "source_id=code"))
    assert (code, err) == (2, "enforcement-web: nothing was written; add --yes to write these rows\n")
    assert "data/agencies.csv:\n  id: office-of-shared-reports\n" in out
    assert changed(root, before) == set()


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        ("agency", ["--set", "kind=offfice"], ['--set kind: "offfice" is not a term of', '(did you mean "office"?)']),
        ("agency", ["--set", "founded=2003-02-29"], ['"2003-02-29" is not a date; write YYYY']),
        ("agency", ["--set", "summary=Too short."], ['--set summary: "Too short." is shorter than 20']),
        ("agency", ["--set", "summary=it has no capital letter here."], ["is not a whole sentence. Begin with a"]),
        ("agency", ["--set", "summary=Ask clerk@office.example.gov about it."], ["looks like an e-mail address"]),
        ("agency", ["--set", "summary=An invisible \u200b character is in here."], ["character U+200B is invisible"]),
        ("agency", ["--set", "name=Immigration and Customs Enforcement"], ['"ice" has the same name']),
        ("agency", ["--set", "id=ice"], ['--set id: "ice" stands in agencies already']),
        ("agency", ["--set", "id=Ice Office"], ['--set id: "Ice Office" does not have the right form']),
        ("agency", ["--set", "parent_id=fbi-cji"], ['"fbi-cji" is not in agencies (did you mean "fbi-cjis"?)']),
        ("agency", ["--set", "website=www.office.example.gov"], ["--set website:", "does not have the right form"]),
        ("agency", ["--set", "colour=red"], ["--set colour: there is no such column"]),
        ("agency", ["--set", "nam=Office"], ['there is no such column (did you mean "name"?)']),
        ("agency", ["--set", "name=\udcff"], ["--set name: it is not UTF-8 text"]),
        ("agency", ["--set", "level=federal"], ["--set level: it takes one answer"]),
        ("agency", ["--status", "status=active"], ["--status belongs to a flow, not to agency"]),
        ("agency", ["--evidence", "table=flows"], ["--evidence table: this column is filled from the other answers"]),
        ("agency", ["--evidence", "read_on=2026-11-31"], ['"2026-11-31" is not a day of the calendar']),
        ("agency", ["--evidence", "read_on=2027-01-01"], ['"2027-01-01" is after today']),
        ("agency", [*options("source", SOURCE), "--evidence", "source_id=code"], ['"code" is not the new source']),
        ("flow", ["--set", "data_categories=fingerprnts"], ['did you mean "fingerprints"?']),
        ("flow", ["--set", "target_agency_id=fbi"], ['"fbi" is not in agencies']),
        ("flow", ["--status", "started=last year"], ['--status started: "last year" is not a date']),
        ("action", ["--set", "kind=find-ot"], ['--set kind: "find-ot" is not a term', '(did you mean "find-out"?)']),
        ("action", ["--set", 'interrupts={"flow_id": "x", "effect": "stops"}'], ["--set interrupts", '"x" is not in flows']),
        ("action", ["--set", 'interrupts={"flow_id": "ngi-to-ident"}'], ["--set interrupts", '"effect" is missing']),
        ("action", ["--set", "interrupts=ngi-to-ident"], ['"ngi-to-ident" is not JSON']),
        ("action", ["--set", "interrupts=[5]"], ["--set interrupts: must be of type object"]),
        ("action", ["--set", f"interrupts={10**30}"], ["--set interrupts: Integer exceeds 64-bit range"]),
        ("agency", ["--evidence", "read_on=soon"], ['--evidence read_on: "soon" is not a day of the calendar']),
        ("agency", options("source", {**SOURCE, "tier": "best"}), ['--source tier: "best" is not a term of source-tier']),
        ("agency", options("source", {**SOURCE, "is_mirror": "no!"}), ["--source is_mirror: must be of type boolean"]),
        ("agency", options("source", {**SOURCE, "issued": "2011-13"}), ["--source issued: '2011-13' is not a date"]),
        (
            "agency",
            options("source", {**SOURCE, "URL": "https://uscode.house.gov/browse/"}),
            ['source-address URL: "a-report-on-sharing" has the same'],
        ),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_explained_and_nothing_is_written(
    kind: str, arguments: list[str], said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    before = files(root)
    part, column = arguments[0], arguments[1].split("=")[0]
    cited = [] if part == "--source" else ["--evidence", "source_id=code"]
    base = script(kind, root, *cited)
    if column != "level":  # that one is given twice
        at = [index for index, text in enumerate(base) if base[index - 1] == part and text.split("=")[0] == column]
        for index in reversed(at):
            del base[index - 1 : index + 1]
    code, out, err = run(capsys, *base, *arguments, "--yes")
    assert (code, out) == (2, "")
    for text in said:
        assert text in " ".join(err.split())
    assert changed(root, before) == set()


@pytest.mark.parametrize(
    ("path", "row", "said"),
    [
        ("data/reference/redirects.csv", "agencies,old-office,ice,2026-11-01,Merged.", "was retired on 2026-11-01"),
        ("data/reference/released_ids.csv", "agencies,old-office,0.1.0", "was the id of another record in an earlier"),
    ],
)
def test_an_id_is_never_used_again(
    path: str, row: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    asked = script("agency", root, "--evidence", "source_id=code")
    code, _, err = run(capsys, *asked, "--set", "id=old-office", "--yes")
    assert code == 2
    assert said in " ".join(err.split())
    base = [text.replace("Office of Shared Reports", "Old Office") for text in asked]
    assert "id: old-office-2" in run(capsys, *base)[1]


def test_rows_that_bring_errors_are_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    before = files(root)
    code, _, err = run(capsys, *script("flow", root, *options("source", {**SOURCE, "tier": "news"}), "--yes"))
    assert code == 2
    assert "flow-sources" in err
    assert changed(root, before) == set()


def test_errors_that_were_there_before_are_not_the_new_rows_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    path = root / "data/agencies.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("federal,,false,,US,,,,,,", "local,,false,,US,,,,,,"), encoding="utf-8"
    )
    code, out, _ = run(capsys, *script("database", root, "--evidence", "source_id=code", "--yes"))
    assert code == 0
    assert "agency-place" in out
    assert "register-of-shared-reports" in (root / "data/databases.csv").read_text(encoding="utf-8")


def test_a_package_that_cannot_be_read_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_package(tmp_path)
    with (root / "data/laws.csv").open("a", encoding="utf-8") as file:
        file.write("half,a record\n")
    code, out, _ = run(capsys, *script("agency", root, "--evidence", "source_id=code", "--yes"))
    assert code == 1
    assert "data/laws.csv:3:1 csv-width" in out


def test_a_failure_half_way_restores_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    before = files(root)
    real_replace, calls = Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(Path(target).name)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real_replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    code, _, err = run(capsys, *script("flow", root, *options("source", SOURCE), "--yes"))
    assert (code, err) == (
        2,
        "enforcement-web: the files cannot be written: No space left on device; nothing was written\n",
    )
    assert len(calls) > 3
    assert changed(root, before) == set()


def test_a_file_that_changes_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)

    def editing(*_: object) -> list[str]:
        with (root / "data/agencies.csv").open("a", encoding="utf-8") as file:
            file.write("other\n")
        return []

    monkeypatch.setattr("enforcement_web.writing.preview.preview", editing)
    typed(monkeypatch, "\n" * 13 + "y\n")
    code, _, err = run(capsys, *script("agency", root, "--evidence", "source_id=code"))
    assert (code, err) == (
        2,
        "enforcement-web: data/agencies.csv was changed in the meantime; nothing was written\n",
    )


def test_slugs_are_ids() -> None:
    resource = Package.open(ROOT).resources["agencies"]
    assert {question.name for question in questions_of(resource)} == set(resource.columns)
    assert slug("Añasco's «Office» & Co.") == "anascos-office-and-co"


FLOW = """\
cjis
1
ngi
ice

ident

jail-boking
1
?
automatic-match
system

fingerprint;name-and-biographics
1;name-and-biographics
people booked are matched
People who are booked are matched again each day.

US
2010-13
2010-01
by

active

It was in effect by the date of the report.

new
report
A report on sharing
Office of Reports

2011

https://reports.example.gov/sharing
primary
n

Page 3
access


part
2026-11-31
2026-11-25
The report says that since January 2010 records are matched at each booking.







evidence.locator
Page 4
y
"""


def test_the_transcript_of_a_flow_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    typed(monkeypatch, FLOW)
    code, out, err = run(capsys, "new", "flow", "--package", str(root), "--today", TODAY)
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if len(line) > 80] == []
    out = without_counts(out)
    golden = GOLDEN / "new.flow.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(out, encoding="utf-8")
    assert out == golden.read_text(encoding="utf-8"), "run UPDATE_GOLDEN=1 make test if this is meant"
    assert check(Package.open(root)).problems == []


ACTION = """\
Ask for the report on sharing
find-out
journalist;advocat
journalist;1
A letter asks for the report and for the logs behind it.
Write a letter; keep a copy.
Wait for the answer.

ngi-to-iden
1
exposes

usc-28-534
US-WA
2025-10
Logs were asked for.

code



code
Section 1
use


full

The code lets anyone ask for the logs.
"""


def test_an_action_is_asked_member_by_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    typed(monkeypatch, ACTION + "y\n")
    code, out, err = run(capsys, "new", "action", "--package", str(root), "--today", TODAY)
    assert (code, err) == (0, ""), out
    (added,) = (
        record
        for record in json.loads((root / "data/actions.json").read_text(encoding="utf-8"))
        if record["id"] != "ask"
    )
    assert added["actors"] == ["advocate", "journalist"]
    assert added["steps"] == ["Write a letter; keep a copy.", "Wait for the answer."]
    assert added["interrupts"] == [{"flow_id": "ngi-to-ident", "effect": "exposes"}]
    assert added["precedents"] == [
        {"jurisdiction_id": "US-WA", "date": "2025-10", "what": "Logs were asked for.", "source_ids": ["code"]}
    ]
    assert added["cautions"] == []


# A state's office that serves the whole country: each answer is sound, and together they are not.
MISPLACED = """\
Office of Shared Reports


office
state



US





The office keeps the reports of the states.

code
Section 1
existence


part

The code names the office among others.
y
"""


@pytest.mark.parametrize(("answers", "code", "is_kept"), [("y\n", 1, False), ("n\n", 1, True), ("", 2, False)])
def test_a_person_decides_about_rows_that_bring_errors(
    answers: str,
    code: int,
    is_kept: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_package(tmp_path)
    before = files(root)
    typed(monkeypatch, MISPLACED + answers)
    found, out, _ = run(capsys, "new", "agency", "--package", str(root), "--today", TODAY)
    assert (found, "agency-place" in out) == (code, True), out
    assert bool(changed(root, before)) is is_kept


def test_an_answer_can_be_mended_after_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    typed(monkeypatch, MISPLACED + "levl\nlevel\nfederal\ny\n")
    code, out, _ = run(capsys, "new", "agency", "--package", str(root), "--today", TODAY)
    assert code == 0, out
    assert "the new rows were taken back" in out
    assert out.splitlines()[-1].startswith("no problems in ")
    assert ew.load("agencies", root).set_index("id").loc["office-of-shared-reports", "level"] == "federal"


def test_what_a_person_declines_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    before = files(root)
    typed(monkeypatch, MISPLACED.removesuffix("y\n") + "n\n")
    code, out, _ = run(capsys, "new", "agency", "--package", str(root), "--today", TODAY)
    assert (code, out.splitlines()[-1]) == (2, "nothing was written")
    assert changed(root, before) == set()


@pytest.mark.parametrize("length", [0, 20, 200])
def test_the_end_of_answers_writes_nothing(
    length: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    before = files(root)
    typed(monkeypatch, FLOW[:length])
    code, _, err = run(capsys, "new", "flow", "--package", str(root), "--today", TODAY)
    assert (code, err) == (2, "enforcement-web: stopped; nothing was written\n")
    assert changed(root, before) == set()


def test_ctrl_c_in_a_terminal_writes_nothing(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    before = files(root)
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "enforcement_web.cli", "new", "agency", "--package", str(root)]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=subprocess.PIPE, preexec_fn=heed_interrupts
    ) as process:
        os.close(follower)
        shown = b""
        while b"> " not in shown:
            shown += os.read(leader, 4096)
        for _ in range(30):  # a signal just before the terminal is waited on is taken at the next one
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
                break
        assert process.stderr is not None
        assert process.stderr.read() == b"enforcement-web: stopped; nothing was written\n"
        assert process.returncode == 2
    os.close(leader)
    assert changed(root, before) == set()
