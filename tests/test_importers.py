import csv
import doctest
import io
import random
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import import_agreements
import import_field_office_areas
import import_local_agencies
import importing
from enforcement_web import Package
from enforcement_web.check import check
from enforcement_web.slugs import slug
from sample import ROOT, make_package

Row = list[Any]
MOA = "https://www.ice.gov/doclib/287gMOA/"
SAFELINK = (
    "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F287gMOA%2Fa.pdf"
    "&data=05%7C02%7Cclerk%40ice.dhs.gov%7C0&sdata=x%3D&reserved=0"
)
FBI_HEADER = ",".join(import_local_agencies.USED + import_local_agencies.IGNORED)
FBI = [
    "AL0010000,2025,Jefferson,AL,JEFFERSON,County,100,7,3,10,1.0",
    "AL0010100,2024,Jackson's Gap,AL,TALLAPOOSA,City,0,1,1,2,NULL",
    "FL0010600,2025,University of Florida,FL,ALACHUA,University or College,0,9,1,10,NULL",
    "FL0130600,2025,Miami,FL,MIAMI-DADE,City,400,9,1,10,1.0",
    "FL0160000,2025,Jacksonville Sheriff's Office,FL,DUVAL,County,900,9,1,10,1.0",
    "FL0370000,2025,Highway Patrol:,FL,LEON,State Police,0,9,1,10,NULL",
    "FL0371000,2025,Highway Patrol:,FL,DUVAL,State Police,0,9,1,10,NULL",
    "GA0310000,2025,Clayton,GA,CLAYTON,County,100,7,3,10,1.0",
    "GA0310100,2025,Clayton County Police Department,GA,CLAYTON,County,100,7,3,10,1.0",
    "LA0300000,2025,La Salle,LA,LA SALLE,County,100,7,3,10,1.0",
    "MO0940000,2025,St. Francois,MO,ST FRANCOIS,County,100,7,3,10,1.0",
    "NB0340100,2025,Beatrice ,NB,GAGE,City,100,7,3,10,1.0",
    "NBNSP0000,2025,Nebraska State Patrol,NB,NOT SPECIFIED,State Police,0,7,3,10,NULL",
    "NY0290000,2025,Nassau,NY,NASSAU,County,100,7,3,10,1.0",
    'PA0405600,2025,"Butler Township, Luzerne County",PA,LUZERNE,City,100,7,3,10,1.0',
    'PA0540200,2025,"Butler Township, Schuylkill County",PA,SCHUYLKILL,City,100,7,3,10,1.0',
    "PA0360700,2025,Manheim,PA,LANCASTER,City,100,7,3,10,1.0",
    "PA0362100,2025,Manheim Township,PA,LANCASTER,City,100,7,3,10,1.0",
    "PA0540700,2025,Pottsville,PA,SCHUYLKILL,City,100,7,3,10,1.0",
    'WV0520300,2025,Paden City,WV,"TYLER, WETZEL",City,100,7,3,10,1.0',
]
AREAS_HEADER = "office_name,state_name,county_name,notes"
AREAS = [
    "San Francisco,California,Alameda,Northern California",
    "Miami,United States Virgin Islands,,",
    "San Francisco,Commonwealth of the Northern Mariana Islands,,",
]


def agreement(
    state: str,
    agency: str,
    county: Any = "",
    model: Any = "Task Force Model",
    type_: Any = "Municipality",
    signed: Any = date(2025, 3, 1),
    moa: tuple[Any, str | None] = ("link pending", None),
    addendum: tuple[Any, str | None] = (None, None),
) -> Row:
    return [state, agency, type_, county, model, signed, moa, addendum]


LIST = [
    agreement("ALABAMA", "Jefferson County Sheriff\u2019s Office ", "Jefferson County", type_="County "),
    agreement("ALABAMA", "Jefferson County Sheriff's Office", "Jefferson County", "Jail Enforcement Model ", "County"),
    agreement("FLORIDA", "City of Miami Police Department", "#N/A", moa=("link ", SAFELINK)),
    agreement("LOUISIANA ", "LaSalle Parish Sheriff's Office", "\nLaSalle Parish", "Warrant Service Officer", "County"),
    agreement("PENNSYLVANIA", "Butler Township Police Department", "Luzerne County", signed=date(2025, 4, 1)),
    agreement("PENNSYLVANIA", "Butler Township Police Department", "Schuylkill County", signed=date(2025, 5, 1)),
    agreement("TEXAS", 'Cut "N" Shoot,, Police Department', "#NA"),
]


def write_list(path: Path, rows: Sequence[Row], header: Sequence[Any] = import_agreements.COLUMNS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*header, None, None])
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            text, target = value if isinstance(value, tuple) else (value, None)
            cell = sheet.cell(number, column, text)
            if target:
                cell.hyperlink = target
                cell.value = text
    sheet.append([" "])
    book.save(path)
    return path


def write_csv(path: Path, header: str, rows: Sequence[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def table(root: Path, name: str) -> dict[str, dict[str, str]]:
    text = (root / "data" / "registers" / f"{name}.csv").read_text(encoding="utf-8")
    return {next(iter(row.values())): row for row in csv.DictReader(io.StringIO(text))}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = make_package(tmp_path / "package")
    fbi = write_csv(tmp_path / "fbi.csv", FBI_HEADER, FBI)
    assert import_local_agencies.run([str(fbi), "--root", str(folder)]) == 0
    return folder


def import_list(root: Path, rows: Sequence[Row], name: str = "ice_2026-05-18.xlsx") -> int:
    path = write_list(root.parent / name, rows)
    return import_agreements.run([str(path), "--root", str(root)])


# Agreements


def test_the_list_is_read_through_its_quirks(root: Path) -> None:
    assert import_list(root, LIST) == 0
    rows = table(root, "agreements")
    assert {id_: (row["agency_name"], row["county"], row["ori"]) for id_, row in rows.items()} == {
        "al-jefferson-county-sheriffs-office-jail-enforcement": (
            "Jefferson County Sheriff's Office",
            "Jefferson County",
            "AL0010000",
        ),
        "al-jefferson-county-sheriffs-office-task-force": (
            "Jefferson County Sheriff's Office",
            "Jefferson County",
            "AL0010000",
        ),
        "fl-city-of-miami-police-department-task-force": ("City of Miami Police Department", "", "FL0130600"),
        "la-lasalle-parish-sheriffs-office-warrant-service-officer": (
            "LaSalle Parish Sheriff's Office",
            "LaSalle Parish",
            "LA0300000",
        ),
        "pa-butler-township-police-department-schuylkill-county-task-force": (
            "Butler Township Police Department",
            "Schuylkill County",
            "PA0540200",
        ),
        "pa-butler-township-police-department-task-force": (
            "Butler Township Police Department",
            "Luzerne County",
            "PA0405600",
        ),
        "tx-cut-n-shoot-police-department-task-force": ('Cut "N" Shoot, Police Department', "", ""),
    }
    miami = rows["fl-city-of-miami-police-department-task-force"]
    assert miami["agreement_url"] == MOA + "a.pdf"
    assert (miami["signed"], miami["listed_on"], miami["agency_type"]) == ("2025-03-01", "2026-05-18", "municipality")


def test_the_result_passes_the_check_and_holds_no_address_of_a_person(root: Path) -> None:
    import_list(root, LIST)
    areas = write_csv(root.parent / "areas.csv", AREAS_HEADER, AREAS)
    import_field_office_areas.run([str(areas), "--root", str(root)])
    found = [problem for problem in check(Package.open(root)).problems if "registers" in problem.file]
    assert found == []
    written = [data for path, data in contents(root).items() if "registers" in path or "imports" in path]
    assert len(written) == 6
    assert not any(b"@" in data or b"clerk" in data or b"%40" in data for data in written)


def test_a_second_run_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_list(root.parent / "ice_2026-05-18.xlsx", LIST)
    import_agreements.run([str(path), "--root", str(root)])
    before = contents(root)
    capsys.readouterr()
    import_agreements.run([str(path), "--root", str(root)])
    assert contents(root) == before
    assert "0 new, 0 changed, 0 no longer listed" in capsys.readouterr().out


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(shuffler: random.Random) -> None:
    rows = list(LIST)
    shuffler.shuffle(rows)
    assert ids_of(rows) == ids_of(LIST)


def ids_of(rows: Sequence[Row]) -> dict[tuple[Any, ...], str]:
    items = [
        import_agreements.Agreement(number, "US-PA", row[1].strip(), row[2], row[3], "task-force", row[5], ("", ""))
        for number, row in enumerate(rows)
        if row[0] == "PENNSYLVANIA"
    ]
    ids = import_agreements.identify(items, import_agreements.Notes())
    return {(item.agency, item.county): ids[item.row] for item in items}


def test_a_shuffled_list_gives_the_same_register(root: Path) -> None:
    import_list(root, LIST)
    register = root / "data" / "registers" / "agreements.csv"
    report = root / "docs" / "imports" / "agreements.md"
    before = register.read_bytes(), re.sub("`[0-9a-f]{64}`", "", report.read_text(encoding="utf-8"))
    import_list(root, list(reversed(LIST)))
    assert (register.read_bytes(), re.sub("`[0-9a-f]{64}`", "", report.read_text(encoding="utf-8"))) == before


@pytest.mark.parametrize(
    "new",
    [
        agreement("NEBRASKA", "Beatrice Police Department", "Gage County"),
        agreement("PENNSYLVANIA", "Butler Township Police Department", "Butler County", signed=date(2026, 5, 1)),
        agreement("ALABAMA", "Jefferson County Sheriff's Office", "Jefferson County", signed=date(2026, 5, 1)),
    ],
)
def test_one_more_agreement_is_one_more_line(root: Path, new: Row, capsys: pytest.CaptureFixture[str]) -> None:
    import_list(root, LIST)
    register = root / "data" / "registers" / "agreements.csv"
    before = register.read_text(encoding="utf-8").splitlines()
    capsys.readouterr()
    import_list(root, [new, *LIST])
    after = register.read_text(encoding="utf-8").splitlines()
    assert len(after) == len(before) + 1
    assert [line for line in after if line in before] == before
    assert "1 new, 0 changed, 0 no longer listed" in capsys.readouterr().out


def test_what_is_no_longer_listed_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_list(root, LIST)
    import_list(root, LIST[1:])
    assert "no longer listed: al-jefferson-county-sheriffs-office-task-force" in capsys.readouterr().out


def test_a_row_that_stands_twice_is_taken_once_and_reported(root: Path) -> None:
    import_list(root, [*LIST, LIST[0]])
    assert len(table(root, "agreements")) == len(LIST)
    report = (root / "docs" / "imports" / "agreements.md").read_text(encoding="utf-8")
    assert "Jefferson County Sheriff's Office, task-force: listed twice alike, taken once" in report


def test_a_long_name_is_cut_between_words(root: Path) -> None:
    import_list(root, [agreement("FLORIDA", "Division of Everything " * 6, model="Warrant Service Officer")])
    (id_,) = table(root, "agreements")
    assert len(id_) <= 100
    assert id_ == "fl-" + "division-of-everything-" * 3 + "warrant-service-officer"


@pytest.mark.parametrize(
    ("state", "agency", "type_", "county", "ori"),
    [
        ("MISSOURI", "Saint Francois County Sheriff's Department", "County", "Saint Francois County", "MO0940000"),
        ("MISSOURI", "St. Francois County Sheriffs Office", "County", "St Francois Countey", "MO0940000"),
        ("ALABAMA", "Jefferson County Sheriff's Office", "County", "Shelby County", "AL0010000"),
        ("ALABAMA", "Jefferson County Sheriff's Office", "County", "Tallapoosa County", ""),
        ("ALABAMA", "Jackson's Gap Police Dept.", "Municipality", "Talapoosa County", "AL0010100"),
        ("ALABAMA", "Jacksons Gap Department of Public Safety", "Municipality", "", "AL0010100"),
        ("ALABAMA", "Jacksons Gap Police Department", "Municipality", "Bowie County", ""),
        ("FLORIDA", "University of Florida Police Department", "Municipality", "#N/A", "FL0010600"),
        ("FLORIDA", "Jacksonville Sheriff's Office", "County", "Duval County", "FL0160000"),
        ("FLORIDA", "Florida Highway Patrol", "State Agency", "", ""),
        ("GEORGIA", "Clayton County Police Department", "County", "Clayton County", "GA0310100"),
        ("GEORGIA", "Clayton County Sheriff's Office", "County", "Clayton County", "GA0310000"),
        ("GEORGIA", "Clayton County Constable Precinct 1", "County", "Clayton County", ""),
        ("NEBRASKA", "Nebraska State Patrol", "State Agency", "", "NBNSP0000"),
        ("NEBRASKA", "Nebraska Department of Correctional Services", "State Agency", "", ""),
        ("NEW YORK", "Nassau County Police Department", "County", "Nassau County", "NY0290000"),
        ("NEW YORK", "Nassau County Sheriff's Office", "County", "Nassau County", ""),
        ("PENNSYLVANIA", "Butler Township Police Department", "Municipality", "", ""),
        ("PENNSYLVANIA", "Butler TWP Police Department - Luzerne", "Municipality", "Luzerne County", "PA0405600"),
        ("PENNSYLVANIA", "Butler Borough Police Department", "Municipality", "Luzerne County", ""),
        ("PENNSYLVANIA", "Manheim Borough Police Department", "Municipality", "", "PA0360700"),
        ("PENNSYLVANIA", "Manheim Township Police Department", "Municipality", "", "PA0362100"),
        ("PENNSYLVANIA", "Manheim Police Department", "Municipality", "Lancaster County", ""),
        ("PENNSYLVANIA", "Pottsville City Police Department", "Municipality", "Schuylkill County", "PA0540700"),
        ("PENNSYLVANIA", "Pottsville City Police Department", "Municipality", "", ""),
        ("WEST VIRGINIA", "Paden City Police Department", "Municipality", "Wetzel County", "WV0520300"),
        ("WEST VIRGINIA", "Paden Police Department", "Municipality", "Wetzel County", ""),
    ],
)
def test_an_ori_is_given_only_where_one_agency_can_be_meant(
    root: Path, state: str, agency: str, type_: str, county: str, ori: str
) -> None:
    import_list(root, [agreement(state, agency, county, type_=type_)])
    (row,) = table(root, "agreements").values()
    assert row["ori"] == ori


def test_two_agencies_do_not_share_an_ori(root: Path) -> None:
    names = ["Manheim Borough Police Department", "Town of Manheim Police Department"]
    import_list(root, [agreement("PENNSYLVANIA", name) for name in names])
    assert {row["ori"] for row in table(root, "agreements").values()} == {""}


def test_one_agency_spelled_in_two_ways_has_one_ori(root: Path) -> None:
    names = ["Jefferson County Sheriff's Office", "Jefferson County Sheriffs Dept"]
    import_list(root, [agreement("ALABAMA", name, type_="County") for name in names])
    assert [row["ori"] for row in table(root, "agreements").values()] == ["AL0010000", "AL0010000"]


@pytest.mark.parametrize(
    ("target", "address"),
    [
        (MOA + "a.pdf", MOA + "a.pdf"),
        (SAFELINK, MOA + "a.pdf"),
        ("chrome-extension://efaid/https:/www.ice.gov/doclib/287gMOA/a.pdf", MOA + "a.pdf"),
        ("https:/www.ice.gov/doclib/287gMOA/a%20b.pdf", MOA + "a%20b.pdf"),
        ("http://www.ice.gov/doclib/287gMOA/a b.pdf?x=1#page=2", MOA + "a%20b.pdf"),
        ("doclib/287gMOA/a.pdf", MOA + "a.pdf"),
        ("../doclib/287gMOA/a.pdf", MOA + "a.pdf"),
        ("https://www.ice.gov.example.com/a.pdf", ""),
        ("https://clerk@www.ice.gov/a.pdf", ""),
        ("https://www.ice.gov/clerk@ice.dhs.gov.pdf", ""),
        ("https://www.ice.gov/clerk%40ice.dhs.gov.pdf", ""),
        ("https://www.ice.gov", ""),
        ("https://example.com/?url=https%3A%2F%2Fwww.ice.gov%2Fa.pdf", ""),
        ("https://gcc02.safelinks.protection.outlook.com/?data=clerk%40ice.dhs.gov", ""),
        ("mailto:clerk@ice.dhs.gov", ""),
        ("file:///C:/Users/clerk/a.pdf", ""),
        ("https://[broken/", ""),
    ],
)
def test_an_address_is_on_www_ice_gov_or_empty(root: Path, target: str, address: str) -> None:
    assert import_list(root, [agreement("TEXAS", "Tye Police Department", addendum=("link", target))]) == 0
    (row,) = table(root, "agreements").values()
    assert row["addendum_url"] == address
    report = (root / "docs" / "imports" / "agreements.md").read_text(encoding="utf-8")
    assert "@" not in report
    assert ("ADDENDUM | not an address on www.ice.gov" in report) == (not address)


@given(st.text() | st.from_regex(r"https?:/{0,3}(www\.)?ice\.gov[^\n]{0,30}"))
def test_no_link_gives_an_address_elsewhere(target: str) -> None:
    address, _ = import_agreements.read_address(target)
    assert not address or re.fullmatch(r"https://www\.ice\.gov/[^\s@?#]+", address)


@pytest.mark.parametrize(
    ("moa", "address"),
    [(("link", None), ""), (("see clerk@ice.dhs.gov", None), ""), (("link pending", MOA + "a.pdf"), "")],
)
def test_a_link_cell_that_is_not_understood_is_empty_and_reported(root: Path, moa: Any, address: str) -> None:
    code = import_list(root, [agreement("TEXAS", "Tye Police Department", moa=moa)])
    assert code == 0
    (row,) = table(root, "agreements").values()
    assert row["agreement_url"] == address
    report = (root / "docs" / "imports" / "agreements.md").read_text(encoding="utf-8")
    assert "tye-police-department-task-force | MOA | the cell holds" in report
    assert "@" not in report


def test_an_odd_day_is_kept_and_reported(root: Path) -> None:
    import_list(root, [agreement("TEXAS", "Tye Police Department", signed=date(2062, 1, 1))])
    report = (root / "docs" / "imports" / "agreements.md").read_text(encoding="utf-8")
    assert "is signed 2062-01-01: before the law or after the list" in report


def test_an_address_of_two_agreements_is_reported(root: Path) -> None:
    moa = ("link", MOA + "a.pdf")
    import_list(root, [agreement("TEXAS", f"{name} Police Department", moa=moa) for name in ("Tye", "Ace")])
    report = (root / "docs" / "imports" / "agreements.md").read_text(encoding="utf-8")
    assert f"`tx-tye-police-department-task-force` have one address: {MOA}a.pdf" in report


def bad(change: Callable[[list[Row], list[Any]], None]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        rows, header = [list(row) for row in LIST], list[Any](import_agreements.COLUMNS)
        change(rows, header)
        return write_list(folder / "ice_2026-05-18.xlsx", rows, header)

    return make


def put(row: int, column: int, value: Any) -> Callable[[Path], Path]:
    return bad(lambda rows, header: rows[row - 2].__setitem__(column, value))


def text_file(folder: Path) -> Path:
    return write_csv(folder / "ice_2026-05-18.xlsx", "STATE", ["ALABAMA"])


def two_sheets(folder: Path) -> Path:
    path, book = folder / "ice_2026-05-18.xlsx", Workbook()
    for title in ("A", "B"):
        book.create_sheet(title).append(["STATE"])
    book.save(path)
    return path


BAD_LISTS: list[tuple[Callable[[Path], Path], str]] = [
    (text_file, "not an Excel workbook"),
    (two_sheets, "2 filled sheets"),
    (bad(lambda rows, header: rows.clear()), "the list has no agreements"),
    (bad(lambda rows, header: header.__setitem__(4, "NAME")), "column SUPPORT TYPE is missing"),
    (bad(lambda rows, header: header.append("NOTES")), "column 'NOTES' is new"),
    (bad(lambda rows, header: header.append("STATE")), "column STATE stands twice"),
    (bad(lambda rows, header: rows[1].append("stray")), "row 3: a cell holds a value in a column without a header"),
    (put(4, 0, "ONTARIO"), "row 4: STATE 'ONTARIO' is not a state"),
    (put(4, 0, None), "row 4: STATE '' is not a state"),
    (put(4, 1, " "), "row 4: LAW ENFORCEMENT AGENCY is empty"),
    (put(4, 1, 12), "row 4: LAW ENFORCEMENT AGENCY holds '12', which is not a text"),
    (put(4, 1, "clerk@example.org"), "looks like personal data"),
    (put(4, 1, "A" * 201), "longer than 200 characters"),
    (put(4, 2, "City"), "row 4: TYPE 'City' is not known"),
    (put(4, 4, "Hybrid Model"), "row 4: SUPPORT TYPE 'Hybrid Model' is not known"),
    (put(4, 5, "03/01/2025"), "row 4: SIGNED holds '03/01/2025', which is not a day"),
    (put(4, 5, 45000), "row 4: SIGNED holds '45000', which is not a day"),
    (put(4, 5, datetime(2025, 3, 1, 12, 30)), "row 4: SIGNED holds '2025-03-01 12:30:00', which is not a day"),
    (put(4, 5, None), "row 4: SIGNED is empty"),
    (
        bad(lambda rows, header: rows.extend([[*LIST[2][:6], ("link", MOA + f"{n}.pdf"), ""] for n in "bc"])),
        "cannot be told apart",
    ),
]


@pytest.mark.parametrize(("make", "message"), BAD_LISTS)
def test_a_bad_list_is_refused_in_one_line(
    root: Path, make: Callable[[Path], Path], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = make(root.parent), contents(root)
    capsys.readouterr()
    assert import_agreements.run([str(path), "--root", str(root)]) == 1
    assert_refused(root, before, capsys, "ice_2026-05-18.xlsx: ", message)


def assert_refused(
    root: Path, before: dict[str, bytes], capsys: pytest.CaptureFixture[str], file: str, message: str
) -> None:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(file)
    assert message in err
    assert err.count("\n") == 1
    assert contents(root) == before


@pytest.mark.parametrize(
    ("name", "more", "message"),
    [
        ("ice.xlsx", [], "carries no date"),
        ("ice_2026-13-45.xlsx", [], "carries no date"),
        ("ice.xlsx", ["--listed-on", "May"], "is not a date"),
        ("absent.xlsx", [], "cannot be read: no such file"),
    ],
)
def test_wrong_use(root: Path, name: str, more: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = root.parent / name
    if name != "absent.xlsx":
        write_list(path, LIST)
    before = contents(root)
    with pytest.raises(SystemExit) as caught:
        import_agreements.run([str(path), "--root", str(root), *more])
    assert caught.value.code == 2
    assert message in capsys.readouterr().err
    assert contents(root) == before


def test_the_day_can_be_given(root: Path) -> None:
    path = write_list(root.parent / "ice.xlsx", LIST)
    assert import_agreements.run([str(path), "--root", str(root), "--listed-on", "2026-06-01"]) == 0
    assert {row["listed_on"] for row in table(root, "agreements").values()} == {"2026-06-01"}


def test_a_folder_without_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_list(tmp_path / "ice_2026-05-18.xlsx", LIST)
    assert import_agreements.run([str(path), "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_broken_register_of_agencies_stops_the_import(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (root / "data" / "registers" / "local_agencies.csv").open("a", encoding="utf-8") as file:
        file.write("AL,too,few\n")
    before = contents(root)
    capsys.readouterr()
    assert import_list(root, LIST) == 1
    assert_refused(root, before, capsys, "data/registers/local_agencies.csv:22:1 csv-width", "nothing was written")


# Local agencies


def test_agencies_are_read_in_plain_form(root: Path) -> None:
    rows = table(root, "local_agencies")
    assert len(rows) == len(FBI)
    assert rows["NB0340100"] == {
        "ori": "NB0340100",
        "name": "Beatrice",
        "kind": "city",
        "jurisdiction_id": "US-NE",
        "counties": "Gage",
        "population": "100",
        "officers": "7",
        "civilians": "3",
        "data_year": "2025",
    }
    assert rows["FL0370000"]["name"] == "Highway Patrol"
    assert rows["AL0010100"]["population"] == ""
    assert rows["NBNSP0000"]["counties"] == ""
    assert rows["LA0300000"]["counties"] == "LaSalle"
    assert rows["WV0520300"]["counties"] == "Tyler;Wetzel"


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ("State Police:", "State Police"),
        ("State Police : Troop A", "State Police: Troop A"),
        ("State Police:Troop A ", "State Police: Troop A"),
        ("United States Department of Labor,", "United States Department of Labor"),
        ("Department of Public Safety, Yuma", "Department of Public Safety, Yuma"),
    ],
)
def test_agency_names(listed: str, read: str) -> None:
    assert import_local_agencies.agency_name(listed, importing.Repairs()) == read


@pytest.mark.parametrize(
    ("state", "listed", "read"),
    [
        ("IL", "DEKALB, DUPAGE", {"DeKalb", "DuPage"}),
        ("IL", "LA SALLE", {"LaSalle"}),
        ("TX", "LA SALLE", {"La Salle"}),
        ("OK", "LE FLORE, MCCURTAIN", {"Le Flore", "McCurtain"}),
        ("MD", "PRINCE GEORGE'S, ST MARY'S", {"Prince George's", "St. Mary's"}),
        ("MO", "STE GENEVIEVE", {"Ste. Genevieve"}),
        ("VA", "KING AND QUEEN", {"King and Queen"}),
        ("AK", "PRINCE OF WALES-HYDER", {"Prince of Wales-Hyder"}),
        ("NM", "DONA ANA", {"Doña Ana"}),
        ("KY", "UNMAPPED COUNTY", set()),
    ],
)
def test_counties(state: str, listed: str, read: set[str]) -> None:
    assert import_local_agencies.counties(listed, state, importing.Repairs()) == read


def test_totals_that_differ_are_reported(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "package")
    fbi = write_csv(tmp_path / "fbi.csv", FBI_HEADER, ["AL0010000,2025,Jefferson,AL,JEFFERSON,County,100,7,3,11,1.0"])
    assert import_local_agencies.run([str(fbi), "--root", str(folder)]) == 0
    report = (folder / "docs" / "imports" / "local_agencies.md").read_text(encoding="utf-8")
    assert "| AL0010000 | 7 | 3 | 11 |" in report


ONE = "AL0020000,2025,Mobile,AL,MOBILE,County,100,7,3,10,1.0"


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        (FBI_HEADER.replace("ori,", "id,"), ONE, "column ori is missing"),
        (FBI_HEADER + ",region", ONE + ",South", "column 'region' is new"),
        (FBI_HEADER.replace("ori,", "ori,ori,"), "A," + ONE, "column ori stands twice"),
        (FBI_HEADER, FBI[0], "line 22: ORI AL0010000 stands on line 2 too"),
        (FBI_HEADER, ONE.replace("AL0020000", "AL-2"), "line 22: ori 'AL-2' does not have the form"),
        (FBI_HEADER, ONE.replace(",AL,", ",XX,"), "line 22: state_abbr 'XX' is not a state"),
        (FBI_HEADER, ONE.replace("County", "Parish"), "line 22: agency_type_name 'Parish' is not a type"),
        (FBI_HEADER, ONE.replace(",100,", ",many,"), "line 22: population holds 'many', which is not a whole number"),
        (FBI_HEADER, ONE.replace(",7,", ",-7,"), "line 22: officer_ct holds '-7'"),
        (FBI_HEADER, ONE.replace(",10,", ",,"), "line 22: total_pe_ct holds ''"),
        (FBI_HEADER, ONE.replace("2025", "1925"), "which is less than 1960"),
        (FBI_HEADER, ONE.replace(",Mobile,", ", :,"), "line 22: pub_agency_name is empty"),
        (FBI_HEADER, ONE.replace("MOBILE", "Mobile"), "line 22: county_name 'Mobile' is not a list of counties"),
        (FBI_HEADER, ONE + ",more", "line 22: 12 cells where the header has 11"),
        (FBI_HEADER, ONE.replace("Mobile", '"Mobile"x'), "line 22: not CSV"),
        (FBI_HEADER, "", "line 22: 0 cells where the header has 11"),
    ],
)
def test_a_bad_file_of_agencies_is_refused(
    root: Path, header: str, row: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = write_csv(root.parent / "fbi.csv", header, [*FBI, row]), contents(root)
    capsys.readouterr()
    assert import_local_agencies.run([str(path), "--root", str(root)]) == 1
    assert_refused(root, before, capsys, "fbi.csv: ", message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "column ori is missing"),
        (FBI_HEADER.encode() + b"\n", "the list has no rows"),
        (FBI_HEADER.encode() + b"\nAL\xff", "line 2: the file is not UTF-8 text"),
    ],
)
def test_a_file_that_is_not_a_list_is_refused(
    root: Path, data: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = root.parent / "fbi.csv", contents(root)
    path.write_bytes(data)
    capsys.readouterr()
    assert import_local_agencies.run([str(path), "--root", str(root)]) == 1
    assert_refused(root, before, capsys, "fbi.csv: ", message)


# Field office areas


def test_areas_are_read(root: Path) -> None:
    path = write_csv(root.parent / "areas.csv", AREAS_HEADER, AREAS)
    assert import_field_office_areas.run([str(path), "--root", str(root)]) == 0
    register = root / "data" / "registers" / "field_office_areas.csv"
    before = contents(root)
    assert register.read_text(encoding="utf-8").splitlines()[1:] == [
        "miami,US-VI,,",
        "san-francisco,US-CA,Alameda,Northern California",
        "san-francisco,US-MP,,",
    ]
    assert import_field_office_areas.run([str(path), "--root", str(root)]) == 0
    assert contents(root) == before


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        (AREAS_HEADER.replace("notes", "note"), AREAS[0], "column notes is missing"),
        (AREAS_HEADER, "Miami,Cuba,,", "line 5: state_name 'Cuba' is not a state"),
        (AREAS_HEADER, "Miami,Los Angeles,,", "line 5: state_name 'Los Angeles' is not a state"),
        (AREAS_HEADER, ",Texas,,", "line 5: office_name is empty"),
        (AREAS_HEADER, AREAS[0], "line 5: San Francisco, California, Alameda stands on line 2 too"),
        (AREAS_HEADER, "Miami,Texas,clerk@example.org,", "looks like personal data"),
    ],
)
def test_a_bad_file_of_areas_is_refused(
    root: Path, header: str, row: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = write_csv(root.parent / "areas.csv", header, [*AREAS, row]), contents(root)
    capsys.readouterr()
    assert import_field_office_areas.run([str(path), "--root", str(root)]) == 1
    assert_refused(root, before, capsys, "areas.csv: ", message)


# What they share


@given(st.text())
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    clean = importing.clean_text(text)
    assert importing.clean_text(clean) == clean
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))


@pytest.mark.parametrize("module", [importing, import_agreements, import_local_agencies])
def test_examples_in_the_docstrings(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


# The registers as they stand


@pytest.mark.parametrize(
    ("name", "count"), [("agreements", 1843), ("local_agencies", 18330), ("field_office_areas", 426)]
)
def test_the_registers_are_whole(name: str, count: int) -> None:
    data = (ROOT / "data" / "registers" / f"{name}.csv").read_bytes()
    report = (ROOT / "docs" / "imports" / f"{name}.md").read_text(encoding="utf-8")
    assert data.count(b"\n") == count + 1
    assert f" | {count:,} |" in report
    assert b"@" not in data
    assert "@" not in report


def test_the_agreements_point_at_agencies_and_at_ice() -> None:
    agencies, rows = table(ROOT, "local_agencies"), table(ROOT, "agreements").values()
    matched = [row for row in rows if row["ori"]]
    assert len(matched) > 1500
    for row in matched:
        assert agencies[row["ori"]]["jurisdiction_id"] == row["jurisdiction_id"], row["id"]
    addresses = [row[column] for row in rows for column in ("agreement_url", "addendum_url") if row[column]]
    assert len(addresses) > 1700
    assert all(re.fullmatch(r"https://www\.ice\.gov/[^\s?#]+", address) for address in addresses)


def test_two_listed_agencies_share_an_ori_only_when_their_names_say_the_same() -> None:
    names: dict[str, set[str]] = {}
    for row in table(ROOT, "agreements").values():
        plain = re.sub("office|dep(artmen)?t|[^a-z]", "", row["agency_name"].lower())
        names.setdefault(row["ori"], set()).add(plain)
    assert {ori: found for ori, found in names.items() if ori and len(found) > 1} == {}
