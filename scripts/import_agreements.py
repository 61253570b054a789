"""Rebuild data/registers/agreements.csv from ICE's list of agencies with a 287(g) agreement.

Import local_agencies first: each agreement is matched with the agency there, where one alone can be meant.
"""

import argparse
import io
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from openpyxl import load_workbook

from enforcement_web import Package
from importing import (
    InputError,
    Repairs,
    Report,
    Source,
    UsageError,
    check_header,
    main,
    make_parser,
    place_key,
    read_date,
    records,
    slug,
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
class Agreement:
    """One row of ICE's list as it was read: its row in the sheet, and what stands there."""

    row: int
    state: str
    agency: str
    type: str
    county: str
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


# Matching with local_agencies

CITY_FORMS = "borough|city|town|township|village"
CAMPUS_KINDS = ("university", "other")
STATE_KINDS = ("state-agency", "state-police")
# Listed by the FBI under a county's bare name, as sheriffs are, though a county police department.
COUNTY_POLICE = {"NY0290000"}
# The form of a name that ends in City where the state has no place of that whole name.
SUFFIX = "city-suffix"
# Stands for a listed county that the state has not.
STRANGE = "?"
_SHERIFF = re.compile(r"(.+?)(?: county| parish)? sheriff'?s?'? (?:office|department|dept)\.?", re.IGNORECASE)
_POLICE = re.compile(
    r"(.+?)(?: police(?: services)?(?: depart?e?ment| dept\.?)?|(?: department of)? public safety(?: department)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Name:
    """What tells an agency's name apart: its role, its place as a key, and the form of municipality if one is named.

    ``is_loose`` says that the form is one that the FBI may leave out.
    """

    role: str
    place: str
    form: str = ""
    is_loose: bool = False


@dataclass(frozen=True)
class Agency:
    """An agency of local_agencies as the matching sees it."""

    ori: str
    kind: str
    name: Name
    whole_key: str
    counties: frozenset[str]
    names_county: bool
    is_statewide: bool


@dataclass(frozen=True)
class Match:
    """The agency that was found, or why none was; ``name`` and ``county`` are those it was sought by."""

    ori: str
    reason: str
    name: Name
    county: str


class Matcher:
    """Finds agencies of local_agencies by state, kind and name."""

    def __init__(self, package: Package):
        self.state_keys = {row["id"]: place_key(row["name"]) for row in records(package, "jurisdictions")}
        self.agencies: dict[str, list[Agency]] = defaultdict(list)
        for row in records(package, "local_agencies"):
            self.agencies[row["jurisdiction_id"]].append(self._agency(row))
        self.counties = {state: {c for a in items for c in a.counties} for state, items in self.agencies.items()}

    def match_all(self, agreements: Sequence[Agreement]) -> dict[int, Match]:
        """Give the match of each agreement by its row; an ORI that two agencies lay claim to goes to neither."""
        known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for item in agreements:
            known[item.state, item.agency] |= {self.known_county(item)} - {"", STRANGE}
        matches = {}
        for item in agreements:
            counties = known[item.state, item.agency]
            county = next(iter(counties)) if len(counties) == 1 else self.known_county(item)
            matches[item.row] = self.find(item.state, item.agency, item.type, county)
        claims: dict[str, set[Name]] = defaultdict(set)
        for match in matches.values():
            claims[match.ori].add(match.name)
        unclear = {ori for ori, names in claims.items() if ori and not are_one(names)}
        return {
            row: Match("", f"another listed agency would have {match.ori} too", match.name, match.county)
            if match.ori in unclear
            else match
            for row, match in matches.items()
        }

    def known_county(self, item: Agreement) -> str:
        """Give the key of the county listed, or of the one county of the state that it must be a misspelling of."""
        counties = self.counties.get(item.state, set())
        key = county_key(item.county)
        near = [key] if key in counties else get_close_matches(key, sorted(counties), n=2, cutoff=0.82)
        return near[0] if len(near) == 1 else STRANGE if key else ""

    def find(self, state: str, agency: str, type_: str, county: str) -> Match:
        """Find the one agency that a listed name can mean."""
        found = re.fullmatch(r"(.+?) - (.+)", agency)
        plain = found[1] if found and county_key(found[2]) == county else agency
        name, candidates = self._candidates(state, plain, type_)
        if county == STRANGE and name.role == "police":
            return Match("", "the county listed is not one of the state's", name, county)
        ori, reason = self._choose(name, candidates, county.replace(STRANGE, ""))
        return Match(ori, reason, name, county)

    def _candidates(self, state: str, agency: str, type_: str) -> tuple[Name, list[Agency]]:
        name = self._listed_name(state, agency, type_)
        agencies = self.agencies.get(state, [])
        if whole := [a for a in agencies if a.whole_key == place_key(agency)]:
            return name, whole
        found = [a for a in agencies if a.name.role == name.role and a.name.place == name.place]
        return (name, found) if found or name.role != "police" else self._less_certain(name, agencies)

    def _choose(self, name: Name, candidates: Sequence[Agency], county: str) -> tuple[str, str]:
        """Give the ORI of the one candidate that is meant, or why there is none."""
        near = [a for a in candidates if not (county and a.counties) or county in a.counties]
        if candidates and not near:
            return "", f"the county differs from that of {', '.join(sorted(a.ori for a in candidates))}"
        fitting = self._of_form(name, near) if name.role == "police" else near
        if not fitting:
            return "", "none of this name"
        if len(fitting) > 1:
            oris = sorted(a.ori for a in fitting)
            more = f" and {len(oris) - 4} more" if len(oris) > 4 else ""
            return "", f"several could be meant: {', '.join(oris[:4])}{more}"
        (only,) = fitting
        needs_county = only.names_county or name.form == SUFFIX or (only.name.form and not name.form)
        if needs_county and county not in only.counties:
            return "", f"without its county, not certainly {only.ori}"
        if name.role == "state" and not only.is_statewide:
            return "", f"{only.ori} may be one unit of it"
        return only.ori, ""

    @staticmethod
    def _less_certain(name: Name, agencies: Sequence[Agency]) -> tuple[Name, list[Agency]]:
        campus = [a for a in agencies if a.kind in CAMPUS_KINDS and a.whole_key == name.place]
        if campus or name.form or not name.place.endswith("city"):
            return name, campus
        name = Name("police", name.place.removesuffix("city"), SUFFIX, True)
        return name, [a for a in agencies if a.name.role == "police" and a.name.place == name.place]

    @staticmethod
    def _of_form(name: Name, near: Sequence[Agency]) -> list[Agency]:
        if not name.form:
            return [a for a in near if a.name.form in ("", "borough", "city", "township") or a.whole_key == name.place]
        same = [a for a in near if a.name.form == name.form]
        return same or [a for a in near if name.is_loose and not a.name.form]

    def _agency(self, row: Mapping[str, str]) -> Agency:
        text, _, in_county = row["name"].partition(", ")
        listed = frozenset(county_key(name) for name in row["counties"].split(";") if name)
        is_city, is_county = row["kind"] == "city", row["kind"] == "county"
        if not in_county.endswith(" County"):
            text, in_county = row["name"], ""
        if is_city:
            police = _POLICE.fullmatch(text)
            name = municipality(police[1] if police else text)
        elif is_county and " Police" not in text and row["ori"] not in COUNTY_POLICE:
            sheriff = _SHERIFF.fullmatch(text)
            name = Name("sheriff", county_key(sheriff[1] if sheriff else text))
        elif row["kind"] in STATE_KINDS:
            name = Name("state", self._state_key(row["jurisdiction_id"], text))
        else:
            name = Name(row["kind"], place_key(text))
        key = place_key(row["name"] + " County Police Department" * (row["ori"] in COUNTY_POLICE))
        is_own = key.startswith(self.state_keys.get(row["jurisdiction_id"], "-"))
        return Agency(row["ori"], row["kind"], name, key, listed, bool(in_county), is_own or not listed)

    def _listed_name(self, state: str, agency: str, type_: str) -> Name:
        if found := _SHERIFF.fullmatch(agency):
            return Name("sheriff", place_key(found[1]))
        if type_ == "state-agency":
            return Name("state", self._state_key(state, agency))
        found = _POLICE.fullmatch(agency)
        return municipality(found[1]) if found else Name("other", place_key(agency))

    def _state_key(self, state: str, text: str) -> str:
        key = place_key(text).removeprefix(self.state_keys.get(state, "-")).removeprefix("state")
        return key.removesuffix("department") if key.endswith("policedepartment") else key


def are_one(names: Collection[Name]) -> bool:
    """Tell whether names can be spellings of one agency's name: one role, one place, one form where one is named."""
    places, forms = {(name.role, name.place) for name in names}, {name.form for name in names}
    return len(places) == 1 and len(forms - {""}) < 2


def municipality(text: str) -> Name:
    """Take a municipality's form off its name.

    >>> municipality("Town of Madison") == Name("police", "madison", "town", True)
    True
    """
    if found := re.fullmatch(rf"({CITY_FORMS}) of (.+)", text, re.IGNORECASE):
        form = found[1].lower()
        return Name("police", place_key(found[2]), form, form != "township")
    if found := re.fullmatch(r"(.+) (borough|town|township|twp|village)\.?", text, re.IGNORECASE):
        form = found[2].lower().replace("twp", "township")
        return Name("police", place_key(found[1]), form, form == "borough")
    return Name("police", place_key(text))


def county_key(text: str) -> str:
    """Reduce a county's name to a key, without the word county, however spelled, or parish."""
    return place_key(re.sub(r" (cou?nte?y|parish)$", "", text.strip(), flags=re.IGNORECASE))


# The report


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
