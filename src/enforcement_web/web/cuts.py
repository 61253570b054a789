"""What would cut the way: the smallest sets of flows that every route passes, and what people can do about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from enforcement_web.problem import UnknownIdError
from enforcement_web.web.model import Web
from enforcement_web.web.records import CLAIMS
from enforcement_web.web.routes import Route

MOST_SETS = 50


@dataclass(frozen=True)
class Chokepoints:
    """The smallest sets of flows whose closing leaves no route, each in order.

    ``are_all`` tells whether there are no more of that size than are listed.
    """

    sets: tuple[tuple[str, ...], ...]
    are_all: bool


@dataclass(frozen=True)
class RankedAction:
    """An action with the routes that it bears on.

    ``cut`` counts the routes that pass a flow that it stops, ``narrowed`` those that pass one that it narrows and none
    that it stops; ``seen`` counts the rows of evidence that saw a flow that it stops or narrows in use.
    """

    action: dict[str, Any]
    stops: tuple[str, ...]
    narrows: tuple[str, ...]
    others: tuple[str, ...]
    cut: int
    narrowed: int
    seen: int


def chokepoints(routes: Iterable[Route], most: int = MOST_SETS) -> Chokepoints:
    """Find all smallest sets of flows that every route passes (a minimum hitting set, by integer programming).

    Exact for the routes given: a flow serves several routes, so that a cut of the graph is not enough.
    """
    sets = _smallest([frozenset(route.flows) for route in routes])
    if not sets:
        return Chokepoints((), True)
    flows = sorted(frozenset().union(*sets))
    found: list[tuple[str, ...]] = []
    size = None
    while len(found) <= most:
        chosen = _hitting_set(sets, flows, found)
        if chosen is None or (size is not None and len(chosen) > size):
            break
        size = len(chosen)
        found.append(chosen)
    return Chokepoints(tuple(sorted(found[:most])), len(found) <= most)


def what_if(routes: Iterable[Route], closing: Iterable[str]) -> list[Route]:
    """Give the routes that are left when some flows are closed."""
    shut = set(closing)
    return [route for route in routes if shut.isdisjoint(route.flows)]


def require_flows(web: Web, flows: Iterable[str]) -> None:
    """Raise UnknownIdError for a flow that the package does not have."""
    for flow in flows:
        if flow not in web.records.flows:
            raise UnknownIdError("flow", flow, web.records.flows)


def ranked_actions(web: Web, routes: Sequence[Route]) -> list[RankedAction]:
    """Rank the actions that bear on some routes: by routes cut, routes narrowed, and evidence of use behind them."""
    passed = {flow for route in routes for flow in route.flows}
    ranked = []
    for action in web.records.actions:
        effects: dict[str, list[str]] = {"stops": [], "narrows": []}
        others: list[str] = []
        for entry in action["interrupts"]:
            if entry["flow_id"] in passed:
                effects.get(entry["effect"], others).append(entry["flow_id"])
        stops, narrows = effects["stops"], effects["narrows"]
        cut = [route for route in routes if not set(stops).isdisjoint(route.flows)]
        narrowed = [route for route in routes if not set(narrows).isdisjoint(route.flows) and route not in cut]
        if cut or narrowed or others:
            seen = sum(_times_seen(web, flow) for flow in {*stops, *narrows})
            ranked.append(
                RankedAction(
                    action,
                    tuple(sorted(stops)),
                    tuple(sorted(narrows)),
                    tuple(sorted(others)),
                    len(cut),
                    len(narrowed),
                    seen,
                )
            )
    return sorted(ranked, key=lambda one: (-one.cut, -one.narrowed, -one.seen, one.action["id"]))


def _times_seen(web: Web, flow: str) -> int:
    rows = web.records.evidence.get(("flows", flow), [])
    status = web.all_edges[flow].status
    if status:
        rows = rows + web.records.evidence.get(("flow_status", status.id), [])
    return sum(row["claim"] == CLAIMS[-1] and row["stance"] == "supports" for row in rows)


def _smallest(sets: list[frozenset[str]]) -> list[frozenset[str]]:
    """Leave out each set that holds another: what hits the smaller one hits it too."""
    kept: list[frozenset[str]] = []
    for one in sorted(set(sets), key=lambda flows: (len(flows), sorted(flows))):
        if not any(smaller <= one for smaller in kept):
            kept.append(one)
    return kept


def _hitting_set(sets: list[frozenset[str]], flows: list[str], before: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Find a smallest set of flows that hits every set and holds none of those found before."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {flow: index for index, flow in enumerate(flows)}
    rows = np.zeros((len(sets) + len(before), len(flows)))
    for number, one in enumerate([*sets, *before]):
        rows[number, [place[flow] for flow in one]] = 1
    least = np.concatenate([np.ones(len(sets)), np.full(len(before), -np.inf)])
    most = np.concatenate([np.full(len(sets), np.inf), np.array([len(one) - 1 for one in before])])
    solved = milp(
        c=np.ones(len(flows)),
        constraints=LinearConstraint(rows, least, most),
        integrality=np.ones(len(flows)),
        bounds=Bounds(0, 1),
    )
    if not solved.success:
        return None
    return tuple(flow for flow, value in zip(flows, solved.x, strict=True) if value > 0.5)
