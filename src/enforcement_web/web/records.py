"""The tables that routes are made of, as records in memory, read once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from enforcement_web.dates import date_bounds
from enforcement_web.frames import PathLike
from enforcement_web.package import Package, lacking_columns
from enforcement_web.problem import PackageError

# How much a claim of evidence shows, from nothing to the most (docs/trace.md).
CLAIMS = ("none", "authority", "access", "use")
IN_FORCE = frozenset({"active", "limited"})
# What routes are told with, beside the keys and references that every package has.
_COLUMNS = {
    "agencies": ("acronym", "kind", "name"),
    "databases": ("acronym", "name"),
    "evidence": ("finding", "read", "read_on", "stance"),
    "flow_laws": ("effect",),
    "flow_status": ("ended", "start_is", "started", "status", "summary"),
    "flows": ("data_categories", "initiated_by", "mechanism", "summary"),
    "gaps": ("question", "record_id", "table"),
    "jurisdictions": ("name",),
}


@dataclass(frozen=True)
class Status:
    """One period in the history of a flow in a place; ``ends`` is the first day on which it no longer holds."""

    id: str
    flow_id: str
    place: str
    started: str
    start_is: str
    ended: str
    status: str
    law_id: str
    summary: str
    begins: date
    ends: date | None

    @property
    def is_in_force(self) -> bool:
        """Whether data passes, at least in part."""
        return self.status in IN_FORCE

    def covers(self, day: date) -> bool:
        """Whether the period holds on a day, as far as its dates are known."""
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Flow:
    """One step of data about a person, with the ids of its ends and the categories of data that it carries."""

    id: str
    source_agency: str
    source_database: str
    target_agency: str
    target_database: str
    network: str
    touchpoint: str
    mechanism: str
    initiated_by: str
    responds_to: str
    categories: frozenset[str]
    summary: str


@dataclass
class Records:
    """The records of a package by table and id."""

    agencies: dict[str, dict[str, str]]
    databases: dict[str, dict[str, str]]
    places: dict[str, dict[str, str]]
    touchpoints: dict[str, dict[str, str]]
    laws: dict[str, dict[str, str]]
    flows: dict[str, Flow]
    statuses: dict[str, list[Status]]
    flow_laws: dict[str, list[dict[str, str]]]
    evidence: dict[tuple[str, str], list[dict[str, str]]]
    gaps: list[dict[str, str]]
    actions: list[dict[str, Any]]
    package: Package = field(repr=False)

    @cached_property
    def tiers(self) -> dict[str, str]:
        """How close each source is to the fact, by id."""
        sources = self.package.scan_json(self.package.resources["sources"]).records
        return {source["id"]: source["custom"]["tier"] for source in sources}

    def around(self, place: str) -> tuple[str, ...]:
        """A place and every place around it, the narrowest first."""
        chain = [place]
        while parent := self.places[chain[-1]]["parent_id"]:
            chain.append(parent)
        return tuple(chain)

    def within(self, table: str, record: str) -> tuple[str, ...]:
        """A record and the records that it is a part of: an office and its agencies, a part and its wholes."""
        rows = self.agencies if table == "agencies" else self.databases
        chain = [record]
        while parent := rows[chain[-1]]["parent_id"]:
            chain.append(parent)
        return tuple(chain)

    def claim(self, flow: str, status: Status | None = None) -> int:
        """How much the evidence of a flow, and of one status of it, shows at the most: a place in ``CLAIMS``."""
        rows = self.evidence.get(("flows", flow), [])
        if status:
            rows = rows + self.evidence.get(("flow_status", status.id), [])
        claims = [row["claim"] for row in rows if row["stance"] == "supports"]
        return max((CLAIMS.index(claim) for claim in claims if claim in CLAIMS), default=0)


def require_columns(package: Package) -> None:
    """Raise PackageError when a table lacks a column that routes and cards are told with."""
    lacking = lacking_columns(package, _COLUMNS, "routes and cards")
    if lacking:
        raise PackageError(lacking)


def read_records(package: PathLike = None) -> Records:
    """Read the tables of a package. Raises PackageError when one cannot be read or lacks a column that routes need."""
    opened = Package.open(package)
    require_columns(opened)
    return _read(opened)


@cache
def shipped_records() -> Records:
    """The records of the package that is installed with this library."""
    return read_records()


def _read(package: Package) -> Records:
    def table(name: str) -> list[dict[str, str]]:
        return package.records(package.resources[name])

    def by_id(name: str) -> dict[str, dict[str, str]]:
        return {row["id"]: row for row in table(name)}

    statuses: dict[str, list[Status]] = defaultdict(list)
    for row in table("flow_status"):
        statuses[row["flow_id"]].append(_status(row))
    flow_laws: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("flow_laws"):
        flow_laws[row["flow_id"]].append(row)
    evidence: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in table("evidence"):
        evidence[row["table"], row["record_id"]].append(row)
    return Records(
        agencies=by_id("agencies"),
        databases=by_id("databases"),
        places=by_id("jurisdictions"),
        touchpoints=by_id("touchpoints"),
        laws=by_id("laws"),
        flows={row["id"]: _flow(row) for row in table("flows")},
        statuses=dict(statuses),
        flow_laws=dict(flow_laws),
        evidence=dict(evidence),
        gaps=table("gaps"),
        actions=package.records(package.resources["actions"]),
        package=package,
    )


def _status(row: dict[str, str]) -> Status:
    return Status(
        id=row["id"],
        flow_id=row["flow_id"],
        place=row["jurisdiction_id"],
        started=row["started"],
        start_is=row["start_is"],
        ended=row["ended"],
        status=row["status"],
        law_id=row["law_id"],
        summary=row["summary"],
        begins=date_bounds(row["started"])[0],
        ends=date_bounds(row["ended"])[0] if row["ended"] else None,
    )


def _flow(row: dict[str, str]) -> Flow:
    return Flow(
        id=row["id"],
        source_agency=row["source_agency_id"],
        source_database=row["source_database_id"],
        target_agency=row["target_agency_id"],
        target_database=row["target_database_id"],
        network=row["network_id"],
        touchpoint=row["touchpoint_id"],
        mechanism=row["mechanism"],
        initiated_by=row["initiated_by"],
        responds_to=row["responds_to"],
        categories=frozenset(row["data_categories"].split(";")) - {""},
        summary=row["summary"],
    )
