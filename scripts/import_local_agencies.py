"""Rebuild data/registers/local_agencies.csv from the FBI's Law Enforcement Employee data."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from enforcement_web import Package
from importing import InputError, Repairs, Report, Source, main, make_parser, read_csv, read_number, states_by_name

TABLE = "local_agencies"
USED = (
    "ori",
    "data_year",
    "pub_agency_name",
    "state_abbr",
    "county_name",
    "agency_type_name",
    "population",
    "officer_ct",
    "civilian_ct",
)
# Both follow from the columns used: the sum of officers and civilians, and that sum for each 1,000 people.
IGNORED = ("total_pe_ct", "pe_ct_per_1000")
KINDS = {
    "City": "city",
    "County": "county",
    "Federal": "federal",
    "Other": "other",
    "Other State Agency": "state-agency",
    "State Police": "state-police",
    "Tribal": "tribal",
    "University or College": "university",
}
# State codes of the FBI that are not postal ones. FS stands for agencies of the federal government.
STATE_CODES = {"FS": "US", "GM": "US-GU", "NB": "US-NE"}
NO_COUNTY = {"NOT SPECIFIED", "UNMAPPED COUNTY"}
# Counties whose capitals, accents or joined words follow no rule; a state stands before a name that differs by state.
COUNTY_NAMES = {
    "DEKALB": "DeKalb",
    "DESOTO": "DeSoto",
    "DEWITT": "DeWitt",
    "DONA ANA": "Doña Ana",
    "DUPAGE": "DuPage",
    "FOND DU LAC": "Fond du Lac",
    "IL LA SALLE": "LaSalle",
    "IN LA PORTE": "LaPorte",
    "LA LA SALLE": "LaSalle",
    "LAC QUI PARLE": "Lac qui Parle",
    "LAGRANGE": "LaGrange",
    "LAMOURE": "LaMoure",
    "LARUE": "LaRue",
}
_SMALL_WORDS = {"and", "of", "the"}
ABOUT = (
    "State, local and tribal law enforcement agencies by ORI, from the FBI's Law Enforcement Employee data. The FBI's"
    " list drops the unit after a colon (`State Police:`), so several agencies of a state can share a name; the county"
    " tells most of them apart."
)


def import_agencies(package: Package, source: Source, options: argparse.Namespace) -> tuple[list[list[str]], Report]:
    """Read the list. Raises InputError for an unknown state or type, a repeated ORI or a figure that is no number."""
    states = {id_[3:]: id_ for id_ in states_by_name(package).values()} | STATE_CODES
    repairs, mismatches = Repairs(), list[list[str]]()
    rows: list[list[str]] = []
    seen: dict[str, int] = {}
    for line, record in read_csv(source, USED + IGNORED):
        try:
            row = read_agency(record, states, repairs)
            total = read_number(record["total_pe_ct"], "total_pe_ct")
        except InputError as error:
            raise InputError(f"line {line}: {error}") from None
        if row[0] in seen:
            raise InputError(f"line {line}: ORI {row[0]} stands on line {seen[row[0]]} too")
        seen[row[0]] = line
        rows.append(row)
        if total != int(row[6]) + int(row[7]):
            mismatches.append([row[0], row[6], row[7], str(total)])
    if not rows:
        raise InputError("the list has no rows")
    return rows, make_report(source, rows, repairs, mismatches)


def read_agency(record: Mapping[str, str], states: Mapping[str, str], repairs: Repairs) -> list[str]:
    """Make the cells of one agency. Raises InputError for a value that is not understood."""
    state, kind = record["state_abbr"], record["agency_type_name"]
    if state not in states:
        raise InputError(f"state_abbr {state!r} is not a state or territory that is known")
    if kind not in KINDS:
        raise InputError(f"agency_type_name {kind!r} is not a type that is known")
    if not re.fullmatch("[A-Z]{2}[A-Z0-9]{7}", record["ori"]):
        raise InputError(f"ori {record['ori'][:60]!r} does not have the form of an ORI")
    population = read_number(record["population"], "population")
    return [
        record["ori"],
        agency_name(record["pub_agency_name"], repairs),
        KINDS[kind],
        states[state],
        ";".join(sorted(counties(record["county_name"], state, repairs))),
        str(population or ""),
        str(read_number(record["officer_ct"], "officer_ct")),
        str(read_number(record["civilian_ct"], "civilian_ct")),
        str(read_number(record["data_year"], "data_year")),
    ]


def agency_name(text: str, repairs: Repairs) -> str:
    """Clean a name: no mark at the end where its unit is missing, and one space after a colon.

    Raises InputError when nothing is left.
    """
    name = re.sub(r"\s*:\s*", ": ", Repairs().text("", text)).rstrip(" :,")
    if not name:
        raise InputError("pub_agency_name is empty")
    return repairs.read("pub_agency_name", text, name)


def counties(text: str, state: str, repairs: Repairs) -> set[str]:
    """Read the counties of a cell. Raises InputError when one is not written in capitals."""
    found = set()
    for name in text.split(", "):
        if name in NO_COUNTY:
            repairs.read("county_name", name, "")
        elif not re.fullmatch("[A-Z][A-Z .'-]*", name):
            raise InputError(f"county_name {text[:60]!r} is not a list of counties in capitals")
        elif special := COUNTY_NAMES.get(f"{state} {name}", COUNTY_NAMES.get(name)):
            found.add(repairs.read("county_name", name, special))
        else:
            found.add(county_case(name))
    return found


def county_case(name: str) -> str:
    """Give a county's name in its usual capitals.

    >>> [county_case(name) for name in ("MCHENRY", "ST MARY'S", "LAKE OF THE WOODS", "VALDEZ-CORDOVA", "O'BRIEN")]
    ['McHenry', "St. Mary's", 'Lake of the Woods', 'Valdez-Cordova', "O'Brien"]
    """
    words = [word.capitalize() for word in re.split("([ -])", name)]
    text = "".join(word.lower() if word.lower() in _SMALL_WORDS else word for word in words)
    text = re.sub(r"\b(Mc|O')([a-z])", lambda match: match[1] + match[2].upper(), text)
    return re.sub(r"^(Ste?)(?= )", r"\1.", text)


def make_report(source: Source, rows: list[list[str]], repairs: Repairs, mismatches: list[list[str]]) -> Report:
    """Describe the import."""
    report = Report("Import of local agencies", ABOUT)
    report.facts = [
        ("Input", f"`{source.name}`"),
        ("SHA-256", f"`{source.sha256}`"),
        ("Date of the list", f"not given; figures are for {min(r[8] for r in rows)} to {max(r[8] for r in rows)}"),
        ("Rows", f"{len(rows):,}"),
        ("Population empty, listed as 0", f"{sum(not row[5] for row in rows):,}"),
        ("Agencies without a county", f"{sum(not row[4] for row in rows):,}"),
        ("Columns used", ", ".join(USED)),
        ("Columns ignored", f"{', '.join(IGNORED)}: they follow from officers, civilians and population"),
        ("State codes read as", ", ".join(f"{code} = {id_}" for code, id_ in STATE_CODES.items())),
    ]
    for title, column, at in (("Kinds", "kind", 2), ("Years of the figures", "year", 8), ("Places", "place", 3)):
        counts = sorted(Counter(row[at] for row in rows).items())
        report.table(title, "", [column, "agencies"], [[value, f"{count:,}"] for value, count in counts])
    report.table(
        "Totals that differ from officers and civilians",
        "The register holds officers and civilians as listed.",
        ["ori", "officers", "civilians", "total listed"],
        sorted(mismatches),
    )
    report.table("Values repaired", "", ["column", "as listed", "as read", "cells"], repairs.rows())
    return report


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    return main(TABLE, make_parser(__doc__ or ""), import_agencies, arguments)


if __name__ == "__main__":
    sys.exit(run())
