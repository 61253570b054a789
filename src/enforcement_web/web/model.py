"""The web at a place on a day: which flows are in force, where each leads, and which can follow which."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from enforcement_web.frames import PathLike
from enforcement_web.problem import UnknownIdError
from enforcement_web.web.records import Flow, Records, Status, read_records, shipped_records


class Node(NamedTuple):
    """Where data is: an agency, and the database there when one is known ("" otherwise)."""

    agency: str
    database: str


@dataclass(frozen=True)
class Edge:
    """A flow at the web's place, with its ends there and the status that holds; None when no row covers the day."""

    flow: Flow
    source: Node
    target: Node
    status: Status | None
    claim: int
    is_open: bool

    @property
    def id(self) -> str:
        """Id of the flow."""
        return self.flow.id


# A place that data can be in for the next step: ("agency", id) or ("database", id).
Key = tuple[str, str]


class Web:
    """The flows of a package as they stand at a place on a day.

    A group row ("each state's motor vehicle agency") becomes its member at the place, where it has just one. What
    holds is the status of the narrowest place around it that covers the day. With ``unknown``, flows of which no text
    shows whether they still run count as open too.

    ``package`` is the folder of a package, its records when they have been read, or None for the shipped one; ``on``
    is a date, one as text, or None for the current day. Raises UnknownIdError for a place that the package does not
    have, and ValueError for a text that is no date.
    """

    def __init__(
        self,
        package: PathLike | Records = None,
        on: date | str | None = None,
        place: str = "US",
        unknown: bool = False,
    ):
        self.records = records = package if isinstance(package, Records) else _records(package)
        if place not in records.places:
            raise UnknownIdError("place", place, records.places)
        self.on = date.fromisoformat(on) if isinstance(on, str) else on or date.today()
        self.place = place
        self.unknown = unknown
        self.around = records.around(place)
        self._agency_here = self._members(records.agencies)
        self._database_here = self._members(records.databases)

    @cached_property
    def edges(self) -> dict[str, Edge]:
        """The flows in force, by id."""
        return {edge.id: edge for edge in self.all_edges.values() if edge.is_open}

    @cached_property
    def all_edges(self) -> dict[str, Edge]:
        """Every flow that bears on the place at any time, in force or not, by id."""
        return {flow.id: self._edge(flow) for flow in self.records.flows.values() if self._bears_here(flow)}

    @cached_property
    def with_unknown(self) -> "Web":
        """The same web, with the flows counted as open of which no text shows whether they still run."""
        return self if self.unknown else Web(self.records, self.on, self.place, unknown=True)

    def standing(self, flow: str) -> Status | None:
        """The status of a flow here and now: of the rows that cover the day, the one of the narrowest place."""
        rows = [row for row in self.records.statuses.get(flow, ()) if row.place in self.around and row.covers(self.on)]
        return min(rows, key=lambda row: (self.around.index(row.place), -row.begins.toordinal()), default=None)

    def agency_here(self, agency: str) -> str:
        """The agency that a row stands for at this place."""
        return self._agency_here.get(agency, agency)

    def database_here(self, database: str) -> str:
        """The database that a row stands for at this place."""
        return self._database_here.get(database, database)

    def source_key(self, edge: Edge) -> Key:
        """Where data must be for a flow to take it on: the database that it names, else the agency."""
        return ("database", edge.source.database) if edge.source.database else ("agency", edge.source.agency)

    def arrival_keys(self, node: Node) -> set[Key]:
        """Where data is once it has arrived: docs/trace.md tells why.

        At the database, its parts and its wholes; at the agency and those that it is an office of, short of a
        department; at the owner and the operator of the database and those that they are offices of.
        """
        keys = self._agency_keys(node.agency)
        if node.database:
            keys |= {("database", one) for one in self._related[node.database]}
            for keeper in self.keepers(node.database):
                keys |= self._agency_keys(keeper)
        return keys

    def keepers(self, database: str) -> list[str]:
        """The owner and the operator of a database."""
        row = self.records.databases[database]
        return [self.agency_here(row[name]) for name in ("owner_id", "operator_id") if row[name]]

    def is_at(self, node: Node, goal: str) -> bool:
        """Whether data at a node is open to an agency, or in a database or a part or whole of it."""
        if goal in self.records.databases:
            return bool(node.database) and self.database_here(goal) in self._related[node.database]
        holders = [node.agency, *(self.keepers(node.database) if node.database else ())]
        return any(self.agency_here(goal) in self.records.within("agencies", holder) for holder in holders)

    def require_goal(self, goal: str) -> None:
        """Raise UnknownIdError when an id is neither an agency nor a database."""
        if goal not in self.records.agencies and goal not in self.records.databases:
            raise UnknownIdError("agency or database", goal, [*self.records.agencies, *self.records.databases])

    def _agency_keys(self, agency: str) -> set[Key]:
        first, *above = self.records.within("agencies", agency)
        offices = takewhile(lambda one: self.records.agencies[one]["kind"] != "department", above)
        return {("agency", one) for one in (first, *offices)}

    @cached_property
    def _related(self) -> dict[str, frozenset[str]]:
        """Each database with itself, its wholes and its parts."""
        related: dict[str, set[str]] = defaultdict(set)
        for database in self.records.databases:
            for whole in self.records.within("databases", database):
                related[database].add(whole)
                related[whole].add(database)
        return {database: frozenset(ids) for database, ids in related.items()}

    def _members(self, rows: dict[str, dict[str, str]]) -> dict[str, str]:
        """Map each group to its one member here, and where it has several here each of them to the group."""
        here: dict[str, list[str]] = defaultdict(list)
        for row in rows.values():
            group = rows.get(row["group_id"])
            if group and row["jurisdiction_id"] in self.around and row["jurisdiction_id"] != group["jurisdiction_id"]:
                here[group["id"]].append(row["id"])
        mapped: dict[str, str] = {}
        for group_id, members in here.items():
            depth = {member: self.around.index(rows[member]["jurisdiction_id"]) for member in members}
            nearest = [member for member in members if depth[member] == min(depth.values())]
            if len(nearest) == 1:
                mapped[group_id] = nearest[0]
            else:
                mapped |= dict.fromkeys(nearest, group_id)
        return mapped

    def _bears_here(self, flow: Flow) -> bool:
        """Whether a flow has a status at this place, or could have one: neither end is a body of another place."""
        if any(row.place in self.around for row in self.records.statuses.get(flow.id, ())):
            return True
        return all(self._is_around(end) for end in (flow.source_agency, flow.target_agency))

    def _is_around(self, agency: str) -> bool:
        place = self.records.agencies[self.agency_here(agency)]["jurisdiction_id"]
        return place in self.around or not place.startswith("US-")

    def _edge(self, flow: Flow) -> Edge:
        status = self.standing(flow.id)
        return Edge(
            flow=flow,
            source=self._node(flow.source_agency, flow.source_database),
            target=self._node(flow.target_agency, flow.target_database),
            status=status,
            claim=self.records.claim(flow.id, status),
            is_open=status is not None and (status.is_in_force or (self.unknown and status.status == "unknown")),
        )

    def _node(self, agency: str, database: str) -> Node:
        return Node(self.agency_here(agency), self.database_here(database) if database else "")


def _records(package: PathLike) -> Records:
    return shipped_records() if package is None else read_records(package)


def gaps_about(web: Web, flows: Iterable[str]) -> Iterator[dict[str, str]]:
    """Questions that were looked into and not answered, about flows or their statuses at a web's place."""
    wanted = set(flows)
    statuses = {row.id for flow in wanted for row in web.records.statuses.get(flow, ())}
    for gap in web.records.gaps:
        is_near = not gap["jurisdiction_id"] or gap["jurisdiction_id"] in web.around
        is_here = is_near and gap["jurisdiction_id"] not in ("", "US")
        is_about_flows = gap["table"] in ("flows", "flow_status")
        if (is_near and gap["record_id"] in wanted | statuses) or (is_here and is_about_flows):
            yield gap
