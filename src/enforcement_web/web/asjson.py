"""Write traces, chokepoints and reach as JSON, as docs/trace.schema.json describes them."""

import json
from typing import Any

from enforcement_web.web.changing import Changes
from enforcement_web.web.cuts import Chokepoints, RankedAction
from enforcement_web.web.model import Edge, Node, Web
from enforcement_web.web.reaching import Around, Reach
from enforcement_web.web.records import CLAIMS, Status
from enforcement_web.web.routes import Hop, Route
from enforcement_web.web.text import evidence_here, laws_here
from enforcement_web.web.tracing import Closing, Trace


def trace_json(traced: Trace) -> str:
    """Write a trace."""
    web = traced.web
    return _written(
        {
            **_question(traced),
            "is_complete": traced.is_complete,
            "opens_with_unknown": traced.opens_with_unknown,
            "routes": [_route(web, route) for route in traced.routes],
            "closed": [
                {
                    "flows": list(one.route.flows),
                    "closings": [_closing(closing) for closing in one.closings],
                }
                for one in traced.closed
            ],
            "gaps": [{"id": gap["id"], "question": gap["question"]} for gap in traced.gaps],
        }
    )


def chokepoints_json(traced: Trace, found: Chokepoints, ranked: list[RankedAction]) -> str:
    """Write chokepoints and ranked actions."""
    return _written(
        {
            **_question(traced),
            "routes": len(traced.routes),
            "are_all": found.are_all and traced.is_complete,
            "sets": [list(flows) for flows in found.sets],
            "actions": [
                {
                    "id": one.action["id"],
                    "title": one.action["title"],
                    "cuts": one.cut,
                    "narrows": one.narrowed,
                    "seen": one.seen,
                    "stopped_flows": list(one.stops),
                    "narrowed_flows": list(one.narrows),
                    "other_flows": list(one.others),
                    "precedents": one.action["precedents"],
                }
                for one in ranked
            ],
        }
    )


def reach_json(found: Reach) -> str:
    """Write what can reach a goal."""
    return _written(
        {
            **_where(found.web),
            "to": found.goal,
            "touchpoints": {name: list(route.flows) for name, route in sorted(found.touchpoints.items())},
            "flows": {name: len(route.edges) for name, route in sorted(found.flows.items())},
        }
    )


def around_json(found: Around) -> str:
    """Write what a place's own agencies can reach."""
    nodes = sorted(found.nodes.items(), key=lambda item: (item[1][0], item[0]))
    return _written(
        {
            **_where(found.web),
            "agencies": list(found.agencies),
            "nodes": [{**_node(node), "steps": steps, "last_flow": edge.id} for node, (steps, edge) in nodes],
        }
    )


def changes_json(found: Changes, question: dict[str, str]) -> str:
    """Write what changed between two days; ``question`` holds touchpoint, to, place, since and until."""
    return _written(
        {
            **question,
            "is_complete": found.is_complete,
            "opened": [list(route.flows) for route in found.opened],
            "closed": [list(route.flows) for route in found.closed],
            "events": [
                {
                    "flow": event.flow,
                    "before": _status(event.before),
                    "after": _status(event.after),
                    "is_dated": event.is_dated,
                    "opened": event.opened,
                    "closed": event.closed,
                }
                for event in found.events
            ],
        }
    )


def _question(traced: Trace) -> dict[str, Any]:
    return {**_where(traced.web), "touchpoint": traced.touchpoint, "to": traced.goal, "max_hops": traced.max_hops}


def _where(web: Web) -> dict[str, Any]:
    return {"place": web.place, "on": web.on.isoformat(), "unknown_included": web.unknown}


def _route(web: Web, route: Route) -> dict[str, Any]:
    return {"claim": route.claim, "weakest": route.weakest.id, "hops": [_hop(web, hop) for hop in route.hops]}


def _hop(web: Web, hop: Hop) -> dict[str, Any]:
    edge = hop.edge
    return {
        "flow": edge.id,
        "source": _node(edge.source),
        "target": _node(edge.target),
        "mechanism": edge.flow.mechanism,
        "initiated_by": edge.flow.initiated_by,
        "network": edge.flow.network or None,
        "carries": list(hop.carries),
        "brings": list(hop.brings),
        "status": _status(edge.status),
        "laws": [{"id": row["law_id"], "effect": row["effect"]} for row in laws_here(web, edge)],
        "claim": CLAIMS[edge.claim],
        "evidence": _evidence(web, edge),
    }


def _evidence(web: Web, edge: Edge) -> list[dict[str, str]]:
    names = ("source_id", "locator", "claim", "read", "finding")
    return [{name: row[name] for name in names} for row in evidence_here(web, edge)]


def _closing(closing: Closing) -> dict[str, Any]:
    return {
        "flow": closing.edge.id,
        "status": _status(closing.status),
        "last_in_force": _status(closing.last),
        "elsewhere": list(closing.elsewhere),
    }


def _status(status: Status | None) -> dict[str, Any] | None:
    if status is None:
        return None
    return {
        "id": status.id,
        "status": status.status,
        "place": status.place,
        "started": status.started,
        "start_is": status.start_is,
        "ended": status.ended or None,
        "law_id": status.law_id or None,
        "summary": status.summary,
    }


def _node(node: Node) -> dict[str, str | None]:
    return {"agency": node.agency, "database": node.database or None}


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
