"""Rebuild data/registers/agreements.csv from ICE's list of agencies with a 287(g) agreement.

Import local_agencies first: each agreement is matched with the agency there, where one alone can be meant.
"""

import argparse
import io
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from openpyxl import load_workbook

from agency_matching import STRANGE, Listed, Match, Matcher, county_key
from enforcement_web import Package
from enforcement_web.slugs import slug
from importing import (
    InputError,
    Repairs,
    Report,
    Source,
    UsageError,
    check_header,
    main,
    make_parser,
    read_date,
    states_by_name,
)

TABLE = "agreements"
# All are used. A column without a header must be empty.
COLUMNS = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA", "ADDENDUM")
MODELS = {
    "Jail Enforcement Model": "jail-enforcement",
    "Task Force Model": "task-force",
    "Warrant Service Officer": "warrant-service-officer",
}
TYPES = {"County": "county", "Municipality": "municipality", "State Agency": "state-agency"}
NO_COUNTY = {"", "#N/A", "#NA", "N/A", "NA"}
NO_LINK = {"", "link pending"}
# 8 U.S.C. 1357(g) became law on this day.
FIRST_DAY = date(1996, 9, 30)
ID_LENGTH = 100
ABOUT = (
    "Agreements under 8 U.S.C. 1357(g), from the list of participating agencies that ICE publishes. An id is made of"
    " the state, the agency's name and the model; where two agreements would share one, the one signed first has it,"
    " and the other's also names its county or the day on which it was signed."
)


@dataclass(frozen=True)
class Agreement(Listed):
    """One row of ICE's list as it was read: the agency, and what stands there of the agreement."""

    model: str
    signed: date
    addresses: tuple[str, str]


@dataclass
class Notes:
    """What the report tells beyond the rows: repaired cells, addresses that were mended or not read, odd values."""

    repairs: Repairs = field(default_factory=Repairs)
    mended: list[tuple[int, str, str]] = field(default_factory=list)
    unread: list[tuple[int, str, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def import_agreements(package: Package, source: Source, options: argparse.Namespace) -> tuple[list[list[str]], Report]:
    """Read the list and match its agencies.

    Raises InputError when the file is not ICE's list or a value in it is not understood, and UsageError when neither
    the command nor the name of the file says which day the list is of.
    """
    listed_on = options.listed_on or date_in(source.name)
    notes = Notes()
    agreements = drop_repeated(list(read_list(source, states_by_name(package), notes)), notes)
    if not agreements:
        raise InputError("the list has no agreements")
    ids = identify(agreements, notes)
    notes.odd += odd_values(agreements, ids, listed_on)
    matches = Matcher(package).match_all(agreements)
    day = str(listed_on)
    rows = [
        [ids[row], a.state, a.agency, a.type, a.county, a.model, str(a.signed), *a.addresses, matches[row].ori, day]
        for row, a in ((item.row, item) for item in agreements)
    ]
    return rows, make_report(source, day, agreements, ids, matches, notes)


def odd_values(agreements: Sequence[Agreement], ids: Mapping[int, str], listed_on: date) -> Iterator[str]:
    """Tell of values that are kept but can hardly be right: a day out of range, one address for several agreements."""
    users: dict[str, set[str]] = defaultdict(set)
    for item in agreements:
        if not FIRST_DAY <= item.signed <= listed_on:
            yield f"`{ids[item.row]}` is signed {item.signed}: before the law or after the list"
        for address in item.addresses:
            users[address].add(f"`{ids[item.row]}`")
    for address, found in users.items():
        if address and len(found) > 1:
            yield f"{' and '.join(sorted(found))} have one address: {address}"


def date_in(name: str) -> date:
    """Find the day in the name of a file. Raises UsageError when there is none."""
    found = re.search(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", name)
    try:
        if found:
            return date.fromisoformat(found[0])
    except ValueError:
        pass
    raise UsageError(f"the name {name} carries no date; give the day of the list with --listed-on YYYY-MM-DD")


# Reading the workbook


def read_list(source: Source, states: Mapping[str, str], notes: Notes) -> Iterator[Agreement]:
    """Give each agreement of the list. Raises InputError, with the sheet's row, for what is not understood."""
    rows = sheet_rows(source)
    header = [str(cell.value or "").strip() for cell in rows[0]]
    width = len(header) - next((i for i, name in enumerate(reversed(header)) if name), len(header))
    check_header(header[:width], COLUMNS)
    at = {name: header.index(name) for name in COLUMNS}
    for number, cells in enumerate(rows[1:], start=2):
        if all(is_blank(cell.value) for cell in cells):
            continue
        try:
            if not all(is_blank(cell.value) for cell in cells[width:]):
                raise InputError("a cell holds a value in a column without a header")
            yield read_row(number, {name: cells[index] for name, index in at.items()}, states, notes)
        except InputError as error:
            raise InputError(f"row {number}: {error}") from None


def sheet_rows(source: Source) -> list[tuple[Any, ...]]:
    """Open a workbook and give the rows of its one filled sheet. Raises InputError when that cannot be done."""
    try:
        with warnings.catch_warnings(action="ignore"):
            workbook = load_workbook(io.BytesIO(source.data), data_only=True)
            sheets = [list(sheet.iter_rows()) for sheet in workbook.worksheets]
    except Exception:
        raise InputError("not an Excel workbook (.xlsx) that can be read") from None
    filled = [rows for rows in sheets if not all(is_blank(cell.value) for row in rows for cell in row)]
    if len(filled) != 1:
        raise InputError(f"the workbook has {len(filled)} filled sheets; ICE's list has one")
    return filled[0]


def read_row(number: int, cells: Mapping[str, Any], states: Mapping[str, str], notes: Notes) -> Agreement:
    """Read one row. Raises InputError for a value that is not understood."""
    texts = {name: text_of(name, cells[name].value) for name in COLUMNS if name != "SIGNED"}
    for name in ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "SUPPORT TYPE", "MOA", "ADDENDUM"):
        texts[name] = notes.repairs.text(name, texts[name])
    state = texts["STATE"].casefold()
    if state not in states:
        raise InputError(f"STATE {texts['STATE']!r} is not a state or territory that is known")
    for name, known in (("TYPE", TYPES), ("SUPPORT TYPE", MODELS)):
        if texts[name] not in known:
            raise InputError(f"{name} {texts[name]!r} is not known; known are {', '.join(known)}")
    agency = texts["LAW ENFORCEMENT AGENCY"]
    if not slug(agency):
        raise InputError("LAW ENFORCEMENT AGENCY is empty")
    return Agreement(
        row=number,
        state=states[state],
        agency=agency,
        type=TYPES[texts["TYPE"]],
        county=read_county(texts["COUNTY"], notes.repairs),
        model=MODELS[texts["SUPPORT TYPE"]],
        signed=read_day(cells["SIGNED"].value),
        addresses=(
            read_link(number, "MOA", texts["MOA"], cells["MOA"].hyperlink, notes),
            read_link(number, "ADDENDUM", texts["ADDENDUM"], cells["ADDENDUM"].hyperlink, notes),
        ),
    )


def is_blank(value: Any) -> bool:
    """Tell whether a cell holds nothing, or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(column: str, value: Any) -> str:
    """Give the text of a cell; an empty cell has none. Raises InputError for a number or a date."""
    if value is not None and not isinstance(value, str):
        raise InputError(f"{column} holds {str(value)[:60]!r}, which is not a text")
    return value or ""


def read_county(value: str, repairs: Repairs) -> str:
    """Clean the county; what stands for none, such as #N/A, is empty."""
    cleaned = Repairs().text("", value)
    return repairs.read("COUNTY", value, "" if cleaned in NO_COUNTY else cleaned)


def read_day(value: Any) -> date:
    """Read a day that Excel holds as a date. Raises InputError for a text, a number or a time of day."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    raise InputError(f"SIGNED holds {str(value)[:60]!r}, which is not a day" if value else "SIGNED is empty")


def read_link(number: int, column: str, text: str, link: Any, notes: Notes) -> str:
    """Read the address behind a cell; one that cannot be read is empty and goes to the report."""
    target = link.target if link else None
    if text in NO_LINK and not target:
        return ""
    if text != "link" or not target:
        what = "an address, but its text is not `link`" if target else "no address, and its text is not `link pending`"
        notes.unread.append((number, column, f"the cell holds {what}"))
        return ""
    address, steps = read_address(target)
    if not address:
        notes.unread.append((number, column, f"not an address on www.ice.gov: host {host_of(target)}"))
    elif steps:
        notes.mended.append((number, column, "; ".join(steps)))
    return address


def read_address(target: str) -> tuple[str, list[str]]:
    """Read an address on www.ice.gov out of a link, with what had to be mended; empty when there is none.

    >>> read_address("http://www.ice.gov/doclib/a b.pdf#page=2")[0]
    'https://www.ice.gov/doclib/a%20b.pdf'
    """
    steps, address = [], target.strip()
    if found := re.match("chrome-extension://[a-z]+/", address):
        steps, address = ["browser extension removed"], address[found.end() :]
    try:
        parts = urlsplit(address)
        if (parts.hostname or "").endswith(".safelinks.protection.outlook.com"):
            steps.append("Outlook wrapping removed")
            address = parse_qs(parts.query).get("url", [""])[0]
        if re.match(r"(\.\./|/)*doclib/", address):
            steps.append("relative address resolved")
            address = "https://www.ice.gov/" + re.sub(r"^(\.\./|/)+", "", address)
        parts = urlsplit(mended := re.sub("^(https?):/+", r"\1://", address))
        if parts.netloc.lower() not in ("www.ice.gov", "ice.gov") or parts.scheme not in ("http", "https"):
            return "", []
    except ValueError:
        return "", []
    result = "https://www.ice.gov" + quote(parts.path, safe="/%!$&'()*+,;=:~")
    if not parts.path.strip("/") or "%40" in result:
        return "", []
    if mended != address:
        steps.append("slash added")
    if parts.query or parts.fragment:
        steps.append("query or fragment removed")
    if parts.scheme != "https" or parts.netloc != "www.ice.gov" or " " in parts.path:
        steps.append("written as https://www.ice.gov")
    return result, steps


def host_of(target: str) -> str:
    """Name the host of a link, and nothing else of it."""
    try:
        host = urlsplit(target.strip()).hostname
    except ValueError:
        host = None
    return f"`{host}`" if host else "none"


# Ids


def drop_repeated(agreements: Sequence[Agreement], notes: Notes) -> list[Agreement]:
    """Keep one of the rows that say the same."""
    kept: dict[tuple[Any, ...], Agreement] = {}
    for item in agreements:
        key = (item.state, item.agency, item.type, item.county, item.model, item.signed, item.addresses)
        if key in kept:
            notes.odd.append(f"{item.state}, {item.agency}, {item.model}: listed twice alike, taken once")
        else:
            kept[key] = item
    return list(kept.values())


def identify(agreements: Sequence[Agreement], notes: Notes) -> dict[int, str]:
    """Give the id of each agreement by its row. Raises InputError when two cannot be told apart."""
    groups: dict[str, list[Agreement]] = defaultdict(list)
    for item in agreements:
        groups[make_id(item)].append(item)
    ids: dict[int, str] = {}
    for short, group in groups.items():
        first, *others = sorted(group, key=lambda a: (a.signed, a.county, a.agency, a.type, a.addresses))
        ids[first.row] = short
        counties = Counter(slug(item.county) for item in group)
        for item in others:
            county = slug(item.county)
            ids[item.row] = make_id(item, county if county and counties[county] == 1 else str(item.signed))
            notes.odd.append(f"`{ids[item.row]}` is named so because `{short}` was signed first")
    if repeated := [id_ for id_, count in Counter(ids.values()).items() if count > 1]:
        rows = " and ".join(str(row) for row, id_ in ids.items() if id_ == repeated[0])
        raise InputError(f"rows {rows} cannot be told apart by state, agency, model, county and day")
    return ids


def make_id(item: Agreement, more: str = "") -> str:
    """Join state, agency, what else is needed, and model; a long name is cut between words."""
    tail = "-".join(part for part in (more, item.model) if part)
    head = f"{item.state[3:].lower()}-{slug(item.agency)}"
    room = ID_LENGTH - len(tail) - 1
    if len(head) > room:
        head = head[: room + 1].rpartition("-")[0]
    return f"{head}-{tail}"


def make_report(
    source: Source,
    listed_on: str,
    agreements: Sequence[Agreement],
    ids: Mapping[int, str],
    matches: Mapping[int, Match],
    notes: Notes,
) -> Report:
    """Describe the import."""
    report = Report("Import of agreements", ABOUT)
    agencies = {(a.state, a.agency, matches[a.row].county): a for a in sorted(agreements, key=lambda a: ids[a.row])}
    matched = [a for a in agencies.values() if matches[a.row].ori]
    report.facts = [
        ("Input", f"`{source.name}`"),
        ("SHA-256", f"`{source.sha256}`"),
        ("Date of the list", listed_on),
        ("Agreements", f"{len(agreements):,}"),
        ("Agencies", f"{len(agencies):,}"),
        ("Agencies with an ORI", share(len(matched), len(agencies))),
        ("States and territories", f"{len({a.state for a in agreements}):,}"),
        ("Agreements without an address", f"{sum(not a.addresses[0] for a in agreements):,}"),
        ("Addenda", f"{sum(bool(a.addresses[1]) for a in agreements):,}"),
        ("Columns used", ", ".join(COLUMNS)),
        ("Columns ignored", "none"),
    ]
    report.summary = f"agencies with an ORI: {share(len(matched), len(agencies))}"
    counts = sorted(Counter((a.model, a.type) for a in agreements).items())
    report.table(
        "Agreements", "", ["model", "agency type", "agreements"], [[*key, f"{count:,}"] for key, count in counts]
    )
    kinds = [
        [type_, share(sum(a.type == type_ for a in matched), sum(a.type == type_ for a in agencies.values()))]
        for type_ in sorted(TYPES.values())
    ]
    report.table("Agencies with an ORI", "", ["agency type", "matched"], kinds)
    unmatched = [a for a in agencies.values() if not matches[a.row].ori]
    report.table(
        "Agencies without an ORI",
        "An ORI is given only where one agency alone can be meant.",
        ["state", "agency", "type", "county", "why"],
        [[a.state, a.agency, a.type, a.county, matches[a.row].reason] for a in unmatched],
    )
    _tell_values(report, agreements, ids, matches, notes)
    return report


def _tell_values(
    report: Report,
    agreements: Sequence[Agreement],
    ids: Mapping[int, str],
    matches: Mapping[int, Match],
    notes: Notes,
) -> None:
    spellings: dict[str, set[str]] = defaultdict(set)
    for item in agreements:
        spellings[matches[item.row].ori].add(item.agency)
    report.table(
        "Agencies spelled in several ways",
        "",
        ["ori", "names"],
        [[ori, "; ".join(sorted(names))] for ori, names in sorted(spellings.items()) if ori and len(names) > 1],
    )
    report.table("Values to look at", "", ["what"], [[text] for text in sorted(notes.odd)])
    strange = {
        (a.state, a.agency, a.county, matches[a.row].county.replace(STRANGE, "") or "none")
        for a in agreements
        if a.county and county_key(a.county) != matches[a.row].county
    }
    text = "Kept as listed. A misspelled one is matched as the county that it must mean; keys are without spaces."
    report.table(
        "Counties not found in local_agencies", text, ["state", "agency", "county", "matched as"], sorted(strange)
    )
    for title, items in (("Addresses not read", notes.unread), ("Addresses mended", notes.mended)):
        rows = sorted([ids[row], column, what] for row, column, what in items if row in ids)
        report.table(title, "", ["agreement", "column", "what"], rows)
    report.table("Values repaired", "", ["column", "as listed", "as read", "cells"], notes.repairs.rows())


def share(part: int, whole: int) -> str:
    """Say how many of how many, and the percentage."""
    return f"{part:,} of {whole:,} ({100 * part / whole:.1f}%)" if whole else "none listed"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = make_parser((__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--listed-on",
        metavar="YYYY-MM-DD",
        type=read_date,
        help="day of the list (default: the date in the file's name)",
    )
    return main(TABLE, parser, import_agreements, arguments)


if __name__ == "__main__":
    sys.exit(run())
