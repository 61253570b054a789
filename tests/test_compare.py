"""Comparing two versions: what is told, what it needs of the version, and what is refused."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import damage
from enforcement_web import Package, cli
from enforcement_web.compare import KINDS, Bump, Comparison, SideError, compare, opened
from enforcement_web.compare.asjson import as_json
from enforcement_web.compare.changelog import data_section, schema_section
from enforcement_web.compare.data_diff import data_changes
from enforcement_web.compare.markdown import as_markdown, escaped
from enforcement_web.compare.policy import least_version, parse_version, version_faults
from enforcement_web.compare.tables import Tables
from enforcement_web.compare.text import as_text
from sample import ROOT, SUMMARY, make_package

DAY = date(2026, 11, 26)
Edit = Callable[[Path], None]


def change_text(path: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def add_line(path: str, line: str) -> Edit:
    def edit(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return edit


def drop_line(path: str, start: str) -> Edit:
    def edit(root: Path) -> None:
        lines = (root / path).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines)
        (root / path).write_text("".join(kept), encoding="utf-8")

    return edit


def change_json(path: str, change: Callable[[Any], object]) -> Edit:
    def edit(root: Path) -> None:
        value = json.loads((root / path).read_text(encoding="utf-8"))
        change(value)
        (root / path).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")

    return edit


def both(*edits: Edit) -> Edit:
    def edit(root: Path) -> None:
        for one in edits:
            one(root)

    return edit


def retire(old: str, new: str = "", table: str = "agencies") -> Edit:
    return add_line("data/reference/redirects.csv", f"{table},{old},{new},2026-11-20,It was.")


def drop_column(schema: Any) -> None:
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "wikidata"]


def without_wikidata(root: Path) -> None:
    path = root / "data/agencies.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    place = rows[0].index("wikidata")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row[:place] + row[place + 1 :] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    change_json("schemas/agencies.schema.json", drop_column)(root)


AGENCY = f"uscis,Citizenship Services,USCIS,,component,federal,,false,,US,,,,,,{SUMMARY}"
GAP = "another,flows,ngi-to-ident,US,What else is matched there?,The notice,2026-11-01"
A, F, S, L, E = (f"data/{name}.csv" for name in ("agencies", "flows", "flow_status", "flow_laws", "evidence"))

# What a change to the later version, or to the earlier one, is told as.
EDITS: dict[str, tuple[Edit | None, Edit, list[tuple[str, str]], Bump]] = {
    "nothing": (None, lambda _: None, [], Bump.NONE),
    "an agency more": (None, add_line(A, AGENCY), [("record-added", "agencies")], Bump.MINOR),
    "a gap more": (None, add_line("data/gaps.csv", GAP), [("record-added", "gaps")], Bump.PATCH),
    "an agency lost": (
        add_line(A, AGENCY),
        lambda _: None,
        [("record-lost", "agencies"), ("table-shrank", "agencies")],
        Bump.MAJOR,
    ),
    "an agency retired": (
        add_line(A, AGENCY),
        retire("uscis"),
        [("record-retired", "agencies"), ("table-shrank", "agencies")],
        Bump.MINOR,
    ),
    "an agency merged": (
        add_line(A, AGENCY),
        retire("uscis", "ice"),
        [("record-merged", "agencies"), ("table-shrank", "agencies")],
        Bump.MINOR,
    ),
    "an agency split": (
        add_line(A, AGENCY),
        both(add_line(A, AGENCY.replace("uscis", "cis-a")), retire("uscis", "cis-a;ice")),
        [("record-split", "agencies")],
        Bump.MINOR,
    ),
    "an agency with a new id and acronym": (
        add_line(A, AGENCY),
        both(add_line(A, AGENCY.replace("uscis", "cis").replace("USCIS", "CIS")), retire("uscis", "cis")),
        [("record-redirected", "agencies"), ("field-changed", "agencies")],
        Bump.MINOR,
    ),
    "a redirect less": (
        retire("ins"),
        lambda _: None,
        [("redirect-removed", "agencies")],
        Bump.MAJOR,
    ),
    "a redirect to another": (
        retire("ins"),
        retire("ins", "ice"),
        [("field-changed", "redirects")],
        Bump.PATCH,
    ),
    "a cell corrected": (None, change_text(A, "FBI CJIS Division", "FBI CJIS"), [("field-changed", A)], Bump.PATCH),
    "a status over": (None, change_text(S, "by,,active", "by,,paused"), [("status-changed", S)], Bump.MINOR),
    "a status dated": (None, change_text(S, "2008-10,by", "2008-10-27,on"), [("status-redated", S)] * 2, Bump.MINOR),
    "a status more": (
        None,
        add_line(S, f"ngi-to-ident-us-wa,ngi-to-ident,US-WA,2021,by,,limited,usc-28-534,{SUMMARY}"),
        [("status-added", S)],
        Bump.MINOR,
    ),
    "a status's law": (None, change_text(S, "usc-28-534", ""), [("legal-basis-changed", S)], Bump.MINOR),
    "another effect": (None, change_text(L, "authorizes", "requires"), [("legal-basis-changed", L)], Bump.MINOR),
    "a law more": (
        None,
        add_line(L, "ngi-to-ident-usc-28-534-limits,ngi-to-ident,usc-28-534,limits"),
        [("legal-basis-added", L)],
        Bump.MINOR,
    ),
    "a law less": (
        None,
        both(
            drop_line(L, "ngi-to-ident"),
            drop_line(E, "flow_laws"),
            retire("ngi-to-ident-usc-28-534", table="flow_laws"),
        ),
        [("legal-basis-removed", L), ("table-shrank", L)],
        Bump.MINOR,
    ),
    "evidence more": (
        None,
        add_line(E, f"laws,usc-28-534,enacted,code,Notes,existence,supports,full,2026-11-01,{SUMMARY}"),
        [("evidence-added", "laws")],
        Bump.PATCH,
    ),
    "evidence less": (None, drop_line(E, "laws,"), [("evidence-removed", "laws")], Bump.PATCH),
    "evidence elsewhere": (
        None,
        change_text(E, "laws,usc-28-534,,code,Section 534,", "laws,usc-28-534,,code,Section 535,"),
        [("evidence-changed", "laws")],
        Bump.PATCH,
    ),
    "evidence against": (
        None,
        change_text(
            E,
            "databases,ngi,,code,Section 534,existence,supports",
            "databases,ngi,,code,Section 534,existence,contradicts",
        ),
        [("evidence-disputed", "databases")],
        Bump.PATCH,
    ),
    "an action's law": (
        None,
        change_json("data/actions.json", lambda value: value[0].update(legal_basis=[])),
        [("legal-basis-changed", "actions")],
        Bump.MINOR,
    ),
    "a step more": (
        None,
        change_json("data/actions.json", lambda value: value[0]["steps"].append("Wait.")),
        [("field-changed", "actions")],
        Bump.PATCH,
    ),
    "an exception less": (
        None,
        drop_line("data/reference/exceptions.csv", "term-unused"),
        [("row-dropped", "exceptions"), ("table-shrank", "exceptions")],
        Bump.PATCH,
    ),
    "a row of a register less": (
        None,
        drop_line("data/registers/local_agencies.csv", "AL0010000"),
        [("row-dropped", "local_agencies"), ("table-shrank", "local_agencies")],
        Bump.MINOR,
    ),
    "a column less": (None, without_wikidata, [("column-removed", "agencies")], Bump.MAJOR),
    "another type": (
        None,
        change_json(
            "schemas/local_agencies.schema.json",
            lambda value: [f.update(type="string") for f in value["fields"] if f["name"] == "population"],
        ),
        [("column-retyped", "local_agencies")],
        Bump.MAJOR,
    ),
    "a column that need not be filled": (
        None,
        change_json("schemas/gaps.schema.json", lambda value: value["fields"][-1]["constraints"].pop("required")),
        [("column-changed", "gaps")],
        Bump.MINOR,
    ),
    "other words": (
        None,
        change_json("schemas/gaps.schema.json", lambda value: value["fields"][0].update(description="The id.")),
        [("wording-changed", "gaps")],
        Bump.PATCH,
    ),
    "a table less": (
        None,
        change_json(
            "datapackage.json",
            lambda value: value.update(resources=[r for r in value["resources"] if r["name"] != "audits"]),
        ),
        [("table-removed", "audits")],
        Bump.MAJOR,
    ),
    "a term less": (
        add_line("data/reference/terms.csv", "zoo,lion,An animal with a mane."),
        lambda _: None,
        [("term-removed", "terms")],
        Bump.MAJOR,
    ),
    "a term more": (
        None,
        add_line("data/reference/terms.csv", "zoo,lion,An animal with a mane."),
        [("term-added", "terms")],
        Bump.MINOR,
    ),
}
CASES = {"flow_status": S, "flow_laws": L, "agencies": A}


def compared(folder: Path, before: Edit | None, after: Edit) -> Comparison:
    for name, edit in (("old", before), ("new", after)):
        root = make_package(folder / name)
        if edit:
            edit(root)
    with opened("OLD", str(folder / "old"), folder) as old, opened("NEW", str(folder / "new"), folder) as new:
        return compare(old, new, DAY)


@pytest.mark.parametrize("name", EDITS)
def test_each_change_is_told_as_what_it_is(name: str, tmp_path: Path) -> None:
    before, after, expected, bump = EDITS[name]
    found = compared(tmp_path, before, after)
    names = {path: table for table, path in CASES.items()}
    assert [(change.kind, change.table) for change in found.changes] == [
        (kind, names.get(table, table)) for kind, table in expected
    ]
    assert found.required is bump
    assert (found.schema_bump is Bump.NONE) == all(KINDS[kind].scope == "data" for kind, _ in expected)
    schema = json.loads((ROOT / "docs" / "compare.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(as_json(found))
    )
    for text in (as_text(found), as_markdown(found)):
        assert ("nothing changed" in text.replace("&#", "")) == (not expected)
        assert all(KINDS[kind].title in text.replace("&#45;", "-") for kind, _ in expected)


def test_every_kind_is_made_by_some_edit() -> None:
    made = {kind for _, _, expected, _ in EDITS.values() for kind, _ in expected}
    assert made == set(KINDS) - {"table-added", "column-added", "key-changed"}  # the next test makes these


def test_what_is_gone_in_one_direction_is_added_in_the_other(tmp_path: Path) -> None:
    found = compared(tmp_path, without_wikidata, lambda _: None)
    assert [(change.kind, change.field) for change in found.changes] == [("column-added", "wikidata")]
    found = compared(tmp_path / "table", EDITS["a table less"][1], lambda _: None)
    assert [(change.kind, change.table) for change in found.changes] == [("table-added", "audits")]
    key = change_json("schemas/gaps.schema.json", lambda value: value.update(primaryKey=["id", "question"]))
    found = compared(tmp_path / "key", None, key)
    assert [(change.kind, change.before, change.after) for change in found.changes] == [
        ("key-changed", "id", "id + question")
    ]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package.open(make_package(tmp_path_factory.mktemp("law") / "package"))


CELLS = st.sampled_from(["", "x", "FBI", "ICE", "2003", "a;b"])
ROWS = st.dictionaries(st.sampled_from(["ice", "fbi", "cbp", "uscis"]), st.tuples(CELLS, CELLS))


@settings(deadline=None, max_examples=200)
@given(ROWS, ROWS)
def test_every_cell_that_differs_is_told_once_and_no_other(
    tables: Package, old: dict[str, tuple[str, str]], new: dict[str, tuple[str, str]]
) -> None:
    def of(rows: dict[str, tuple[str, str]]) -> Tables:
        columns = tables.resources["agencies"].columns
        lines = [
            ",".join({"id": one, "name": cells[0], "acronym": cells[1]}.get(column, "") for column in columns)
            for one, cells in rows.items()
        ]
        text = "\n".join([",".join(columns), *lines, ""]).encode()
        return Tables(tables.replaced({"data/agencies.csv": text}))

    told = {(change.kind, change.record, change.field) for change in data_changes(of(old), of(new))}
    expected = {("record-lost", one, "") for one in set(old) - set(new)}
    expected |= {("record-added", one, "") for one in set(new) - set(old)}
    expected |= {
        ("field-changed", one, name)
        for one in set(old) & set(new)
        for place, name in enumerate(("name", "acronym"))
        if old[one][place] != new[one][place]
    }
    if len(new) < len(old):
        expected.add(("table-shrank", "", ""))
    assert told == expected


def test_a_status_that_ends_closes_the_routes_through_its_flow(tmp_path: Path) -> None:
    found = compared(tmp_path, None, change_text(S, "by,,active", "by,,paused"))
    (answer,) = found.answers
    assert (answer.touchpoint, answer.opened, answer.closed) == ("jail-booking", (), (("ngi-to-ident",),))
    assert (answer.before, answer.after) == (1, 0)
    assert answer.causes == (("ngi-to-ident", "active, now paused"),)
    assert answer.places[0] == "US"
    assert len(answer.places) == len(Tables(Package.open(ROOT)).rows("jurisdictions")) - sum(
        place[0] not in ("US",) and not place[0].startswith("US-")
        for place in Tables(Package.open(ROOT)).rows("jurisdictions")
    )
    assert "- ngi-to-ident" in as_text(found)


def test_a_correction_that_opens_a_route_is_no_patch(tmp_path: Path) -> None:
    found = compared(tmp_path, change_text(F, ",jail-booking,", ",,"), lambda _: None)
    assert [route for answer in found.answers for route in answer.opened] == [("ngi-to-ident",)]
    assert [change.bump for change in found.changes] == [Bump.PATCH]
    assert found.required is Bump.MINOR


def test_a_flow_with_another_id_is_the_same_flow(tmp_path: Path) -> None:
    def rename(root: Path) -> None:
        for path in (*root.glob("data/*.csv"), *root.glob("data/*.json")):
            text = path.read_text(encoding="utf-8")
            text = text.replace('"ngi-to-ident"', '"ngi-asks-ident"').replace(",ngi-to-ident,", ",ngi-asks-ident,")
            path.write_text(text.replace("\nngi-to-ident,", "\nngi-asks-ident,"), encoding="utf-8")
        retire("ngi-to-ident", "ngi-asks-ident", "flows")(root)

    found = compared(tmp_path, None, rename)
    assert found.answers == ()
    assert ("record-redirected", "flows") in {(change.kind, change.table) for change in found.changes}
    assert not {change.kind for change in found.changes if change.table in ("flow_status", "flow_laws")}
    assert not {change.kind for change in found.changes if change.kind.startswith("evidence-")}


@pytest.mark.parametrize(
    ("before", "bump", "least"),
    [
        ("1.4.2", Bump.MAJOR, "2.0.0"),
        ("1.4.2", Bump.MINOR, "1.5.0"),
        ("1.4.2", Bump.PATCH, "1.4.3"),
        ("1.4.2", Bump.NONE, "1.4.2"),
        ("0.4.2", Bump.MAJOR, "0.5.0"),
        ("0.4.2", Bump.MINOR, "0.5.0"),
        ("0.4.2", Bump.PATCH, "0.4.3"),
    ],
)
def test_the_least_version_after_each_bump(before: str, bump: Bump, least: str) -> None:
    version = parse_version(before)
    assert version and ".".join(map(str, least_version(version, bump))) == least
    assert list(version_faults(before, least, bump, "version")) == []
    if bump is not Bump.NONE:
        (fault,) = version_faults(before, before, bump, "version")
        assert least in fault and bump.word in fault


@pytest.mark.parametrize("text", ["1.4", "v1.4.2", "1.4.2-rc1", "01.4.2", "", "1.4.x"])
def test_what_is_no_version_is_said(text: str) -> None:
    assert parse_version(text) is None
    assert list(version_faults("1.0.0", text, Bump.NONE, "version")) == [f'version "{text}" is not of the form 1.4.0']


def test_markdown_shows_a_text_as_it_is() -> None:
    text = "@someone **bold** <script>alert(1)</script> [x](https://example.org) `code` #12 a_b | ~~c~~ ![i](j)\n# Head"
    shown = escaped(text)
    assert not set("`*_{}[]()<>+-!|~@:$") & set(shown)
    import html

    assert html.unescape(shown) == " ".join(text.split())


def zipped(root: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(root.rglob("*")):
            archive.write(file, f"top/{file.relative_to(root)}")
    return path


def test_a_side_is_a_folder_a_zip_file_a_release_folder_or_a_revision(tmp_path: Path) -> None:
    root = make_package(tmp_path / "repository" / "inner")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(root)]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"], ["tag", "v1"]):
        subprocess.run([*git, *words], check=True)
    archive = zipped(root, tmp_path / "release.zip")
    (tmp_path / "dist").mkdir()
    shutil.copy(archive, tmp_path / "dist")
    add_line(A, AGENCY)(root)
    for name in ("v1", "HEAD", str(archive), str(tmp_path / "dist")):
        with opened("OLD", name, root) as old, opened("NEW", ".", root) as new:
            assert [change.record for change in compare(old, new, DAY).changes] == ["uscis"], name


def test_a_package_below_the_top_of_its_repository_is_compared(tmp_path: Path) -> None:
    root = make_package(tmp_path / "repository" / "inner")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(root.parent)]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run([*git, *words], check=True)
    with opened("OLD", "HEAD", root) as old, opened("NEW", ".", root) as new:
        assert compare(old, new, DAY).changes == ()


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    place = data.index(b"fbi-cjis")
    data[place] ^= 1
    path.write_bytes(bytes(data))


def test_a_side_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path) -> None:
    root = make_package(tmp_path / "package")
    (tmp_path / "text.zip").write_text("no zip", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    damaged(zipped(root, tmp_path / "damaged.zip"))
    whole = zipped(root, tmp_path / "cut.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    for name, words in {
        "text.zip": "OLD (text.zip) is not a zip file of a release",
        "cut.zip": "OLD (cut.zip) is not a zip file of a release",
        "empty.zip": "OLD (empty.zip) holds no datapackage.json",
        "damaged.zip": "is damaged in the zip file",
        "nowhere": "OLD (nowhere) is neither a folder, nor a zip file, nor a git revision here",
        "--help": "OLD (--help) is neither a folder, nor a zip file, nor a git revision here",
    }.items():
        with (
            pytest.raises(SideError, match=words.replace("(", r"\(").replace(")", r"\)")),
            opened("OLD", name, tmp_path),
        ):
            pass


def test_faults_of_a_side_are_given_with_their_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_package(tmp_path / "old")
    broken = make_package(tmp_path / "new")
    change_text(F, ",fbi-cjis,ngi,", ",fbi-cjis,ngii,")(broken)
    change_text(S, "2008-10,by", "2008-13,by")(broken)
    add_line(A, "too,few,cells")(broken)
    monkeypatch.chdir(root)
    assert cli.main(["compare", ".", str(broken)]) == 1
    printed = capsys.readouterr()
    places = {line.split()[0] for line in printed.out.splitlines()}
    assert {f"{F}:2:23", f"{A}:4:1"} <= places
    assert any(place.startswith(f"{S}:2:") for place in places)
    assert printed.err == f"enforcement-web: NEW ({broken}) has faults; mend them first\n"


def test_a_side_without_a_column_that_routes_need_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, lacking = make_package(tmp_path / "old"), make_package(tmp_path / "new")
    damage.drop_column(lacking, "flows", "mechanism")
    assert cli.main(["compare", str(root), str(lacking)]) == 1
    printed = capsys.readouterr()
    message = 'routes and cards need the column "mechanism", which the schema of flows lacks'
    assert printed.out == f"datapackage.json:1:1 descriptor {message}\n"
    assert printed.err == f"enforcement-web: NEW ({lacking}) has faults; mend them first\n"


def test_wrong_use_gives_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_package(tmp_path / "package"))
    for words, message in (
        (["compare", "nowhere"], "OLD (nowhere) is neither"),
        (["compare", ".", ".", "--to", "icee"], 'there is no agency or database "icee" (did you mean "ice"?)'),
        (["build", "--since", "nowhere"], "OLD (nowhere) is neither"),
    ):
        with pytest.raises(SystemExit) as stopped:
            cli.main(words)
        assert stopped.value.code == 2
        printed = capsys.readouterr()
        assert message in printed.err and printed.err.count("\n") == 1 and not printed.out


def versions(root: Path, version: str, schema: str) -> None:
    change_json("datapackage.json", lambda value: value.update(version=version, schemaVersion=schema))(root)


def test_a_release_with_too_small_a_version_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = make_package(tmp_path / "old"), make_package(tmp_path / "new")
    versions(old, "1.2.0", "1.0.0")
    add_line(A, AGENCY)(new)
    add_line(E, f"agencies,uscis,,code,Section 534,existence,supports,full,2026-11-01,{SUMMARY}")(new)
    assert cli.main(["check", "--fix", str(new)]) == 0
    monkeypatch.chdir(tmp_path)
    build = ["build", str(new), "--out", str(tmp_path / "dist"), "--since", str(old)]
    capsys.readouterr()
    versions(new, "1.2.1", "1.0.0")
    assert cli.main(build) == 1
    assert capsys.readouterr().out == (
        "version 1.2.1 is too small: the changes since 1.2.0 ask for a minor bump, so it must be 1.3.0 or more\n"
        f"nothing was written; enforcement-web compare {old} shows the changes\n"
    )
    assert not (tmp_path / "dist").exists()
    versions(new, "1.3.0", "1.0.0")
    assert cli.main(build) == 0
    assert (tmp_path / "dist" / "SHA256SUMS").is_file()


def test_a_change_of_form_needs_a_schema_version(tmp_path: Path) -> None:
    found = compared(tmp_path, None, both(without_wikidata, lambda root: versions(root, "0.2.0", "0.1.0")))
    assert found.version_faults() == [
        "schemaVersion 0.1.0 is too small: the changes since 0.1.0 ask for a major bump, so it must be 0.2.0 or more"
    ]


def test_the_change_log_tells_of_the_schema_also_when_nothing_changed(tmp_path: Path) -> None:
    found = compared(tmp_path, None, add_line(A, AGENCY))
    assert schema_section(found) == "### Schema\n\n- No change.\n- Schema version 0.1.0."
    assert data_section(found).startswith("### Data\n\n- Added: 1 `agencies`.\n")
    found = compared(tmp_path / "column", None, without_wikidata)
    assert "- Columns removed: `agencies.wikidata`." in schema_section(found)
    assert data_section(found) == "### Data\n\n- No route to ice opened or closed, on 2026-11-26."
