"""Time the web: one trace, all touchpoints at all places, and a made-up web of 100,000 flows."""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from enforcement_web import Package
from enforcement_web.web import Flow, Paths, Records, Status, Web, read_records, trace
from enforcement_web.web.routes import starting

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 10, 1)


def seconds(run: Callable[[], Any]) -> float:
    """Run something and return its wall-clock time in seconds."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def made_up(flows: int, seed: int) -> Records:
    """Make a web of a given number of flows among a third as many agencies and databases."""
    chance = Random(seed)  # noqa: S311
    count = flows // 6
    row = {"parent_id": "", "group_id": "", "jurisdiction_id": "US", "level": "federal", "operator_id": ""}
    agencies = {f"a{number}": {"id": f"a{number}", **row} for number in range(count)}
    databases = {f"d{number}": {"id": f"d{number}", "owner_id": f"a{number}", **row} for number in range(count)}
    categories = [f"c{number}" for number in range(12)]

    def flow(number: int) -> Flow:
        source, target = chance.randrange(count), chance.randrange(count)
        carries = frozenset(chance.sample(categories, 6))
        begins = "booking" if number % 100 == 0 else ""
        ends = (f"a{source}", f"d{source}", f"a{target}", f"d{target}")
        return Flow(f"f{number}", *ends, "", begins, "direct-query", "system", "", carries, "")

    listed = {flow.id: flow for flow in map(flow, range(flows))}
    begun = date(2000, 1, 1)
    statuses = {
        name: [Status(f"{name}-us", name, "US", "2000", "by", "", "active", "", "", begun, None)] for name in listed
    }
    places = {"US": {"id": "US", "parent_id": "", "name": "United States"}}
    touchpoints = {"booking": {"id": "booking"}}
    package = Package.open(ROOT)
    return Records(agencies, databases, places, touchpoints, {}, listed, statuses, {}, {}, [], [], package)


def main() -> int:
    """Print the times. Returns 1 when one of the targets is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flows", type=int, default=100_000, help="flows of the made-up web (default: 100,000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of the single trace (default: 5)")
    options = parser.parse_args()
    gc.disable()  # as the command does
    loading = seconds(lambda: read_records(ROOT))
    records = read_records(ROOT)
    questions = [("jail-booking", "US-CA"), ("traffic-stop", "US-TX"), ("drivers-license-application", "US-WA")]
    single = {
        question: statistics.median(seconds(partial(one_trace, records, *question)) for _ in range(options.runs))
        for question in questions
    }
    every = seconds(lambda: all_traces(records))
    large = Web(made_up(options.flows, 1), DAY)
    paths = Paths(large, large.edges)
    first = seconds(lambda: list(islice(paths.search(starting(large, "booking", large.edges), "a7", 10), 100)))
    worst = max(single.values())
    print(f"reading the tables                             {loading:8.3f} s")
    for (touchpoint, place), taken in single.items():
        print(f"all routes, {touchpoint + ' in ' + place:<34} {taken:8.3f} s   target 0.050 s")
    print(f"all touchpoints x all places                   {every:8.3f} s   target 60 s")
    print(f"first 100 routes among {options.flows:,} flows           {first:8.3f} s   target 1 s")
    return 0 if worst < 0.05 and every < 60 and first < 1 else 1


def one_trace(records: Records, touchpoint: str, place: str) -> None:
    """Trace a touchpoint at a place, the web included."""
    trace(Web(records, DAY, place), touchpoint)


def all_traces(records: Records) -> None:
    """Trace every touchpoint at every place."""
    for place in records.places:
        web = Web(records, DAY, place)
        for touchpoint in records.touchpoints:
            trace(web, touchpoint)


if __name__ == "__main__":
    sys.exit(main())
