"""Trace a touchpoint to a goal: the routes that are open at a place on a day, and what closes the others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from enforcement_web.web.model import Edge, Web, gaps_about
from enforcement_web.web.records import Status
from enforcement_web.web.routes import MAX_HOPS, Paths, Route, starting

LIMIT = 1_000


@dataclass(frozen=True)
class Closing:
    """Why a flow of a closed route is not in force here and now.

    ``status`` is the row that holds, None when no row covers the place and day; ``last`` is the last period here, or
    in a wider place, in which it was in force before, ``elsewhere`` the places where it is in force on the day.
    """

    edge: Edge
    status: Status | None
    last: Status | None
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class ClosedRoute:
    """A route that would be open if its closed flows were in force."""

    route: Route
    closings: tuple[Closing, ...]


@dataclass(frozen=True)
class Trace:
    """What was asked, the open routes best first, the closed ones, and the questions that nobody could answer.

    ``is_complete`` tells whether all open routes of up to ``max_hops`` steps are listed.
    """

    touchpoint: str
    goal: str
    web: Web
    max_hops: int
    routes: tuple[Route, ...]
    is_complete: bool
    closed: tuple[ClosedRoute, ...] = ()
    gaps: tuple[dict[str, str], ...] = field(default=(), repr=False)

    @cached_property
    def opens_with_unknown(self) -> bool:
        """Where no route is open, whether one is once flows count of which no text shows whether they still run."""
        wider = self.web.with_unknown
        starts = starting(wider, self.touchpoint, wider.edges)
        return not self.routes and any(Paths(wider, wider.edges).search(starts, self.goal, self.max_hops))


def trace(
    web: Web, touchpoint: str, to: str = "ice", limit: int = LIMIT, closed: int = 0, max_hops: int = MAX_HOPS
) -> Trace:
    """Trace a touchpoint to an agency or a database.

    ``limit`` bounds the open routes that are given and ``closed`` the closed ones. Raises UnknownIdError for a
    touchpoint or a goal that the package does not have.
    """
    web.require_goal(to)
    starts = starting(web, touchpoint, web.edges)
    found = list(islice(Paths(web, web.edges).search(starts, to, max_hops), limit + 1))
    shut = tuple(islice(closed_routes(web, touchpoint, to, max_hops), closed)) if closed else ()
    flows = {flow for route in found for flow in route.flows} | {
        closing.edge.id for one in shut for closing in one.closings
    }
    flows |= {edge.id for edge in starting(web, touchpoint, web.all_edges)}
    return Trace(
        touchpoint=touchpoint,
        goal=to,
        web=web,
        max_hops=max_hops,
        routes=tuple(found[:limit]),
        is_complete=len(found) <= limit,
        closed=shut,
        gaps=tuple(gaps_about(web, flows)),
    )


def closed_routes(web: Web, touchpoint: str, to: str, max_hops: int = MAX_HOPS) -> Iterator[ClosedRoute]:
    """Give the routes that are not open here and now, the fewest closed flows first.

    Only flows that were in force here at another time, or are in force elsewhere, count. Of the routes that the same
    flows close, only the best is given, and none whose closed flows include those of a route given before.
    """
    edges = {edge.id: edge for edge in web.all_edges.values() if edge.is_open or _could_be_open(web, edge)}
    paths = Paths(web, edges)
    given: list[frozenset[str]] = []
    for route in paths.search(starting(web, touchpoint, edges), to, max_hops, lambda edge: 0 if edge.is_open else 1):
        shut = frozenset(edge.id for edge in route.closed)
        if shut and not any(before <= shut for before in given):
            given.append(shut)
            yield ClosedRoute(route, tuple(_closing(web, edge) for edge in route.closed))


def _could_be_open(web: Web, edge: Edge) -> bool:
    """Whether a flow has a status here, and was in force at some time or place, or is in force elsewhere on the day."""
    rows = web.records.statuses.get(edge.id, ())
    has_row_here = any(row.place in web.around for row in rows)
    return any(row.is_in_force and (has_row_here or row.covers(web.on)) for row in rows)


def _closing(web: Web, edge: Edge) -> Closing:
    rows = web.records.statuses.get(edge.id, [])
    before = [row for row in rows if row.place in web.around and row.is_in_force and row.begins <= web.on]
    elsewhere = {row.place for row in rows if row.place not in web.around and row.is_in_force and row.covers(web.on)}
    return Closing(
        edge=edge,
        status=edge.status,
        last=max(before, key=lambda row: (row.begins, -web.around.index(row.place)), default=None),
        elsewhere=tuple(sorted(elsewhere)),
    )
