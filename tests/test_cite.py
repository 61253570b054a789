"""Citations of the package and of its records, at the version of the real data."""

import json
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string as parse_bibtex
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

import enforcement_web as ew
from enforcement_web.citing import FORMATS, RetiredIdError, formatted, record_item, singular
from enforcement_web.problem import UnknownIdError
from sample import ROOT, make_package
from test_cli import run

PACKAGE = ew.Package.open(ROOT)
VERSION, DAY = PACKAGE.version, str(PACKAGE.descriptor["created"])[:10]
ADDRESS = f"{PACKAGE.descriptor['id']}{VERSION}"
AUTHOR = "The enforcement-web contributors"
FLOW = "ngi-ident-arrest-fingerprint-search"
SUMMARY = "Arrest fingerprints that reach the FBI are searched automatically against the DHS biometric system"
KEYS = {
    name: [[str(row[column]) for column in resource.key] for row in PACKAGE.records(resource)]
    for name, resource in PACKAGE.resources.items()
}
RECORDS = st.sampled_from(sorted(KEYS)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(KEYS[name])))


def test_the_package_is_cited_by_author_version_day_and_address(capsys: pytest.CaptureFixture[str]) -> None:
    expected = f"{AUTHOR}. Enforcement Web, version {VERSION} ({DAY}). {ADDRESS}"
    assert run(capsys, "cite", "--package", str(ROOT)) == (0, f"{expected}\n", "")
    assert ew.cite() == expected
    assert ew.cite(package=ROOT) == expected


def test_a_record_is_cited_in_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    place = f"Enforcement Web, version {VERSION} ({DAY}), flows, {FLOW}"
    expected = f'{AUTHOR}. "{SUMMARY}." In {place}. {ADDRESS}/flows/{FLOW}'
    assert ew.cite("flows", FLOW) == expected
    for table in ("flows", "flow"):
        assert run(capsys, "cite", table, FLOW, "--package", str(ROOT)) == (0, f"{expected}\n", "")


def test_a_citation_as_bibtex() -> None:
    (entry,) = parse_bibtex(ew.cite("flow", FLOW, format="bibtex")).entries
    assert (entry.key, entry.entry_type) == (f"enforcement-web-{VERSION}-flows-{FLOW}", "incollection")
    assert {field.key: field.value for field in entry.fields} == {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{SUMMARY}}}",
        "booktitle": "Enforcement Web",
        "number": FLOW,
        "version": VERSION,
        "type": "table",
        "chapter": "flows",
        "year": DAY[:4],
        "month": str(int(DAY[5:7])),
        "day": str(int(DAY[8:])),
        "url": f"{ADDRESS}/flows/{FLOW}",
    }


def test_a_citation_as_csl_is_one_that_a_processor_writes() -> None:
    items = json.loads(ew.cite("flow", FLOW, format="csl"))
    assert (items[0]["section"], items[0]["number"], items[0]["version"]) == ("flows", FLOW, VERSION)
    assert "-".join(f"{part:02}" for part in items[0]["issued"]["date-parts"][0]) == DAY
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(items[0]["id"])]))
    written = str(bibliography.bibliography()[0])
    assert AUTHOR in written
    assert DAY[:4] in written


@settings(max_examples=60)
@given(RECORDS)
def test_a_citation_of_any_record_is_read_by_a_parser_of_bibtex(record: tuple[str, list[str]]) -> None:
    table, key = record
    item = record_item(PACKAGE, table, "+".join(key))
    library = parse_bibtex(formatted(item, "bibtex"))
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = entry.fields_dict
    assert (entry.key, fields["url"].value, fields["chapter"].value.replace("\\", "")) == (
        item["id"],
        item["URL"],
        table,
    )
    assert json.loads(formatted(item, "csl")) == [item]
    text = formatted(item, "text")
    assert text.startswith(f'{AUTHOR}. "{item["title"]}." In Enforcement Web, version {VERSION} ({DAY}), {table}, ')
    assert text.endswith(f" {item['URL']}")
    assert "\n" not in text


@pytest.mark.parametrize("table", ["flows", "evidence", "terms", "laws", "released_ids"])
def test_no_two_records_have_one_address(table: str) -> None:
    keys = ["+".join(key) for key in KEYS[table]]
    assert len(set(keys)) == len(keys)


def test_a_key_of_several_columns_is_found_as_its_address_writes_it() -> None:
    key = next(key for key in KEYS["evidence"] if " " in key[4])
    item = record_item(PACKAGE, "evidence", "+".join(key))
    assert " " not in item["URL"]
    assert record_item(PACKAGE, "evidence", item["URL"].rpartition("/")[2]) == item


@pytest.mark.parametrize(
    ("plural", "one"),
    [("flows", "flow"), ("agencies", "agency"), ("flow_status", "flow_status"), ("evidence", "evidence")],
)
def test_a_table_in_the_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["flow"], "name the id of a record after its table"),
        (["flws", FLOW], 'there is no table "flws" (did you mean "flows"?)'),
        (["flow", "ngi-ident-arrest-fingerprint-serch"], f'(did you mean "{FLOW}"?)'),
        (
            ["flow-law", "ice-jail-access-co-hb19-1124-limits"],
            "was retired on 2026-11-26 and has no successor: The act",
        ),
        (
            ["flow_status", "state-prison-list-to-ice-us-wa-2019-05-21"],
            'is now "state-prison-list-to-ice-us-wa-active-2023-02-17": Mended',
        ),
        (["flow", FLOW, "--package", "no-such-folder"], "no-such-folder does not exist; name the folder of a package"),
        (["flow", FLOW, "--format", "ris"], "invalid choice: 'ris'"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    where = [] if "--package" in arguments else ["--package", str(ROOT)]
    code, out, err = run(capsys, "cite", *arguments, *where)
    assert (code, out) == (2, "")
    assert words in err.splitlines()[-1]


def test_wrong_use_of_the_function_raises() -> None:
    with pytest.raises(UnknownIdError, match='no record of agencies "icee"'):
        ew.cite("agency", "icee")
    with pytest.raises(RetiredIdError, match="was retired"):
        ew.cite("flow_laws", "ice-jail-access-co-hb19-1124-limits")
    with pytest.raises(ValueError, match="name the id"):
        ew.cite("flows")
    wrong: Any = "ris"
    with pytest.raises(ValueError, match=f'no format "ris"; there are {", ".join(FORMATS)}'):
        ew.cite(format=wrong)


def test_a_package_without_a_day_or_with_a_broken_table_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_package(tmp_path)
    flows, descriptor = root / "data/flows.csv", root / "datapackage.json"
    flows.write_text(flows.read_text(encoding="utf-8").replace("id,source", "id,sauce"), encoding="utf-8")
    asked = ("cite", "flow", "ngi-to-ident", "--package", str(root))
    assert "data/flows.csv:1:1 csv-header" in run(capsys, *asked)[1]
    flows.unlink()
    code, out, _ = run(capsys, *asked)
    assert (code, out.splitlines()[0]) == (1, "data/flows.csv:1:1 file-missing no such file or directory")
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace('"created"', '"made"'), encoding="utf-8")
    code, out, _ = run(capsys, "cite", "--package", str(root))
    assert (code, "the day of the version" in out) == (1, True)
