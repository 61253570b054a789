"""Match agencies that a list names loosely with the agencies of data/registers/local_agencies.csv.

A match is given only where one agency alone can be meant, by state, kind, name and county.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from enforcement_web import Package
from importing import place_key, records

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
class Listed:
    """An agency as a list names it: its row, and the type, which is county, municipality or state-agency."""

    row: int
    state: str
    agency: str
    type: str
    county: str


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

    def match_all(self, listed: Sequence[Listed]) -> dict[int, Match]:
        """Give the match of each listed agency by its row; an ORI that two agencies lay claim to goes to neither."""
        known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for item in listed:
            known[item.state, item.agency] |= {self.known_county(item)} - {"", STRANGE}
        matches = {}
        for item in listed:
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

    def known_county(self, item: Listed) -> str:
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
