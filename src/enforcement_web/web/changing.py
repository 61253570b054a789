"""What changed between two days: the routes that opened and closed, and the events that did it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from enforcement_web.web.model import Web
from enforcement_web.web.records import Records, Status
from enforcement_web.web.routes import MAX_HOPS, Route
from enforcement_web.web.tracing import LIMIT, trace


@dataclass(frozen=True)
class Event:
    """A flow that came into force or went out of it between the two days, by the status that holds on each.

    A flow whose later status is only known to hold ``by`` a date may be older: ``is_dated`` is then false.
    """

    flow: str
    before: Status | None
    after: Status | None
    opened: int
    closed: int

    @property
    def is_dated(self) -> bool:
        """Whether the later status is known to have begun on its date."""
        return self.after is not None and self.after.start_is == "on"

    @property
    def law(self) -> str:
        """The law behind the later status, "" when none is named."""
        return self.after.law_id if self.after else ""


@dataclass(frozen=True)
class Changes:
    """The routes open on the second day only, those open on the first day only, and the events between."""

    opened: tuple[Route, ...]
    closed: tuple[Route, ...]
    events: tuple[Event, ...]
    is_complete: bool


def changes(
    records: Records,
    touchpoint: str,
    place: str,
    since: date,
    until: date,
    to: str = "ice",
    max_hops: int = MAX_HOPS,
    unknown: bool = False,
) -> Changes:
    """Compare the routes of a touchpoint on two days.

    Raises UnknownIdError as ``trace`` does.
    """
    first, second = (Web(records, day, place, unknown) for day in (since, until))
    before, after = (trace(web, touchpoint, to, LIMIT, max_hops=max_hops) for web in (first, second))
    known = {route.flows for route in before.routes}
    left = {route.flows for route in after.routes}
    opened = tuple(route for route in after.routes if route.flows not in known)
    closed = tuple(route for route in before.routes if route.flows not in left)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for number, routes, other in ((0, opened, first), (1, closed, second)):
        for route in routes:
            for flow in route.flows:
                if flow not in other.edges:
                    counts[flow][number] += 1
    events = [
        Event(flow, first.standing(flow), second.standing(flow), opens, closes)
        for flow, (opens, closes) in counts.items()
    ]
    return Changes(
        opened,
        closed,
        tuple(sorted(events, key=lambda event: (-(event.opened + event.closed), event.flow))),
        before.is_complete and after.is_complete,
    )
