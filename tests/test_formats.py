import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import rdflib
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

import enforcement_web as ew
import reading
from enforcement_web.addresses import record_address
from enforcement_web.csvtext import FORBIDDEN, canonical_text, format_csv, split_line
from enforcement_web.jsontext import format_json
from enforcement_web.package import Package
from enforcement_web.publish import _write_all
from enforcement_web.publish.duckdb_file import write_duckdb
from enforcement_web.publish.readable import readable_csv, safe_cell, write_readable
from enforcement_web.publish.release import Release
from enforcement_web.publish.standing import Standings
from enforcement_web.publish.workbook import LONGEST_TEXT, NAME_SUFFIX, write_workbook
from enforcement_web.web import Web
from sample import CSV, JSON, ROOT, make_package
from update_readme import FORMATS, at_version, examples

READERS: dict[str, Callable[[Path, Package], reading.Tables]] = {
    "zip": reading.from_zip,
    "parquet": reading.from_parquet,
    "duckdb": reading.from_duckdb,
    "sqlite": reading.from_sqlite,
    "workbook": reading.from_workbook,
}
TRICKY = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "NA", "N/A", "null", "None", "nan", "1e5", "007", "true", "TRUE", "2017"),
    *("2017-09-12", "1/2", 'say "so"', "a,b", "<b>&amp;</b>", "]]>", "_x0041_", "\\n", "{}", "[]", '["a"]'),
    *("https://example.org", "mailto:a@example.org", "internal:x!A1", "é 日本 🦉", "#N/A", "0x1F", "1.0", "%s", "$1"),
]


@pytest.fixture(scope="session")
def shipped() -> reading.Tables:
    return reading.loaded(ROOT)


@pytest.fixture(scope="session")
def graph(release: Path) -> rdflib.Graph:
    return reading.rdf(release)


@pytest.mark.parametrize("name", READERS)
def test_each_format_holds_every_cell(name: str, release: Path, shipped: reading.Tables) -> None:
    assert_same(shipped, READERS[name](release, Package.open(ROOT)), name)


def assert_same(expected: reading.Tables, found: reading.Tables, name: str) -> None:
    assert list(found) == list(expected)
    if name == "sqlite":  # a list in a table of its own is not told from one that a record lacks
        expected, found = reading.without_empty_lists(expected), reading.without_empty_lists(found)
    for table, rows in expected.items():
        for mine, other in zip(rows, found[table], strict=True):
            assert other == mine, table
            assert [type(value) for value in other.values()] == [type(value) for value in mine.values()], (table, mine)


def test_the_graph_holds_every_agency_database_and_flow(release: Path, shipped: reading.Tables) -> None:
    assert_same_graph(shipped, release)


def assert_same_graph(expected: reading.Tables, folder: Path) -> None:
    found = reading.from_graphml(folder, Package.open(ROOT))
    for table in ("agencies", "databases", "flows"):
        rows = {row["id"]: row for row in found[table]}
        assert len(rows) == len(found[table]) == len(expected[table])
        for record in expected[table]:
            row = rows[record["id"]]
            for column, value in record.items():
                joined = ";".join(value) if isinstance(value, list) else value
                assert row.get(column) == (joined or None if joined is not False else False), (table, column)
    for flow in found["flows"]:
        for side in ("source", "target"):
            database = flow.get(f"{side}_database_id")
            end = f"databases/{database}" if database else f"agencies/{flow[f'{side}_agency_id']}"
            assert (flow[side], flow["key"]) == (end, flow["id"])


def test_linked_data_holds_every_cell_of_the_web(graph: rdflib.Graph, shipped: reading.Tables) -> None:
    assert_same_rdf(shipped, graph, Package.open(ROOT))


def assert_same_rdf(expected: reading.Tables, graph: rdflib.Graph, package: Package) -> None:
    for table in reading.LINKED_TABLES:
        key, predicates = package.resources[table].key, reading.predicates_of(package, table)
        for record in expected[table]:
            node = rdflib.URIRef(record_address(package, table, [record[name] for name in key]))
            found = reading.properties_of(graph, package, predicates, node)
            assert found == reading.linked(package, table, record), node
    flows = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{package.descriptor['id']}vocab#Flow")))
    assert len(flows) == len(expected["flows"])


def test_dates_and_truth_values_of_linked_data_have_their_types(graph: rdflib.Graph) -> None:
    base = str(Package.open(ROOT).descriptor["id"])
    kinds = {4: rdflib.XSD.gYear, 7: rdflib.XSD.gYearMonth, 10: rdflib.XSD.date}
    dates = list(graph.objects(None, rdflib.URIRef(f"{base}vocab#started")))
    assert {value.datatype for value in dates if isinstance(value, rdflib.Literal)} == set(kinds.values())
    assert all(isinstance(value, rdflib.Literal) and value.datatype == kinds[len(value)] for value in dates)
    groups = graph.objects(None, rdflib.URIRef(f"{base}vocab#is_group"))
    assert {str(value.datatype) for value in groups if isinstance(value, rdflib.Literal)} == {str(rdflib.XSD.boolean)}


READABLE_IDS = {
    "flows": {
        "Flow id": "id",
        "From agency id": "source_agency_id",
        "From database id": "source_database_id",
        "To agency id": "target_agency_id",
        "To database id": "target_database_id",
        "Over network id": "network_id",
        "Begins at id": "touchpoint_id",
        "Answers flow id": "responds_to",
        "What happens": "summary",
    },
    "databases": {
        "Database id": "id",
        "Name": "name",
        "Owner id": "owner_id",
        "Operator id": "operator_id",
        "Part of id": "parent_id",
        "One of id": "group_id",
        "Place id": "jurisdiction_id",
        "Replaced by id": "successor_id",
    },
    "agencies": {
        "Agency id": "id",
        "Name": "name",
        "Part of id": "parent_id",
        "One of id": "group_id",
        "Place id": "jurisdiction_id",
        "Replaced by id": "successor_id",
    },
    "laws": {
        "Law id": "id",
        "Citation": "citation",
        "Place id": "jurisdiction_id",
        "Issued by id": "issuer_id",
        "Replaced by id": "successor_id",
        "Source id": "source_id",
    },
    "actions": {"Action id": "id", "What to do": "title"},
}


def test_tables_for_reading_hold_every_record_and_its_ids(release: Path, shipped: reading.Tables) -> None:
    assert_same_readable(shipped, release)


def assert_same_readable(expected: reading.Tables, folder: Path) -> None:
    for table, columns in READABLE_IDS.items():
        rows = reading.from_readable(folder, table)
        for mine, other in zip(expected[table], rows, strict=True):
            assert {name: other[name] for name in columns} == {
                name: safe_cell(mine[column] or "") for name, column in columns.items()
            }
    effects = ("stops", "narrows", "exposes", "corrects")
    for mine, other in zip(expected["actions"], reading.from_readable(folder, "actions"), strict=True):
        for effect in effects:
            flows = [one["flow_id"] for one in mine["interrupts"] if one["effect"] == effect]
            assert other[f"Flows it {effect}"] == "; ".join(flows)
    for table in ("agencies", "databases"):
        for row in reading.from_readable(folder, table):
            one = row["Agency id" if table == "agencies" else "Database id"]
            side = "agency_id" if table == "agencies" else "database_id"
            for header, end in (("Flows from it", "source"), ("Flows to it", "target")):
                flows = [flow["id"] for flow in expected["flows"] if flow[f"{end}_{side}"] == one]
                assert row[header] == "; ".join(flows)


def test_names_stand_beside_ids(release: Path, shipped: reading.Tables) -> None:
    names = {row["id"]: row["name"] for row in shipped["agencies"]}
    for row in reading.from_readable(release, "flows"):
        assert row["From agency"] == names[row["From agency id"]]
    (path,) = release.glob("*.xlsx")
    book = openpyxl.load_workbook(path, read_only=True)
    header, *rows = book["flows"].iter_rows(values_only=True)
    place = header.index("source_agency_id")
    assert header[place + 1] == f"source_agency_id{NAME_SUFFIX}"
    assert [row[place + 1] for row in rows] == [names[str(row[place])] for row in rows]
    book.close()


def test_the_status_of_each_flow_is_that_of_the_web(release: Path) -> None:
    records, day = Release(Package.open(ROOT)).records, Release(Package.open(ROOT)).day
    for row in reading.from_readable(release, "flows"):
        standing = Web(records, day, row["Runs by default in id"]).standing(row["Flow id"])
        assert row["Status there on the day"] == (standing.status if standing else "none recorded")
        assert row["Day"] == day.isoformat()


text = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
).map(lambda value: canonical_text(FORBIDDEN.sub("", value).replace("\n", " ")) or "x")
optional = st.one_of(st.just(""), text)
items = st.lists(text.map(lambda value: value.replace(";", ",")), max_size=3, unique=True).map(
    lambda values: ";".join(sorted(values))
)
authors = st.lists(text, max_size=2).map(lambda names: [{"literal": name} for name in names])
counts = st.one_of(st.just(""), st.integers(0, 10**15 - 1).map(str))
dates = st.dates().map(lambda day: day.isoformat())
CELLS: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "agencies": {"name": text, "acronym": optional, "also_known_as": items, "summary": text},
    "databases": {"name": text, "also_known_as": items, "sorn": items, "summary": text},
    "flows": {"summary": text},
    "flow_status": {"summary": text},
    "laws": {"citation": text, "title": text},
    "touchpoints": {"name": text},
    "gaps": {"question": text, "looked_in": text, "looked_on": dates},
    "evidence": {"locator": text, "finding": text, "read_on": dates},
    "local_agencies": {"name": text, "counties": items, "population": counts},
}
MEMBERS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "sources": {"title": text, "publisher": text, "note": text, "author": authors},
    "actions": {
        "title": text,
        "steps": st.lists(text, max_size=3),
        "cautions": st.lists(text, max_size=2),
        "legal_basis": st.sampled_from([[], ["usc-28-534"]]),
    },
    "findings": {"statement": text, "since": text},
}
# For each table two records' worth of cells.
CHANGES = st.fixed_dictionaries(
    {
        table: st.lists(st.fixed_dictionaries(columns), min_size=2, max_size=2)
        for table, columns in {**CELLS, **MEMBERS}.items()
    }
)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample package with few terms and places, for packages that change in each example."""
    root = make_package(tmp_path_factory.mktemp("formats") / "package")
    for table, count in (("terms", 5), ("jurisdictions", 80)):
        path = root / "data" / "reference" / f"{table}.csv"
        path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:count]), encoding="utf-8")
    return root


def sample_release(root: Path) -> Release:
    return Release(Package.open(make_package(root / "package")))


@given(CHANGES)
@settings(max_examples=10, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])
def test_every_format_holds_any_text(sample: Path, changes: dict[str, list[dict[str, Any]]]) -> None:
    change(sample, changes)
    expected = reading.loaded(sample)
    with tempfile.TemporaryDirectory() as folder:
        out = written(sample, Path(folder))
        package = Package.open(sample)
        for name, read in READERS.items():
            assert_same(expected, read(out, package), name)
        assert_same_graph(expected, out)
        assert_same_rdf(expected, reading.rdf(out), package)
        assert_same_readable(expected, out)


def change(root: Path, changes: dict[str, list[dict[str, Any]]]) -> None:
    """Write the sample's tables with other cells."""
    for resource in Package.open(root).resources.values():
        if resource.name not in changes:
            continue
        if resource.format == "json":
            records = [one | other for one, other in zip(JSON[resource.path], changes[resource.name], strict=False)]
            data = format_json(records)
        else:
            lines = CSV[resource.path]
            rows = [split_line(line, 1)[0] for line in lines]
            for row, cells in zip(rows, changes[resource.name], strict=False):
                for column, value in cells.items():
                    row[resource.columns.index(column)] = value
            data = format_csv(resource.columns, rows)
        (root / resource.path).write_bytes(data)


def written(root: Path, folder: Path) -> Path:
    """Write a release without the check, which would refuse some of the texts."""
    release = Release(Package.open(root))
    _write_all(release, folder)
    release.close()
    return folder


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(sample: Path, tmp_path: Path) -> None:
    change(sample, {"agencies": [{"name": text, "website": text} for text in ("=1+1", "https://example.org")]})
    write_workbook(Release(Package.open(sample)), tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as file:
        assert not [name for name in file.namelist() if "externalLink" in name or name.endswith(".bin")]
        sheets = [file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/")]
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert [book["agencies"].cell(row, 2).value for row in (2, 3)] == ["=1+1", "https://example.org"]
    assert {book["agencies"].cell(row, 2).data_type for row in (2, 3)} == {"s"}


def test_a_sheet_can_be_filtered_and_keeps_its_header_in_view(tmp_path: Path) -> None:
    release = sample_release(tmp_path)
    write_workbook(release, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == ["readme", "columns", *release.package.resources]
    for table, rows in reading.loaded(release.package.root).items():
        sheet = book[table]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{get_column_letter(sheet.max_column)}{len(rows) + 1}"
        assert all(8 <= sheet.column_dimensions[letter].width <= 61 for letter in sheet.column_dimensions)
    agencies = {cell.value: cell.font.italic for cell in book["agencies"][2]}
    assert agencies["US"] is not True
    assert agencies["United States"] is True
    population, read_on = book["local_agencies"]["G2"], book["evidence"]["K2"]
    assert (population.value, population.data_type) == (195393, "n")
    assert (read_on.is_date, read_on.number_format) == (True, "yyyy-mm-dd")


def test_what_a_spreadsheet_counts_wrongly_stays_text(sample: Path, tmp_path: Path) -> None:
    """Numbers of more than 15 digits, and days before March 1900."""
    rows = [{"population": str(10**15)}, {"population": str(10**15 - 1)}]
    gaps = [{"looked_on": "1900-02-28"}, {"looked_on": "1900-03-01"}]
    change(sample, {"local_agencies": rows[:1], "gaps": gaps})
    write_workbook(Release(Package.open(sample)), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book["local_agencies"]["G2"].value == "1000000000000000"
    place = [cell.value for cell in book["gaps"][1]].index("looked_on")
    assert [row[place].value for row in book["gaps"].iter_rows(min_row=2)] == ["1900-02-28", datetime(1900, 3, 1)]
    change(sample, {"local_agencies": rows[1:]})
    write_workbook(Release(Package.open(sample)), tmp_path / "book.xlsx")
    assert openpyxl.load_workbook(tmp_path / "book.xlsx")["local_agencies"]["G2"].value == 10**15 - 1


def test_the_workbook_says_what_it_holds(tmp_path: Path) -> None:
    release = sample_release(tmp_path)
    write_workbook(release, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", read_only=True)
    lines = [[cell for cell in row if cell is not None] for row in book["readme"].iter_rows(values_only=True)]
    assert lines[0] == ["Enforcement Web"]
    assert ["Date", "2026-11-23"] in lines
    assert ["Permanent address", f"https://w3id.org/enforcement-web/{release.package.version}"] in lines
    assert ["agencies", 2, release.package.resources["agencies"].schema["description"]] in lines
    explained = {tuple(row[:2]) for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert explained == {(name, column) for name, one in release.package.resources.items() for column in one.columns}
    book.close()


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    root = make_package(tmp_path / "package")
    path = root / "data" / "actions.json"
    longest = json.loads(path.read_text(encoding="utf-8"))
    longest[0]["steps"] = ["🦉" * (LONGEST_TEXT // 2 - 1)]  # two units each, and the brackets and quotes of JSON
    path.write_text(json.dumps(longest), encoding="utf-8")
    with pytest.raises(
        ew.PackageError, match=r"data/actions\.json.*steps: record 1 has 32,768 characters.*takes 32,767"
    ):
        write_workbook(Release(Package.open(root)), tmp_path / "book.xlsx")
    assert not (tmp_path / "book.xlsx").exists()
    longest[0]["steps"] = ["x" * (LONGEST_TEXT - 4)]
    path.write_text(json.dumps(longest), encoding="utf-8")
    write_workbook(Release(Package.open(root)), tmp_path / "book.xlsx")


def test_a_table_that_no_sheet_can_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement_web.publish.workbook.MOST_ROWS", 250)
    with pytest.raises(ew.PackageError, match=r"data/reference/terms\.csv.*takes 249 records"):
        write_workbook(sample_release(tmp_path), tmp_path / "book.xlsx")


def test_the_duckdb_file_explains_its_tables_and_columns(release: Path) -> None:
    (path,) = release.glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = dict(connection.execute("select table_name, comment from duckdb_tables()").fetchall())
        columns = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
        )
        found = {(table, column): (kind, comment) for table, column, kind, comment in columns.fetchall()}
    resources = Package.open(ROOT).resources
    assert tables == {name: resource.schema["description"] for name, resource in resources.items()}
    assert set(found) == {(name, column) for name, resource in resources.items() for column in resource.columns}
    assert found["flows", "data_categories"][0] == "VARCHAR[]"
    assert found["actions", "interrupts"][0] == "STRUCT(flow_id VARCHAR, effect VARCHAR)[]"
    assert found["evidence", "read_on"][0] == "DATE"
    assert found["flows", "source_agency_id"][1] == (
        "Source agency: The agency that has the data before the step. Refers to agencies."
    )


def test_a_duckdb_file_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"DuckDB says: .*agencies\.parquet"):
        write_duckdb(Package.open(ROOT), tmp_path, tmp_path / "release.duckdb")


def test_a_cell_that_looks_like_a_formula_is_made_safe() -> None:
    assert [safe_cell(text) for text in ("=1", "+1", "-1", "@a", "a=1", "", "'a")] == [
        *("'=1", "'+1", "'-1", "'@a", "a=1", "", "'a")
    ]
    assert readable_csv([[("Name", "§ =1, ü")]]) == '\ufeffName\n"§ =1, ü"\n'.encode()


def test_places_where_a_flow_stands_otherwise_are_named(tmp_path: Path) -> None:
    root = make_package(tmp_path / "package")
    with (root / "data/flow_status.csv").open("a", encoding="utf-8") as file:
        for line in (
            "s1,ngi-to-ident,US-IL,2017-08-28,on,,limited,usc-28-534",
            "s2,ngi-to-ident,US-IL-chicago,2018,by,,active,",
            "s3,ngi-to-ident,US-WA,2019,on,2020,blocked,",
            "s4,ngi-to-ident,US-CA,2019,on,,active,",
            "s5,ngi-to-ident,US-NY,2999,on,,blocked,",
        ):
            file.write(f"{line},A sentence that says so.\n")
    release = Release(Package.open(root))
    write_readable(release, tmp_path / "readable")
    (row,) = reading.from_readable(tmp_path, "flows")
    assert (row["Runs by default in"], row["Status there on the day"]) == ("United States", "active")
    assert (row["Status there holds"], row["Status there is by"]) == ("by 2008-10", "28 U.S.C. § 534")
    assert row["Other status elsewhere on the day"] == (
        "limited in Illinois since 2017-08-28 (28 U.S.C. § 534) | active in Chicago by 2018"
    )
    assert row["Authorized by"] == "28 U.S.C. § 534"
    assert (row["Rows of evidence"], row["The most that is shown"]) == ("2", "it exists")
    assert row["Permanent address"] == "https://w3id.org/enforcement-web/flows/ngi-to-ident"
    assert Standings(release).of("ngi-to-ident").place == "US"


def test_the_same_package_gives_the_same_files_twice(tmp_path: Path) -> None:
    release = sample_release(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        _write_all(release, tmp_path / name)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_the_examples_print_what_the_document_says(release: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(release, tmp_path / "release")
    text = (ROOT / FORMATS).read_text(encoding="utf-8")
    assert at_version(text, Package.open(ROOT)) == text, "run make docs"
    results = examples(text, {}, folder)
    assert len(results) == 8
    for language, printed, real in results:
        assert printed == real, f"a {language} example prints something else: run make docs"
