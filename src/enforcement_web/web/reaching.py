"""The other way round: what can reach an agency or a database, and what a place's own agencies can reach."""

from dataclasses import dataclass

from enforcement_web.web.model import Edge, Node, Web
from enforcement_web.web.routes import MAX_HOPS, Paths, Route, starting


@dataclass(frozen=True)
class Reach:
    """What can reach a goal: the best route from each touchpoint, and from each flow that begins elsewhere."""

    goal: str
    web: Web
    touchpoints: dict[str, Route]
    flows: dict[str, Route]


@dataclass(frozen=True)
class Around:
    """What the data of a place's own agencies can reach: the fewest steps to each node, with the last flow."""

    place: str
    web: Web
    agencies: tuple[str, ...]
    nodes: dict[Node, tuple[int, Edge]]


def reach(web: Web, goal: str, max_hops: int = MAX_HOPS) -> Reach:
    """Find what can reach an agency or a database. Raises UnknownIdError for one that the package does not have."""
    web.require_goal(goal)
    paths = Paths(web, web.edges)
    touchpoints, flows = {}, {}
    for touchpoint in web.records.touchpoints:
        if best := next(paths.search(starting(web, touchpoint, web.edges), goal, max_hops), None):
            touchpoints[touchpoint] = best
    for edge in web.edges.values():
        if best := next(paths.search([edge], goal, max_hops), None):
            flows[edge.id] = best
    return Reach(goal, web, touchpoints, flows)


def around(web: Web, hops: int) -> Around:
    """Find everything within some steps of the agencies of a web's own place.

    Its own agencies are those that serve just this place, and the members that stand for a group here. Data narrows on
    its way as on a route; the steps counted are those of some way on which data is left.
    """
    own = {
        web.agency_here(row["id"])
        for row in web.records.agencies.values()
        if row["jurisdiction_id"] == web.place and row["level"] != "federal"
    }
    paths = Paths(web, web.edges)
    nodes: dict[Node, tuple[int, Edge]] = {}
    front: list[tuple[Edge, frozenset[str], frozenset[str]]] = [
        (edge, edge.flow.categories, frozenset([edge.id])) for edge in web.edges.values() if edge.source.agency in own
    ]
    seen: set[tuple[str, frozenset[str]]] = set()
    for step in range(1, hops + 1):
        further = []
        for edge, known, flows in front:
            nodes.setdefault(edge.target, (step, edge))
            for after in paths.following(edge.target):
                is_answer = bool(after.flow.responds_to) and after.flow.responds_to in flows
                left = known | after.flow.categories if is_answer else known & after.flow.categories
                if left and after.id not in flows and (after.id, left) not in seen:
                    seen.add((after.id, left))
                    further.append((after, left, flows | {after.id}))
        front = further
    return Around(web.place, web, tuple(sorted(own)), nodes)
