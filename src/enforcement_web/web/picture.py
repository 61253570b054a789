"""Draw the routes of a trace: as DOT for Graphviz, or as a Mermaid flowchart."""

from collections.abc import Iterator

from enforcement_web.web.model import Edge, Node
from enforcement_web.web.text import node_name
from enforcement_web.web.tracing import Trace


def dot(traced: Trace, limit: int) -> str:
    """Write the flows of the best routes as a graph in the DOT language."""
    lines = ["digraph routes {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for name, node in _nodes(traced, limit).items():
        lines.append(f"  {name} [label={_quoted(node_name(traced.web, node))}];")
    names = {node: name for name, node in _nodes(traced, limit).items()}
    lines.append(f"  start [label={_quoted(traced.touchpoint)}, shape=ellipse];")
    for edge in _starts(traced, limit):
        lines.append(f"  start -> {names[edge.source]};")
    for edge in _edges(traced, limit):
        lines.append(f"  {names[edge.source]} -> {names[edge.target]} [label={_quoted(edge.id)}];")
    lines += [f"  {names[one]} -> {names[two]} [style=dotted, arrowhead=none];" for one, two in _joins(traced, limit)]
    return "\n".join([*lines, "}"])


def mermaid(traced: Trace, limit: int) -> str:
    """Write the flows of the best routes as a Mermaid flowchart."""
    lines = ["flowchart LR", f"  start([{_quoted(traced.touchpoint)}])"]
    names = {}
    for name, node in _nodes(traced, limit).items():
        names[node] = name
        lines.append(f"  {name}[{_quoted(node_name(traced.web, node))}]")
    lines += [f"  start --> {names[edge.source]}" for edge in _starts(traced, limit)]
    lines += [f"  {names[edge.source]} -->|{edge.id}| {names[edge.target]}" for edge in _edges(traced, limit)]
    lines += [f"  {names[one]} -.- {names[two]}" for one, two in _joins(traced, limit)]
    return "\n".join(lines)


def _edges(traced: Trace, limit: int) -> list[Edge]:
    return list({edge.id: edge for route in traced.routes[:limit] for edge in route.edges}.values())


def _starts(traced: Trace, limit: int) -> Iterator[Edge]:
    seen: set[Node] = set()
    for route in traced.routes[:limit]:
        if route.edges[0].source not in seen:
            seen.add(route.edges[0].source)
            yield route.edges[0]


def _joins(traced: Trace, limit: int) -> list[tuple[Node, Node]]:
    """Nodes that a route goes on between without a flow: a part and its whole, a database and its keeper."""
    pairs = ((route.edges, route.edges[1:]) for route in traced.routes[:limit])
    joins = {
        (one.target, two.source): None
        for edges, further in pairs
        for one, two in zip(edges, further, strict=False)
        if one.target != two.source
    }
    return list(joins)


def _nodes(traced: Trace, limit: int) -> dict[str, Node]:
    nodes = dict.fromkeys(node for edge in _edges(traced, limit) for node in (edge.source, edge.target))
    return {f"n{number}": node for number, node in enumerate(nodes, start=1)}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', "'") + '"'
