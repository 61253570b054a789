"""Break the sample package in one place; the check says so at that place, and says nothing else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import CASES, A, E, F, X
from damage import TODAY, drop_column, found, problems, replace
from enforcement_web import Package, PackageError
from enforcement_web.check import check, fix, text_problems, without_echoes
from enforcement_web.check.canonical import FIXABLE, mended
from enforcement_web.check.formats import as_text
from enforcement_web.check.snapshot import Snapshot
from sample import ROOT, make_package

COLUMNS = {name: table.columns for name, table in Package.open(ROOT).resources.items() if table.format == "csv"}


def test_the_sample_is_sound(tmp_path: Path) -> None:
    report = check(Package.open(make_package(tmp_path)), TODAY)
    assert report.problems == []
    assert report.summary().startswith("no problems in ")
    assert report.summary().endswith(" records in 22 tables")


@pytest.mark.parametrize(("file", "old", "new", "expected"), CASES)
def test_one_fault_gives_one_problem_at_its_place(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    root = make_package(tmp_path)
    replace(root, file, old, new)
    lines = found(root)
    assert any(line.startswith(expected) for line in lines), lines
    # Two members are wrong when one is misspelled: the one that is missing and the one that is not known.
    assert len(lines) == 1 or {line.split()[1] for line in lines} == {"field-required", "json-member"}


def test_a_wrong_header_hides_nothing_in_other_files(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "data/flow_laws.csv", "flow_id,law_id", "law_id,flow_id")
    replace(root, A, ",false,,US,2003", ",no,,US,2003")
    assert [line.split()[1] for line in found(root)] == ["field-type", "csv-header"]


def test_a_missing_file_is_one_problem_and_rules_that_need_it_are_named(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    (root / E).unlink()
    report = check(Package.open(root), TODAY)
    assert [problem.rule for problem in report.problems] == ["file-missing"]
    (note,) = report.notes
    assert note.startswith(
        "not run, because table evidence could not be read: date-future, date-told, evidence-before-"
    )
    assert note in as_text(report)


def test_a_package_that_has_lost_all_its_files(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    for path in (root / "data").rglob("*.*"):
        path.unlink()
    report = check(Package.open(root), TODAY)
    assert [problem.rule for problem in report.problems] == ["file-missing"] * 22
    assert report.summary() == "22 problems in 22 files; 0 records in 0 tables checked"


def test_a_table_that_the_descriptor_lacks_is_named(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [entry for entry in descriptor["resources"] if entry["name"] != "gaps"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert found(root) == [
        'datapackage.json:1:1 descriptor the descriptor has no table "gaps", which rule date-future needs'
    ]


def test_a_column_that_a_rule_needs_is_named(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    drop_column(root, "redirects", "new_ids")
    assert found(root) == [
        'datapackage.json:1:1 descriptor rule redirect-target needs the column "new_ids", '
        "which the schemas of redirects lack"
    ]


def test_a_column_that_exceptions_need_is_named(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    drop_column(root, "exceptions", "expires")
    message = 'exceptions need the column "expires", which the schema of exceptions lacks'
    assert f"datapackage.json:1:1 descriptor {message}" in found(root)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_without_one_of_its_columns_is_checked_to_the_end(tmp_path: Path, table: str) -> None:
    root = make_package(tmp_path)
    column = Random(table).choice(COLUMNS[table][1:])  # noqa: S311
    drop_column(root, table, column)
    assert all((root / problem.file).exists() for problem in check(Package.examine(root), TODAY).problems)


@pytest.mark.parametrize(
    ("file", "change", "rule"),
    [
        (A, lambda data: b"\xef\xbb\xbf" + data, "csv-bom"),
        (A, lambda data: data.replace(b"\n", b"\r\n"), "csv-line-end"),
        (A, lambda data: data[:-1], "csv-final-newline"),
        (A, lambda data: data.replace(b"Immigration", b"\xe9mmigration", 1), "csv-encoding"),
        (A, lambda data: data.replace(b",", b";"), "csv-delimiter"),
        (A, lambda data: b"", "csv-empty"),
        ("data/actions.json", lambda data: b"\xef\xbb\xbf" + data, "json-bom"),
        ("data/actions.json", lambda data: b"null\n", "json-syntax"),
        ("data/actions.json", lambda data: b"{}\n", "json-syntax"),
        ("data/actions.json", lambda data: b"[null]\n", "json-syntax"),
        ("data/actions.json", lambda data: data.replace(b"Ask", b"\xe9sk"), "json-encoding"),
        ("data/actions.json", lambda data: data.replace(b"Ask", b"A\\u200bsk"), "json-character"),
        ("data/actions.json", lambda data: data.replace(b"  ", b" "), "canonical-json"),
        ("data/actions.json", lambda data: data.replace(b'"id"', b'"id": "ask", "id"'), "json-syntax"),
        ("data/actions.json", lambda data: data.replace(b'"steps": [', b'"steps": [1, '), "field-type"),
        ("data/sources.json", lambda data: data.replace(b"2026", b'"2026"'), "field-type"),
    ],
)  # fmt: skip
def test_faults_of_the_bytes(tmp_path: Path, file: str, change: Callable[[bytes], bytes], rule: str) -> None:
    root = make_package(tmp_path)
    (root / file).write_bytes(change((root / file).read_bytes()))
    (problem,) = {line.split()[1] for line in found(root)} - {"canonical-json"} or {"canonical-json"}
    assert problem == rule


def test_numbers_out_of_bounds(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "data/registers/local_agencies.csv", ",195393,755,", ",0,x1,")
    assert found(root) == [
        'data/registers/local_agencies.csv:2:44 field-bounds population: "0" is less than 1',
        'data/registers/local_agencies.csv:2:46 field-type officers: "x1" is not a whole number; for example 755',
    ]


def test_a_file_saved_by_a_spreadsheet_gives_a_few_problems_not_one_a_line(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    lines = (root / E).read_text(encoding="utf-8").splitlines()
    quoted = ["\ufeff" + lines[0], *(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines[1:])]
    (root / E).write_bytes("\r\n".join([*quoted, ""]).encode())
    lines = found(root)
    assert [line.split()[1] for line in lines] == ["csv-bom", "csv-line-end", "canonical-quote"]
    assert "10 lines have quotes, this one first" in lines[2]


def test_a_longer_circle_is_shown_whole(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, A, "division,federal,,", "division,federal,ice,")
    replace(root, A, "component,federal,,", "component,federal,fbi-cjis,")
    (problem,) = found(root)
    assert "chain-cycle parent_id: fbi-cjis -> ice -> fbi-cjis runs in a circle" in problem


def test_fix_puts_files_in_form_and_changes_nothing_else(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    lines = before[root / A].decode().strip().split("\n")
    messy = "\r\n".join([lines[0], lines[2].replace(",ICE,", ", ICE ,"), "", lines[1]])
    (root / A).write_bytes(b"\xef\xbb\xbf" + messy.encode())
    records = json.loads(before[root / "data/sources.json"])
    (root / "data/sources.json").write_text(json.dumps(records), encoding="utf-8")
    assert problems(root)
    assert fix(Package.open(root)) == ([A, "data/sources.json"], [])
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert fix(Package.open(root)) == ([], [])


def test_fix_mends_around_a_line_that_needs_a_person(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, A, ",ICE,", ",ICE,,")
    sound = (root / A).read_bytes()
    messy = b"\xef\xbb\xbf" + sound.replace(b"\n", b"\r\n").replace(b"FBI CJIS", b"FBI  CJIS").removesuffix(b"\r\n")
    (root / A).write_bytes(messy)
    assert [line.split()[1] for line in found(root)] == [
        "csv-bom", "csv-line-end", "canonical-text", "csv-final-newline", "csv-width"
    ]  # fmt: skip
    assert fix(Package.open(root)) == ([A], [A])
    assert (root / A).read_bytes() == sound
    assert [line.split()[1] for line in found(root)] == ["csv-width"]


def test_a_sound_line_is_never_moved_past_a_line_that_needs_a_person(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    first, second = (root / A).read_text(encoding="utf-8").splitlines()[1:]
    header = (root / A).read_text(encoding="utf-8").splitlines()[0]
    (root / A).write_text("\n".join([header, second, first.replace("CJIS", 'C"JIS', 1), ""]), encoding="utf-8")
    before = (root / A).read_bytes()
    assert fix(Package.open(root)) == ([], [A])
    assert (root / A).read_bytes() == before


def test_a_link_that_leads_out_of_the_package_is_not_followed(tmp_path: Path) -> None:
    root = make_package(tmp_path / "package")
    outside = tmp_path / "agencies.csv"
    (root / A).rename(outside)
    (root / A).symlink_to(outside)
    replace(root, F, ",fbi-cjis,ngi,", ",fbi-cjis,ngii,")
    listed = (root / "datapackage.json").read_text(encoding="utf-8").splitlines()
    line = 1 + next(number for number, text in enumerate(listed) if f'"path": "{A}"' in text)
    assert [line.split()[:2] for line in found(root)] == [
        [f"{F}:2:23", "foreign-key"],
        [f"datapackage.json:{line}:15", "file-outside"],
    ]


def test_a_circle_of_links_and_a_folder_in_the_place_of_a_table(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    for name in ("flows", "gaps"):
        (root / f"data/{name}.csv").unlink()
    (root / F).symlink_to(root / F)
    (root / "data/gaps.csv").mkdir()
    assert {line.split()[1] for line in found(root)} == {"file-outside", "file-missing"}


def test_a_very_long_line_is_one_problem_and_shifts_nothing(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, E, "agencies,ice,", "agencies,ice," + "x" * 5_000_000)
    replace(root, E, "laws,usc-28-534,,code", "laws,usc-28-534,,coed")
    assert [line.split()[:2] for line in found(root)] == [[f"{E}:4:1", "csv-size"], [f"{E}:11:18", "foreign-key"]]


def test_a_very_long_text_in_json(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "data/actions.json", "Ask for", "Ask for" + "x" * 5_000_000)
    assert [line.split()[1] for line in found(root)] == ["field-length"]


def test_faults_in_many_files_are_all_found_at_their_lines(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, A, "\nice,", "\n\nice,")
    replace(root, A, "component,", "componnent,")
    replace(root, F, ",fbi-cjis,ngi,", ",fbi-cji,ngi,")
    replace(root, "data/laws.csv", "28 U.S.C.", '28 "U.S.C.')
    replace(root, "data/gaps.csv", "id,table", "table,id")
    replace(root, "schemas/touchpoints.schema.json", '"primaryKey"', '"key"')
    replace(root, "data/sources.json", '"type": "legislation"', '"type": "law"')
    assert [line.split()[:2] for line in found(root)] == [
        [f"{A}:3:1", "csv-blank-line"],
        [f"{A}:4:46", "field-term"],
        [f"{F}:2:14", "foreign-key"],
        ["data/gaps.csv:1:1", "csv-header"],
        ["data/laws.csv:2:15", "csv-quote"],
        ["data/sources.json:4:13", "field-term"],
        ["schemas/touchpoints.schema.json:1:1", "schema-form"],
    ]


def test_a_record_out_of_order_is_still_looked_at(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    with (root / F).open("a", encoding="utf-8") as file:
        file.write("a-new-flow,ice,,fbi-cjis,,,,request-and-reply,source,,warrant,ICE asks the bureau.\n")
    assert [line.split()[:2] for line in found(root)] == [
        [f"{F}:3:1", "canonical-order"],
        [f"{F}:3:1", "flow-status"],
        [f"{F}:3:1", "record-evidence"],
    ]


def test_an_exception_covers_the_records_it_names(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    before = check(Package.open(root), TODAY).excepted
    replace(root, A, ",false,,US,2003", ",true,,US,2003")
    (warning,) = problems(root)
    assert (warning.rule, warning.severity, warning.record) == ("group-members", "warning", "ice")
    line = "group-members,agencies,i*,It has no members in the sample.,2999-12-31\n"
    replace(root, X, "term-unused", line + "term-unused")
    report = check(Package.open(root), TODAY)
    assert (report.problems, report.excepted) == ([], before + 1)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with Snapshot(Package.open(make_package(tmp_path_factory.mktemp("package") / "p")), TODAY) as opened:
        yield opened


TABLES = st.sampled_from(sorted(Package.open(ROOT).resources))


@settings(max_examples=200)
@given(data=st.binary(max_size=300), table=TABLES)
def test_any_bytes_in_a_table_give_a_problem(data: bytes, table: str, snapshot: Snapshot) -> None:
    resource = snapshot.reading.package.resources[table]
    assert next(snapshot.problems(resource, data), None) is not None


@settings(max_examples=25)
@given(chance=st.randoms(use_true_random=False), table=TABLES, noise=st.binary(max_size=8))
def test_a_snapshot_says_what_the_check_says(chance: Random, table: str, noise: bytes, snapshot: Snapshot) -> None:
    package = snapshot.reading.package
    data = package.read(package.resources[table])
    at = chance.randrange(len(data) + 1)
    data = data[:at] + noise + data[at + chance.choice([0, 1, 5]) :]
    said = {problem for problem in snapshot.problems(package.resources[table], data) if problem.rule != "term-unused"}
    real = check(package.replaced({package.resources[table].path: data}), TODAY).problems
    others = {"exception-unneeded", "exception-rule", "exception-expired", "term-unused"}
    assert set(without_echoes(list(said))) == {problem for problem in real if problem.rule not in others}


@settings(max_examples=40)
@given(chance=st.randoms(use_true_random=False), noise=st.binary(max_size=8))
def test_damage_to_any_file_gives_a_report_or_a_clear_error(
    chance: Random, noise: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = make_package(tmp_path_factory.mktemp("package") / "p")
    path = chance.choice([path for path in root.rglob("*.*") if path.is_file()] + [root / "datapackage.json"] * 9)
    data = path.read_bytes()
    start = chance.randrange(len(data))
    end = start + chance.choice([0, 1, 5, 100, len(data)])
    path.write_bytes(data[:start] + chance.choice([noise, b"null", b'"', b"\n", b"[]", b"0"]) + data[end:])
    try:
        report = check(Package.examine(root), TODAY)
    except PackageError as error:
        assert error.problems
    else:
        assert as_text(report).splitlines()[-1] == report.summary()


MESS: list[Callable[[bytes], bytes]] = [
    lambda line: line,
    lambda line: line + b"\n",
    lambda line: line + b"\r",
    lambda line: line.replace(b",", b", "),
    lambda line: line.replace(b" ", b"  "),
    lambda line: b",".join(b'"' + cell + b'"' for cell in line.split(b",")) if b'"' not in line else line,
    lambda line: line + b",",
    lambda line: line.replace(b"a", b"\xe4", 1),
    lambda line: line.replace(b"e", "e\u0301".encode(), 1),
]


@settings(max_examples=200)
@given(chance=st.randoms(use_true_random=False), table=TABLES)
def test_after_fix_nothing_fixable_is_left(chance: Random, table: str, snapshot: Snapshot) -> None:
    package = snapshot.reading.package
    resource = package.resources[table]
    data = package.read(resource)
    if resource.format == "json":
        spoiled = json.dumps(json.loads(data), indent=chance.choice([None, 0, 3])).encode()
        spoiled = chance.choice([b"", b"\xef\xbb\xbf"]) + spoiled + chance.choice([b"", b"\n\n", b"]"])
    else:
        header, *body = data.splitlines()
        body = [chance.choice(MESS)(line) for line in body]
        chance.shuffle(body)
        spoiled = chance.choice([b"", b"\xef\xbb\xbf"]) + chance.choice([b"\n", b"\r\n"]).join([header, *body])
    fixed = mended(snapshot.reading.replaced(resource, spoiled), resource)
    reading = snapshot.reading.replaced(resource, fixed)
    left = [*reading.problems, *text_problems(reading, table)]  # no query breaks a rule that is fixable
    assert {problem.rule for problem in left}.isdisjoint(FIXABLE)
    assert mended(reading, resource) == fixed


def test_a_snapshot_is_of_sound_files_only(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, A, ",ICE,", ",ICE,,")
    with pytest.raises(ValueError, match="sound"):
        Snapshot(Package.open(root), TODAY)
