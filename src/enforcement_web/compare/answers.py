"""What a change of the package changes in its answers: routes that are open in one version only, on the same day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enforcement_web.compare.tables import Tables
from enforcement_web.package import Package
from enforcement_web.problem import UnknownIdError
from enforcement_web.redirects import new_ids
from enforcement_web.web import Records, Web, read_records, trace

# Tables that routes are made of.
WEB_TABLES = ("agencies", "databases", "flow_status", "flows", "jurisdictions", "touchpoints")
Flows = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """How the routes from a touchpoint differ at some places, on one day.

    ``opened`` and ``closed`` are routes as flow ids in order; ``before`` and ``after`` count all open routes.
    ``causes`` are the flows that made the difference, with what happened to each.
    """

    touchpoint: str
    places: tuple[str, ...]
    opened: tuple[Flows, ...]
    closed: tuple[Flows, ...]
    before: int
    after: int
    causes: tuple[tuple[str, str], ...]


def answer_changes(old: Tables, new: Tables, on: date, to: str = "ice") -> tuple[Answer, ...]:
    """Compare the routes to an agency or a database, from every touchpoint at every place, on a day.

    Places where the same routes opened and closed stand together. A flow that only got another id is the same flow.
    Raises UnknownIdError when neither package has the goal.
    """
    if all(not tables.rows(name).get((to,)) for tables in (old, new) for name in ("agencies", "databases")):
        raise UnknownIdError("agency or database", to, [*_ids(new, "agencies"), *_ids(new, "databases")])
    if all(old.rows(name) == new.rows(name) for name in WEB_TABLES):
        return ()
    renamed = {was: ids[0] for (table, was), row in new.redirects.items() if table == "flows" and (ids := new_ids(row))}
    first, second = _Side(old.package, on, to, renamed), _Side(new.package, on, to, {})
    return tuple(_together(first, second))


def _ids(tables: Tables, name: str) -> list[str]:
    return [key[0] for key in tables.rows(name)]


def _together(first: "_Side", second: "_Side") -> Iterator[Answer]:
    every = sorted({*first.records.places, *second.records.places})
    places = [place for place in every if first.state(place) != second.state(place)]
    for touchpoint in sorted({*first.records.touchpoints, *second.records.touchpoints}):
        groups: dict[tuple[frozenset[Flows], frozenset[Flows]], list[str]] = defaultdict(list)
        for place in places:
            was, now = first.routes(touchpoint, place), second.routes(touchpoint, place)
            if was != now:
                groups[was, now].append(place)
        for (was, now), alike in groups.items():
            opened, closed = sorted(now - was), sorted(was - now)
            causes = _causes(first, second, alike[0], opened, closed)
            yield Answer(touchpoint, tuple(alike), tuple(opened), tuple(closed), len(was), len(now), causes)


def _causes(
    first: "_Side", second: "_Side", place: str, opened: list[Flows], closed: list[Flows]
) -> tuple[tuple[str, str], ...]:
    was, now = first.standing(place), second.standing(place)
    causes = {}
    for flow in sorted({flow for route in (*opened, *closed) for flow in route}):
        before, after = was.get(flow, "absent"), now.get(flow, "absent")
        if before != after:
            causes[flow] = "new flow" if before == "absent" else f"{before}, now {after}"
    return tuple(causes.items())


class _Side:
    """The routes of one package."""

    def __init__(self, package: Package, on: date, to: str, renamed: dict[str, str]):
        self.records: Records = read_records(package.root)
        self.on, self.to, self.renamed = on, to, renamed
        self._webs: dict[str, Web | None] = {}

    def routes(self, touchpoint: str, place: str) -> frozenset[Flows]:
        """The open routes from a touchpoint at a place; none where the package lacks one of them or the goal."""
        web = self._web(place)
        if web is None or touchpoint not in self.records.touchpoints:
            return frozenset()
        if self.to not in self.records.agencies and self.to not in self.records.databases:
            return frozenset()
        routes = trace(web, touchpoint, self.to).routes
        return frozenset(tuple(self._named(flow) for flow in route.flows) for route in routes)

    def state(self, place: str) -> object:
        """All that the routes at a place depend on: where this is equal, the routes are."""
        web = self._web(place)
        if web is None:
            return None
        edges = {(edge.source, edge.target, edge.flow) for edge in web.edges.values()}
        agencies = {
            (name, web.agency_here(name), row["parent_id"], row["kind"]) for name, row in self.records.agencies.items()
        }
        databases = {
            (name, web.database_here(name), row["parent_id"], *web.keepers(name))
            for name, row in self.records.databases.items()
        }
        return edges, agencies, databases, set(self.records.touchpoints)

    def standing(self, place: str) -> dict[str, str]:
        """What status each flow has at a place."""
        web = self._web(place)
        if web is None:
            return {}
        return {
            self._named(flow): status.status if (status := web.standing(flow)) else "without a status"
            for flow in self.records.flows
        }

    def _named(self, flow: str) -> str:
        return self.renamed.get(flow, flow)

    def _web(self, place: str) -> Web | None:
        if place not in self._webs:
            self._webs[place] = Web(self.records, self.on, place) if place in self.records.places else None
        return self._webs[place]
