"""Break the sample package in one place; the check says so at that place, and says nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement_web import Package, PackageError
from enforcement_web.check import check, fix
from sample import make_package


def found(root: Path) -> list[str]:
    return [str(problem) for problem in check(Package.open(root)).problems]


def replace(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_the_sample_is_sound(tmp_path: Path) -> None:
    report = check(Package.open(make_package(tmp_path)))
    assert report.problems == []
    assert report.summary().startswith("no problems in ")
    assert report.summary().endswith(" records in 18 tables")


A, F, S, E = "data/agencies.csv", "data/flows.csv", "data/flow_status.csv", "data/evidence.csv"
CASES: list[tuple[str, str, str, str]] = [
    # structure
    (A, "ice,Imm", "ice\ufeff,Imm", f"{A}:3:4 csv-character character U+FEFF"),
    (A, "\nice,", "\n\nice,", f"{A}:3:1 csv-blank-line "),
    (A, "ice,Immigration", 'ice,"Immigration', f"{A}:3:5 csv-quote a quote opens here and never closes"),
    (A, "Customs Enf", 'Customs "Enf', f"{A}:3:29 csv-quote a quote stands inside a cell"),
    (A, ",ICE,", ",ICE,,", f"{A}:3:1 csv-width 17 cells where the header has 16"),
    # canonical form
    (A, "ice,Immigration and", "ice, Immigration and", f"{A}:3:5 canonical-text name: outer or doubled spaces"),
    (A, "Division,,,div", "Division,,Z;A,div", f"{A}:2:29 canonical-list also_known_as: list items must be in order"),
    (A, "ice,Immigration and Customs Enforcement", 'ice,"Immigration and Customs Enforcement"', f"{A}:3:1 canonical-quote "),
    # cells
    (A, "ice,Immigration and Customs Enforcement,", "ice,,", f"{A}:3:5 field-required name: the cell is empty"),
    (A, ",false,,US,2003", ",no,,US,2003", f'{A}:3:65 field-type is_group: "no" is neither true nor false'),
    (A, "2003-03", "2003-13", f'{A}:3:75 field-pattern founded: "2003-13" is not a date; write YYYY'),
    (A, "2003-03", "2003-3-1", f'{A}:3:75 field-pattern founded: "2003-3-1" is not a date; write YYYY'),
    (A, "component,", "componnent,", f'{A}:3:46 field-term kind: "componnent" is not a term of agency-kind'),
    (A, "https://www.ice.gov", "www.ice.gov", f'{A}:3:85 field-pattern website: "www.ice.gov" does not have the right form'),
    (F, ",fingerprints,", ",fingerprint,", f'{F}:2:75 field-term data_categories: "fingerprint" is not a term'),
    (F, ",fingerprints,", ",fingerprints;,", f"{F}:2:75 canonical-list data_categories: list items must be in order"),
    (E, "2026-11-01", "2026-02-30", f'{E}:2:55 field-type read_on: "2026-02-30" is not a day of the calendar'),
    (A, "A sentence that says what this record is.", "Too short.", f'{A}:2:63 field-length summary: "Too short." is shorter'),
    # references
    (F, ",fbi-cjis,ngi,", ",fbi-cji,ngi,", f'{F}:2:14 foreign-key source_agency_id: "fbi-cji" is not in agencies (did you mean "fbi-cjis"?)'),
    (E, "ice,,code", "ice,,coed", f'{E}:4:15 foreign-key source_id: "coed" is not in sources (did you mean "code"?)'),
    (S, ",ngi-to-ident,US,", ",ngi-to-ident,US-XX,", f'{S}:2:30 foreign-key jurisdiction_id: "US-XX" is not in jurisdictions'),
    ("data/actions.json", '"flow_id": "ngi-to-ident"', '"flow_id": "ngi-to-iden"', "data/actions.json:15:20 foreign-key interrupts/0/flow_id: "),
    # JSON
    ("data/actions.json", '"kind": "find-out"', '"kind": "find-it"', 'data/actions.json:5:13 field-term kind: "find-it" is not a term of action-kind'),
    ("data/actions.json", '"cautions"', '"caution"', "data/actions.json:2:3 field-required member \"cautions\" is missing"),
    ("data/actions.json", "[", "[[", "data/actions.json:35:1 json-syntax not JSON: "),
    ("data/sources.json", '"is_mirror": false', '"is_mirror": "no"', "data/sources.json:24:20 field-type custom/is_mirror: must be of type boolean"),
    # rules
    (S, "2008-10,by,,", "2008-10,by,2008-09,", f'{S}:2:44 period-order ended: "2008-09" is before the beginning, 2008-10'),
    (A, "federal,,false,,US,2003", "federal,ice,false,,US,2003", f"{A}:3:64 chain-cycle parent_id: ice -> ice runs in a circle"),
    (A, "Enforcement,ICE,,", "Enforcement,ICE,someone@ice.example.gov,", f'{A}:3:45 personal-data "someone@ice.example.gov" looks like an e-mail'),
    (A, "A sentence that says", "Call 202-555-0143 and", f'{A}:2:68 personal-data "202-555-0143" looks like a phone number'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), CASES)
def test_one_fault_gives_one_problem_at_its_place(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    root = make_package(tmp_path)
    replace(root, file, old, new)
    problems = found(root)
    assert any(problem.startswith(expected) for problem in problems), problems
    # Two members are wrong when one is misspelled: the one that is missing and the one that is not known.
    assert len(problems) == 1 or {problem.split()[1] for problem in problems} == {"field-required", "json-member"}


def test_a_wrong_header_hides_nothing_in_other_files(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "data/flow_laws.csv", "flow_id,law_id", "law_id,flow_id")
    replace(root, A, ",false,,US,2003", ",no,,US,2003")
    assert [line.split()[1] for line in found(root)] == ["field-type", "csv-header"]


def test_a_missing_file_is_one_problem_and_rules_that_need_it_are_named(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    (root / E).unlink()
    report = check(Package.open(root))
    assert [problem.rule for problem in report.problems] == ["file-missing"]
    assert report.notes == [
        "not run, because table evidence could not be read: "
        "evidence-field, evidence-record, evidence-supports, record-evidence, source-used"
    ]
    assert "not run" in report.text()


def test_a_package_that_has_lost_all_its_files(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    for path in (root / "data").rglob("*.*"):
        path.unlink()
    report = check(Package.open(root))
    assert [problem.rule for problem in report.problems] == ["file-missing"] * 18
    assert report.summary() == "18 problems in 18 files; 0 records in 0 tables checked"


def test_a_table_that_the_descriptor_lacks_is_named(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [entry for entry in descriptor["resources"] if entry["name"] != "gaps"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert found(root) == [
        'datapackage.json:1:1 descriptor the descriptor has no table "gaps", which rule gap-record needs'
    ]


def test_a_repeated_id_names_the_first(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    with (root / A).open("a", encoding="utf-8") as file:
        file.write((root / A).read_text(encoding="utf-8").split("\n")[2] + "\n")
    assert found(root) == [f'{A}:4:1 key-unique id: "ice" already stands on line 3; id must be unique']


@pytest.mark.parametrize(
    ("file", "change", "rule"),
    [
        (A, lambda data: b"\xef\xbb\xbf" + data, "csv-bom"),
        (A, lambda data: data.replace(b"\n", b"\r\n"), "csv-line-end"),
        (A, lambda data: data[:-1], "csv-final-newline"),
        (A, lambda data: data.replace(b"Immigration", b"\xe9mmigration", 1), "csv-encoding"),
        (A, lambda data: data.replace(b",", b";"), "csv-delimiter"),
        (A, lambda data: b"", "csv-empty"),
        (A, lambda data: b"\n".join([*data.split(b"\n")[:1], *sorted(data.split(b"\n")[1:3])[::-1], b""]), "canonical-order"),
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


def test_a_constraint_that_has_no_words_of_its_own(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "schemas/actions.schema.json", '"maxLength": 150', '"not": {"const": "Ask for the logs"}')
    assert found(root)[0].startswith("data/actions.json:4:14 json-schema title: ")


def test_numbers_out_of_bounds(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    with (root / "data/registers/local_agencies.csv").open("a", encoding="utf-8") as file:
        file.write("AL0010000,Jefferson,county,US-AL,Jefferson,0,x1,2,2025\n")
    assert found(root) == [
        'data/registers/local_agencies.csv:2:44 field-bounds population: "0" is less than 1',
        'data/registers/local_agencies.csv:2:46 field-type officers: "x1" is not a whole number; for example 755',
    ]


def test_a_file_saved_by_a_spreadsheet_gives_a_few_problems_not_one_a_line(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    lines = (root / E).read_text(encoding="utf-8").splitlines()
    quoted = ["\ufeff" + lines[0], *(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines[1:])]
    (root / E).write_bytes("\r\n".join([*quoted, ""]).encode())
    problems = found(root)
    assert [line.split()[1] for line in problems] == ["csv-bom", "csv-line-end", "canonical-quote"]
    assert "10 lines have quotes, this one first" in problems[2]


def test_a_longer_circle_is_shown_whole(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, A, "division,federal,,", "division,federal,ice,")
    replace(root, A, "component,federal,,", "component,federal,fbi-cjis,")
    (problem,) = found(root)
    assert "chain-cycle parent_id: fbi-cjis -> ice -> fbi-cjis runs in a circle" in problem


def test_a_schema_that_has_left_its_vocabulary(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, "data/reference/terms.csv", "agency-kind,component,", "agency-kind,bureau,")
    rules = {line.split()[1] for line in found(root)}
    assert "schema-vocabulary" in rules


def test_fix_puts_files_in_form_and_changes_nothing_else(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    lines = before[root / A].decode().strip().split("\n")
    messy = "\r\n".join([lines[0], lines[2].replace(",ICE,", ", ICE ,"), "", lines[1]])
    (root / A).write_bytes(b"\xef\xbb\xbf" + messy.encode())
    records = json.loads(before[root / "data/sources.json"])
    (root / "data/sources.json").write_text(json.dumps(records), encoding="utf-8")
    assert not check(Package.open(root)).is_clean
    assert fix(Package.open(root)) == ([A, "data/sources.json"], [])
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert fix(Package.open(root)) == ([], [])


def test_fix_leaves_a_file_alone_that_needs_a_person(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    replace(root, A, ",ICE,", ",ICE,,")
    before = (root / A).read_bytes()
    assert fix(Package.open(root)) == ([], [A])
    assert (root / A).read_bytes() == before


@settings(max_examples=40)
@given(data=st.binary(max_size=300), table=st.sampled_from([A, F, E, "data/actions.json", "data/sources.json"]))
def test_any_bytes_in_a_table_give_a_report(data: bytes, table: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = make_package(tmp_path_factory.mktemp("package") / "p")
    (root / table).write_bytes(data)
    assert not check(Package.open(root)).is_clean


@settings(max_examples=60)
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
        report = check(Package.open(root))
    except PackageError as error:
        assert error.problems
    else:
        assert report.text().splitlines()[-1] == report.summary()


@settings(max_examples=20)
@given(chance=st.randoms(use_true_random=False))
def test_after_fix_nothing_fixable_is_left(chance: Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = make_package(tmp_path_factory.mktemp("package") / "p")
    lines = (root / A).read_text(encoding="utf-8").split("\n")
    mess: list[Callable[[str], str]] = [
        str,
        lambda line: line + "\n",
        lambda line: line + "\r",
        lambda line: line.replace(",", ", "),
    ]
    body = [chance.choice(mess)(line) for line in lines[1:]]
    chance.shuffle(body)
    (root / A).write_bytes("\n".join([lines[0], *body]).encode())
    fix(Package.open(root))
    assert found(root) == []
