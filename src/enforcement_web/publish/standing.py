"""How each flow stands on the day of a release: where it runs by default, and where otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from enforcement_web.publish.release import Release
from enforcement_web.web import Status, Web


@dataclass(frozen=True)
class Standing:
    """The place where a flow runs by default, what holds there, and what holds otherwise in narrower places.

    The place is "" for a flow without a status, and the status None when no row covers the day.
    """

    place: str
    status: Status | None
    elsewhere: tuple[Status, ...]


class Standings:
    """The standings of a release's flows; what holds in a place is for ``Web`` to say."""

    def __init__(self, release: Release):
        self.records = release.records
        self._day = release.day
        self._webs: dict[str, Web] = {}

    def of(self, flow: str) -> Standing:
        """How a flow stands. Its default place is the widest of those that its statuses name."""
        places = sorted({row.place for row in self.records.statuses.get(flow, ())})
        if not places:
            return Standing("", None, ())
        widest = min(places, key=lambda place: len(self.records.around(place)))
        status = self._web(widest).standing(flow)
        return Standing(
            widest, status, tuple(self._others(flow, [place for place in places if place != widest], status))
        )

    def _others(self, flow: str, places: list[str], default: Status | None) -> Iterator[Status]:
        """Statuses that are not as the default one, or not as that of the place around."""
        for place in places:
            here = self._web(place).standing(flow)
            around = self._web(self.records.places[place]["parent_id"] or place).standing(flow)
            if here and not (_word(here) == _word(default) == _word(around)):
                yield here

    def _web(self, place: str) -> Web:
        if place not in self._webs:
            self._webs[place] = Web(self.records, self._day, place)
        return self._webs[place]


def _word(status: Status | None) -> str:
    return status.status if status else ""
