"""Write traces, chokepoints and reach as text that reads well in 80 columns."""

from collections.abc import Iterable, Iterator

from enforcement_web.web.changing import Changes
from enforcement_web.web.cuts import Chokepoints, RankedAction
from enforcement_web.web.model import Edge, Node, Web
from enforcement_web.web.reaching import Around, Reach
from enforcement_web.web.records import CLAIMS, Status
from enforcement_web.web.routes import Hop, Route
from enforcement_web.web.tracing import ClosedRoute, Closing, Trace
from enforcement_web.wrapping import wrapped

# What the strongest claim of some evidence shows.
SHOWN = {
    "use": "seen in use",
    "access": "the means exist",
    "authority": "a law or notice allows it",
    "none": "it exists",
}


def trace_text(traced: Trace, limit: int) -> str:
    """Write a trace: the best open routes, the closed ones that were asked for, and the open questions."""
    web, count = traced.web, len(traced.routes)
    lines = [_headline(traced), ""]
    if not count:
        lines.append(_no_route(traced, traced.opens_with_unknown))
    else:
        most = "" if traced.is_complete else "at least "
        shown = "" if count <= limit else f"; the best {limit} of them, of the first {count:,}:"
        if traced.is_complete and shown:
            shown = f"; the best {limit} of them:"
        text = f"{most}{count:,} open route{'s' * (count != 1)} of up to {traced.max_hops} steps{shown}"
        lines += wrapped(text, 0, 0)
    for number, route in enumerate(traced.routes[:limit], start=1):
        lines += ["", *route_lines(web, route, number)]
    if traced.closed:
        lines += ["", "Not open here and now:"]
        for one in traced.closed:
            lines += ["", *_closed_lines(one)]
    if traced.gaps:
        lines += ["", *_gap_lines(traced)]
    return "\n".join(lines)


def route_lines(web: Web, route: Route, number: int) -> Iterator[str]:
    """Write one route, a paragraph a step."""
    steps = len(route.edges)
    weakest = f"weakest link: {route.weakest.id} ({SHOWN[route.claim]})" if steps > 1 else SHOWN[route.claim]
    yield from wrapped(f"{number}. {steps} step{'s' * (steps != 1)}; {weakest}", 0, 4)
    for place, hop in enumerate(route.hops, start=1):
        yield from _hop_lines(web, hop, place)


def _hop_lines(web: Web, hop: Hop, place: int) -> Iterator[str]:
    edge = hop.edge
    yield from wrapped(f"{place}) {edge.id}", 4, 7)
    yield from wrapped(f"{node_name(web, edge.source)} -> {node_name(web, edge.target)}", 7)
    over = f" over {web.records.databases[edge.flow.network]['name']}" if edge.flow.network else ""
    yield from wrapped(f"{edge.flow.mechanism}{over}; {status_text(edge.status)}", 7)
    yield from wrapped(f"goes on: {', '.join(hop.carries)}", 7)
    if hop.brings:
        yield from wrapped(f"the answer brings: {', '.join(hop.brings)}", 7)
    if laws := laws_here(web, edge):
        yield from wrapped("law: " + "; ".join(f"{row['law_id']} {row['effect']} it" for row in laws), 7)
    yield from wrapped(_evidence_text(web, edge), 7)


def laws_here(web: Web, edge: Edge) -> list[dict[str, str]]:
    """The laws that bear on a flow at the web's place, as rows of flow_laws."""
    rows = web.records.flow_laws.get(edge.id, ())
    return [row for row in rows if web.records.laws[row["law_id"]]["jurisdiction_id"] in web.around]


def evidence_here(web: Web, edge: Edge) -> list[dict[str, str]]:
    """The evidence that supports a flow and its status here, the strongest claims first."""
    rows = [*web.records.evidence.get(("flows", edge.id), ())]
    if edge.status:
        rows += web.records.evidence.get(("flow_status", edge.status.id), ())
    strength = {claim: place for place, claim in enumerate(CLAIMS)}
    supports = [row for row in rows if row["stance"] == "supports"]
    return sorted(supports, key=lambda row: (-strength.get(row["claim"], 0), row["source_id"], row["locator"]))


def status_text(status: Status | None) -> str:
    """Say what a status is, since when, and by which law."""
    if status is None:
        return "no status recorded here"
    law = f" ({status.law_id})" if status.law_id else ""
    return f"{status.status} {since_text(status)}{law}"


def since_text(status: Status) -> str:
    """Say since when a status holds, or by when it is known to."""
    return f"by {status.started}" if status.start_is == "by" else f"since {status.started}"


def node_name(web: Web, node: Node) -> str:
    """Name a node: the agency, and the database in brackets."""
    agency = web.records.agencies[node.agency]
    name = agency["acronym"] or agency["name"]
    if not node.database:
        return name
    database = web.records.databases[node.database]
    return f"{name} [{database['acronym'] or database['name']}]"


def chokepoints_text(traced: Trace, found: Chokepoints, ranked: list[RankedAction], limit: int) -> str:
    """Write the smallest sets of flows that every route passes, and the actions that bear on the routes."""
    lines = [_headline(traced), ""]
    if not traced.routes:
        return "\n".join([*lines, _no_route(traced)])
    size, count = len(found.sets[0]), len(found.sets)
    most = "" if found.are_all else "at least "
    lines += wrapped(
        f"{len(traced.routes):,} open routes. Closing {size} flow{'s' * (size != 1)} would leave none; there "
        f"{'is' if count == 1 and most == '' else 'are'} {most}{count} smallest set{'s' * (count != 1)}:",
        0,
        0,
    )
    for number, flows in enumerate(found.sets[:limit], start=1):
        lines += ["", *wrapped(f"{number}. {', '.join(flows)}", 0, 3)]
    lines += ["", "Actions, by the routes that they would cut:"]
    for one in ranked[:limit]:
        lines += ["", *_action_lines(one)]
    if not ranked:
        lines += ["", "none recorded; data/gaps.csv and CONTRIBUTING.md tell how to add one"]
    return "\n".join(lines)


def _action_lines(one: RankedAction) -> Iterator[str]:
    yield from wrapped(f"{one.action['id']}: {one.action['title']}", 2, 4)
    parts = [f"cuts {one.cut}", f"narrows {one.narrowed}", f"{one.seen} rows of evidence saw these flows in use"]
    yield from wrapped("; ".join(parts), 4)
    flows = [("stops", one.stops), ("narrows", one.narrows), ("exposes or corrects", one.others)]
    yield from (line for what, ids in flows if ids for line in wrapped(f"{what} {', '.join(ids)}", 4))
    for precedent in one.action["precedents"][:2]:
        yield from wrapped(f"{precedent['jurisdiction_id']}, {precedent['date']}: {precedent['what']}", 4)


def reach_text(found: Reach) -> str:
    """Write what can reach a goal: each touchpoint with its shortest route, then the flows further away."""
    web, goal = found.web, found.goal
    lines = wrapped(f"What can reach {goal} in {_place(web)} on {web.on}", 0, 0)
    lines += ["", f"From {len(found.touchpoints)} of {len(web.records.touchpoints)} touchpoints:", ""]
    best = sorted(found.touchpoints.items(), key=lambda item: (len(item[1].edges), item[0]))
    lines += [line for name, route in best for line in wrapped(f"{name}: {' > '.join(route.flows)}", 2, 6)]
    lines += ["", f"On {len(found.flows)} of {len(web.edges)} flows in force, by the steps that are left:", ""]
    by_steps: dict[int, list[str]] = {}
    for flow, route in found.flows.items():
        by_steps.setdefault(len(route.edges), []).append(flow)
    for steps, flows in sorted(by_steps.items()):
        lines += wrapped(f"{steps}: {', '.join(sorted(flows))}", 2, 6)
    return "\n".join(lines)


def around_text(found: Around) -> str:
    """Write what the data of a place's own agencies can reach, by steps."""
    web = found.web
    lines = wrapped(f"Within reach of the agencies of {_place(web)} on {web.on}: {', '.join(found.agencies)}", 0, 2)
    by_steps: dict[int, list[str]] = {}
    for node, (steps, edge) in found.nodes.items():
        by_steps.setdefault(steps, []).append(f"{node_name(web, node)} by {edge.id}")
    for steps, names in sorted(by_steps.items()):
        lines += ["", f"{steps} step{'s' * (steps != 1)}:"]
        lines += [line for name in sorted(names) for line in wrapped(name, 2, 6)]
    return "\n".join(lines)


def changes_text(found: Changes, question: dict[str, str]) -> str:
    """Write the routes that opened and closed between two days, and the events that did it.

    ``question`` holds touchpoint, to, place, since and until.
    """
    lines = wrapped("From {touchpoint} to {to} in {place} between {since} and {until}".format(**question), 0, 2)
    most = "" if found.is_complete else "at least "
    lines += [
        "",
        f"Routes on the second day only: {most}{len(found.opened)}; on the first only: {most}{len(found.closed)}",
    ]
    for event in found.events:
        counts = f"on {event.opened} of the new routes" if event.opened else f"on {event.closed} of the lost routes"
        first = "" if event.is_dated or not event.opened else "; first known then, may be older"
        lines += ["", *wrapped(f"{event.flow}: {counts}{first}", 2, 6)]
        lines += wrapped(f"before: {status_text(event.before)}", 6, 8)
        lines += wrapped(f"after: {status_text(event.after)}", 6, 8)
        if event.after:
            lines += wrapped(event.after.summary, 6, 8)
    return "\n".join(lines)


def _headline(traced: Trace) -> str:
    web = traced.web
    also = ", flows of unknown state included" if web.unknown else ""
    return "\n".join(wrapped(f"From {traced.touchpoint} to {traced.goal} in {_place(web)} on {web.on}{also}", 0, 0))


def _place(web: Web) -> str:
    return f"{web.records.places[web.place]['name']} ({web.place})"


def _no_route(traced: Trace, opens_with_unknown: bool = False) -> str:
    count = len(traced.gaps)
    text = "No open route is known"
    if opens_with_unknown:
        text += ", but one runs over flows of which no text shows whether they still run: --unknown counts them."
    elif count:
        text += "."
    else:
        text += ", and nothing records that anyone has looked for one."
    if count:
        text += (
            f" {count} question{'s' * (count != 1)} about it {'were' if count > 1 else 'was'} "
            "looked into and not answered, so that more may run than is known."
        )
    return "\n".join(wrapped(text, 0, 0))


def _closed_lines(one: ClosedRoute) -> Iterator[str]:
    yield from wrapped(f"- {' > '.join(one.route.flows)}", 0, 2)
    for closing in one.closings:
        yield from wrapped(f"{closing.edge.id}: {_closing_text(closing)}", 4, 6)


def _closing_text(closing: Closing) -> str:
    text = f"{status_text(closing.status)}."
    if closing.status:
        text += f" {closing.status.summary}"
    if closing.last:
        until = f" until {closing.last.ended}" if closing.last.ended else ""
        text += f" Before that {closing.last.status} in {closing.last.place}{until}."
    if closing.elsewhere:
        text += f" In force in {', '.join(closing.elsewhere)}."
    return text


def _gap_lines(traced: Trace) -> Iterable[str]:
    count = len(traced.gaps)
    yield f"Looked into and not answered ({count}; data/gaps.csv):"
    for gap in traced.gaps[:5]:
        yield from wrapped(f"- {gap['question']}", 2, 4)
    if count > 5:
        yield f"  ... and {count - 5} more"


def _evidence_text(web: Web, edge: Edge) -> str:
    rows = evidence_here(web, edge)
    strongest = [row for row in rows if row["claim"] == CLAIMS[edge.claim]] or rows
    is_local = edge.status is not None and edge.status.place == web.place
    here = [row for row in strongest if is_local and row["table"] == "flow_status"]
    where = "" if here or web.place == "US" else ", maybe elsewhere"
    sources = list(dict.fromkeys(row["source_id"] for row in here or strongest))
    more = f" and {len(sources) - 3} more" if len(sources) > 3 else ""
    return f"{SHOWN[CLAIMS[edge.claim]]}{where}: {', '.join(sources[:3])}{more}"
