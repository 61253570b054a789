"""The web of flows: routes from a moment in a life to an agency, by place and day, and what cuts the way.

>>> from enforcement_web.web import Web, trace
>>> trace(Web(on="2026-10-01", place="US-WA"), "jail-booking").routes[0].flows
('jail-list-to-ice',)

docs/trace.md explains the model, and what a route does and does not prove.
"""

from enforcement_web.problem import UnknownIdError
from enforcement_web.web.changing import Changes, Event, changes
from enforcement_web.web.cuts import Chokepoints, RankedAction, chokepoints, ranked_actions, what_if
from enforcement_web.web.model import Edge, Node, Web
from enforcement_web.web.network import graph
from enforcement_web.web.reaching import Around, Reach, around, reach
from enforcement_web.web.records import Flow, Records, Status, read_records
from enforcement_web.web.routes import Hop, Paths, Route
from enforcement_web.web.tracing import ClosedRoute, Closing, Trace, closed_routes, trace

__all__ = [
    "Around",
    "Changes",
    "Chokepoints",
    "ClosedRoute",
    "Closing",
    "Edge",
    "Event",
    "Flow",
    "Hop",
    "Node",
    "Paths",
    "RankedAction",
    "Reach",
    "Records",
    "Route",
    "Status",
    "Trace",
    "UnknownIdError",
    "Web",
    "around",
    "changes",
    "chokepoints",
    "closed_routes",
    "graph",
    "ranked_actions",
    "reach",
    "read_records",
    "trace",
    "what_if",
]
