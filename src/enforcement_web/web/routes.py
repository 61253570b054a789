"""Routes: how data about a person gets from a touchpoint to an agency or a database, step by step.

What travels narrows to what each flow carries; an answer to a question on the route adds what it brings. A route uses
no flow twice and comes back to a node only along such an answer. docs/trace.md explains the model.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from enforcement_web.problem import UnknownIdError
from enforcement_web.web.model import Edge, Key, Node, Web
from enforcement_web.web.records import CLAIMS

MAX_HOPS = 10


@dataclass(frozen=True)
class Hop:
    """One step of a route: the flow, what goes on after it, and what an answer brought."""

    edge: Edge
    carries: tuple[str, ...]
    brings: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """A way from a touchpoint to a goal, as flows in order."""

    edges: tuple[Edge, ...]

    @property
    def flows(self) -> tuple[str, ...]:
        """Ids of the flows, in order."""
        return tuple(edge.id for edge in self.edges)

    @cached_property
    def hops(self) -> tuple[Hop, ...]:
        """The steps, with what travels on after each."""
        hops: list[Hop] = []
        known: frozenset[str] = frozenset()
        before: set[str] = set()
        for edge in self.edges:
            after = carried(known, edge, before) if hops else edge.flow.categories
            is_answer = bool(hops) and edge.flow.responds_to in before
            brings = tuple(sorted(after - known)) if is_answer else ()
            hops.append(Hop(edge, tuple(sorted(after)), brings))
            known = after
            before.add(edge.id)
        return tuple(hops)

    @property
    def weakest(self) -> Edge:
        """The first of the flows that the least is shown of: authority before access before use."""
        return min(self.edges, key=lambda edge: edge.claim)

    @property
    def claim(self) -> str:
        """What is shown of every flow of the route at the least."""
        return CLAIMS[self.weakest.claim]

    @property
    def closed(self) -> tuple[Edge, ...]:
        """The flows of the route that are not in force at the web's place and day."""
        return tuple(edge for edge in self.edges if not edge.is_open)


def carried(known: frozenset[str], edge: Edge, before: Iterable[str]) -> frozenset[str]:
    """What is known after a further step: what was known and the flow carries, and all that an answer brings."""
    if edge.flow.responds_to and edge.flow.responds_to in before:
        return known | edge.flow.categories
    return known & edge.flow.categories


class Paths:
    """The ways over some of a web's flows. Built once for a set of flows, it answers for any start and goal."""

    def __init__(self, web: Web, edges: Mapping[str, Edge]):
        self.web = web
        self.edges = edges
        self._from: dict[Key, list[Edge]] = defaultdict(list)
        self._to: dict[Node, set[Key]] = defaultdict(set)  # where data is before the flows that lead to a node
        for edge in edges.values():
            key = web.source_key(edge)
            self._from[key].append(edge)
            self._to[edge.target].add(key)
        self._keys = {node: sorted(web.arrival_keys(node)) for node in self._to}
        self._at: dict[Key, list[Node]] = defaultdict(list)
        for node, keys in self._keys.items():
            for key in keys:
                self._at[key].append(node)

    def following(self, node: Node) -> Iterator[Edge]:
        """The flows that can follow once data is at a node."""
        for key in self._keys[node]:
            yield from self._from.get(key, ())

    def distances(self, goal: str) -> dict[Node, int]:
        """How many further flows it takes at the least from each node to a goal, whatever the flows carry."""
        distance = {node: 0 for node in self._to if self.web.is_at(node, goal)}
        queue, seen = deque(distance), set[Key]()
        while queue:
            node = queue.popleft()
            for key in self._to[node] - seen:
                seen.add(key)
                for before in self._at.get(key, ()):
                    if before not in distance:
                        distance[before] = distance[node] + 1
                        queue.append(before)
        return distance

    def search(
        self, starts: Iterable[Edge], goal: str, max_hops: int = MAX_HOPS, cost: Callable[[Edge], int] = lambda _: 0
    ) -> Iterator[Route]:
        """Give the routes from some flows to a goal, best first: by cost, then hops, then what is shown of them.

        ``cost`` is what a flow adds to the cost of its route; a route ends where it first reaches the goal.
        """
        distance = self.distances(goal)
        order = count()
        heap = []
        for edge in starts:
            if distance.get(edge.target, max_hops) < max_hops:
                path = _Path(
                    edge, None, edge.flow.categories, frozenset([edge.id]), frozenset([edge.source, edge.target])
                )
                heap.append((cost(edge), 1 + distance[edge.target], -edge.claim, edge.id, next(order), path))
        heapq.heapify(heap)
        while heap:
            so_far, _, weakness, _, _, path = heapq.heappop(heap)
            if distance[path.edge.target] == 0:
                yield path.route()
                continue
            for edge in self.following(path.edge.target):
                far = distance.get(edge.target)
                if far is None or len(path.flows) + 1 + far > max_hops or edge.id in path.flows:
                    continue
                is_answer = bool(edge.flow.responds_to) and edge.flow.responds_to in path.flows
                known = path.known | edge.flow.categories if is_answer else path.known & edge.flow.categories
                if not known or (edge.target in path.nodes and not is_answer):
                    continue
                longer = _Path(edge, path, known, path.flows | {edge.id}, path.nodes | {edge.target})
                hops = len(longer.flows) + far
                heapq.heappush(
                    heap, (so_far + cost(edge), hops, max(weakness, -edge.claim), edge.id, next(order), longer)
                )


@dataclass(frozen=True)
class _Path:
    """The beginning of a route: its last flow, the path before it, what is known, the flows used and nodes seen."""

    edge: Edge
    before: "_Path | None"
    known: frozenset[str]
    flows: frozenset[str]
    nodes: frozenset[Node]

    def route(self) -> Route:
        edges: list[Edge] = []
        path: _Path | None = self
        while path:
            edges.append(path.edge)
            path = path.before
        return Route(tuple(reversed(edges)))


def starting(web: Web, touchpoint: str, edges: Mapping[str, Edge]) -> list[Edge]:
    """The flows that begin at a touchpoint. Raises UnknownIdError for one that the package does not have."""
    if touchpoint not in web.records.touchpoints:
        raise UnknownIdError("touchpoint", touchpoint, web.records.touchpoints)
    return [edge for edge in edges.values() if edge.flow.touchpoint == touchpoint]
