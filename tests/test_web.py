"""Routes, chokepoints and reach, on random webs against slow and simple code that shares nothing with them."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement_web import Package
from enforcement_web.web import (
    Edge,
    Flow,
    Node,
    Paths,
    Records,
    Route,
    Status,
    UnknownIdError,
    Web,
    around,
    changes,
    chokepoints,
    graph,
    ranked_actions,
    reach,
    read_records,
    trace,
    what_if,
)
from sample import ROOT

DAY = date(2026, 10, 1)
PLACES = {
    "US": "",
    "US-WA": "US",
    "US-TX": "US",
    "US-WA-king-county": "US-WA",
}


def records(
    agencies: dict[str, dict[str, str]],
    databases: dict[str, dict[str, str]],
    flows: Iterable[Flow],
    statuses: Iterable[Status] = (),
    evidence: dict[tuple[str, str], list[dict[str, str]]] | None = None,
    actions: list[dict[str, Any]] | None = None,
) -> Records:
    """Make records in memory; a flow without a status is active in the US since 2000."""
    shared = {"parent_id": "", "group_id": "", "jurisdiction_id": "US", "acronym": "", "name": ""}
    agency = {"kind": "", "level": "federal", **shared}
    database = {"operator_id": "", **shared}
    by_flow: dict[str, list[Status]] = {}
    for row in statuses:
        by_flow.setdefault(row.flow_id, []).append(row)
    listed = {flow.id: flow for flow in flows}
    for flow in listed:
        by_flow.setdefault(flow, [status(flow)])
    return Records(
        agencies={name: {"id": name, **agency, **row} for name, row in agencies.items()},
        databases={name: {"id": name, **database, **row} for name, row in databases.items()},
        places={
            name: {"id": name, "parent_id": parent, "name": name, "kind": "state"} for name, parent in PLACES.items()
        },
        touchpoints={"booking": {"id": "booking"}, "stop": {"id": "stop"}},
        laws={},
        flows=listed,
        statuses=by_flow,
        flow_laws={},
        evidence=evidence or {},
        gaps=[],
        actions=actions or [],
        package=Package.open(ROOT),
    )


def status(
    flow: str, what: str = "active", place: str = "US", started: str = "2000-01-01", ended: str = "", law: str = ""
) -> Status:
    begins, ends = date.fromisoformat(started), date.fromisoformat(ended) if ended else None
    name = f"{flow}-{place.lower()}-{started}"
    return Status(name, flow, place, started, "by", ended, what, law, "It holds.", begins, ends)


def flow(
    name: str,
    source: tuple[str, str],
    target: tuple[str, str],
    carries: str = "name",
    touchpoint: str = "",
    answers: str = "",
) -> Flow:
    categories = frozenset(carries.split(";"))
    return Flow(name, *source, *target, "", touchpoint, "direct-query", "system", answers, categories, "It flows.")


# A slow enumeration, written from docs/trace.md alone.


def wholes(rows: dict[str, dict[str, str]], one: str) -> set[str]:
    parent = rows[one]["parent_id"]
    return {one} | (wholes(rows, parent) if parent else set())


def offices(web: Records, one: str) -> set[str]:
    parent = web.agencies[one]["parent_id"]
    return {one} | (offices(web, parent) if parent and web.agencies[parent]["kind"] != "department" else set())


def bodies(web: Records, at: Flow) -> list[str]:
    keepers = (
        [web.databases[at.target_database][name] for name in ("owner_id", "operator_id")] if at.target_database else []
    )
    return [at.target_agency, *filter(None, keepers)]


def holders(web: Records, at: Flow) -> set[str]:
    return set().union(*(offices(web, body) for body in bodies(web, at)))


def has_arrived(web: Records, at: Flow, goal: str) -> bool:
    return any(goal in wholes(web.agencies, body) for body in bodies(web, at))


def goes_on(web: Records, at: Flow, further: Flow) -> bool:
    if further.source_database:
        one, two = at.target_database, further.source_database
        return bool(one) and (two in wholes(web.databases, one) or one in wholes(web.databases, two))
    return further.source_agency in holders(web, at)


def slow_routes(web: Records, goal: str, longest: int) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()

    def walk(path: list[Flow], known: frozenset[str], nodes: set[tuple[str, str]]) -> None:
        at = path[-1]
        if has_arrived(web, at, goal):
            found.add(tuple(one.id for one in path))
            return
        for further in web.flows.values():
            answers = further.responds_to in [one.id for one in path] and further.responds_to != ""
            left = known | further.categories if answers else known & further.categories
            node = (further.target_agency, further.target_database)
            if (
                len(path) < longest
                and further.id not in [one.id for one in path]
                and goes_on(web, at, further)
                and left
                and (answers or node not in nodes)
            ):
                walk([*path, further], left, nodes | {node})

    for first in web.flows.values():
        if first.touchpoint == "booking":
            ends = {(first.source_agency, first.source_database), (first.target_agency, first.target_database)}
            walk([first], first.categories, ends)
    return found


@st.composite
def random_webs(draw: st.DrawFn) -> Records:
    names = [f"a{number}" for number in range(draw(st.integers(2, 5)))]
    agencies = {
        name: {
            "parent_id": draw(st.sampled_from(["", *names[:place]])),
            "kind": draw(st.sampled_from(["office", "department"])),
        }
        for place, name in enumerate(names)
    }
    stores = [f"d{number}" for number in range(draw(st.integers(1, 4)))]
    databases = {
        name: {
            "owner_id": draw(st.sampled_from(names)),
            "operator_id": draw(st.sampled_from(["", *names])),
            "parent_id": draw(st.sampled_from(["", *stores[:place]])) if place else "",
        }
        for place, name in enumerate(stores)
    }
    end = st.tuples(st.sampled_from(names), st.sampled_from(["", "", *stores]))
    carries = st.lists(st.sampled_from(["name", "photo", "prints"]), min_size=1, unique=True)
    flows: list[Flow] = []
    for number in range(draw(st.integers(1, 9))):
        answers = draw(st.sampled_from(["", "", *(one.id for one in flows)]))
        begins = draw(st.sampled_from(["booking", "", ""]))
        flows.append(flow(f"f{number}", draw(end), draw(end), ";".join(draw(carries)), begins, answers))
    claims = {("flows", one.id): [evidence_row(draw(st.sampled_from(["use", "access", "limit"])))] for one in flows}
    return records(agencies, databases, flows, evidence=claims)


def evidence_row(claim: str) -> dict[str, str]:
    return {
        "table": "flows",
        "claim": claim,
        "stance": "supports",
        "source_id": "s",
        "locator": "l",
        "read": "full",
        "finding": "f",
    }


@settings(max_examples=400)
@given(made=random_webs(), longest=st.integers(1, 6))
def test_all_routes_are_found_and_no_other(made: Records, longest: int) -> None:
    goal = next(iter(made.agencies))
    found = [route.flows for route in trace(Web(made, DAY), "booking", goal, max_hops=longest).routes]
    assert len(set(found)) == len(found)
    assert set(found) == slow_routes(made, goal, longest)


@settings(max_examples=200)
@given(made=random_webs())
def test_routes_come_shortest_and_best_evidenced_first(made: Records) -> None:
    routes = trace(Web(made, DAY), "booking", next(iter(made.agencies))).routes
    ranks = [(len(route.edges), -route.weakest.claim) for route in routes]
    assert ranks == sorted(ranks)


@settings(max_examples=200)
@given(made=random_webs())
def test_what_travels_never_runs_out_and_only_answers_add(made: Records) -> None:
    for route in trace(Web(made, DAY), "booking", next(iter(made.agencies))).routes:
        known: set[str] = set(route.hops[0].carries)
        for hop in route.hops[1:]:
            assert hop.carries
            assert set(hop.carries) <= known or hop.edge.flow.responds_to in route.flows
            assert set(hop.brings) == set(hop.carries) - known if hop.brings else True
            known = set(hop.carries)


def slow_hitting_sets(families: list[set[str]]) -> list[tuple[str, ...]]:
    flows = sorted(set().union(*families))
    for size in range(1, len(flows) + 1):
        hits = [chosen for chosen in combinations(flows, size) if all(family & set(chosen) for family in families)]
        if hits:
            return hits
    return []


@settings(max_examples=60)
@given(st.lists(st.sets(st.sampled_from("abcdefg"), min_size=1, max_size=4), min_size=1, max_size=8))
def test_chokepoints_are_all_smallest_sets(families: list[set[str]]) -> None:
    routes = [Route(tuple(edge(name) for name in sorted(family))) for family in families]
    found = chokepoints(routes)
    assert found.are_all
    assert list(found.sets) == slow_hitting_sets(families)
    for flows in found.sets:
        assert what_if(routes, flows) == []


def edge(name: str) -> Edge:
    return Edge(flow(name, ("a", ""), ("b", "")), Node("a", ""), Node("b", ""), status(name), 0, True)


def test_chokepoints_say_when_there_are_more() -> None:
    routes = [Route((edge(f"a{number}"), edge(f"b{number}"))) for number in range(4)]
    found = chokepoints(routes, most=5)
    assert (len(found.sets), found.are_all) == (5, False)
    assert chokepoints([]).sets == ()


CHAIN = [
    flow("jail-to-state", ("jails", "jail-files"), ("state", "state-prints"), "name;prints", "booking"),
    flow("state-to-fbi", ("state", "state-prints"), ("fbi", "ngi"), "name;prints"),
    flow("fbi-asks-dhs", ("fbi", "ngi"), ("dhs", "ident"), "prints"),
    flow("dhs-answers", ("dhs", "ident"), ("fbi", "ngi"), "history;name", answers="fbi-asks-dhs"),
    flow("fbi-tells-ice", ("fbi", "ngi"), ("ice-lesc", ""), "history"),
    flow("jail-list", ("jails", "jail-files"), ("ice-field", ""), "name", "booking"),
]
CHAIN_AGENCIES = {
    "jails": {"level": "local"},
    "wa-jail": {"level": "local", "group_id": "jails", "jurisdiction_id": "US-WA"},
    "state": {"level": "state"},
    "wa-state": {"level": "state", "group_id": "state", "jurisdiction_id": "US-WA"},
    "fbi": {},
    "dhs": {},
    "ice": {"parent_id": "dhs"},
    "ice-lesc": {"parent_id": "ice"},
    "ice-field": {"parent_id": "ice"},
}
CHAIN_DATABASES = {
    "jail-files": {"owner_id": "jails"},
    "state-prints": {"owner_id": "state"},
    "wa-prints": {"owner_id": "wa-state", "group_id": "state-prints", "jurisdiction_id": "US-WA"},
    "ngi": {"owner_id": "fbi"},
    "ident": {"owner_id": "dhs"},
}
CHAIN_STATUSES = [
    status("jail-list"),
    status("jail-list", "blocked", "US-WA", "2019-05-21", law="wa-act"),
    status("jail-list", "active", "US-WA-king-county", "2020-01-01", "2024-01-01"),
    status("fbi-tells-ice", "active", "US", "2008-10-01", "2020-01-01"),
    status("fbi-tells-ice", "unknown", "US", "2020-01-01"),
]


def chain() -> Records:
    acts = [
        {
            "id": "stop-lists",
            "title": "Stop lists",
            "interrupts": [{"flow_id": "jail-list", "effect": "stops"}],
            "precedents": [{"jurisdiction_id": "US-WA", "date": "2019", "what": "It was done."}],
        },
        {
            "id": "ask",
            "title": "Ask",
            "interrupts": [
                {"flow_id": "state-to-fbi", "effect": "exposes"},
                {"flow_id": "jail-list", "effect": "narrows"},
            ],
            "precedents": [],
        },
    ]
    seen = {("flows", "jail-list"): [evidence_row("use")], ("flows", "state-to-fbi"): [evidence_row("authority")]}
    return records(CHAIN_AGENCIES, CHAIN_DATABASES, CHAIN, CHAIN_STATUSES, seen, acts)


def flows_of(web: Web, to: str = "ice") -> list[tuple[str, ...]]:
    return [route.flows for route in trace(web, "booking", to).routes]


LONG = ("jail-to-state", "state-to-fbi", "fbi-asks-dhs", "dhs-answers", "fbi-tells-ice")


def test_an_answer_brings_what_the_question_did_not_have() -> None:
    web = Web(chain(), "2015-01-01")
    (short, long) = trace(web, "booking").routes
    assert (short.flows, long.flows) == (("jail-list",), LONG)
    assert [hop.carries for hop in long.hops] == [
        ("name", "prints"),
        ("name", "prints"),
        ("prints",),
        ("history", "name", "prints"),
        ("history",),
    ]
    assert long.hops[3].brings == ("history", "name")
    assert long.weakest.id == "jail-to-state"
    assert (long.claim, short.claim) == ("none", "use")


@pytest.mark.parametrize(
    ("on", "place", "routes"),
    [
        ("2015-01-01", "US", [("jail-list",), LONG]),
        ("2021-01-01", "US", [("jail-list",)]),
        ("2021-01-01", "US-TX", [("jail-list",)]),
        ("2015-01-01", "US-WA", [("jail-list",), LONG]),
        ("2019-05-20", "US-WA", [("jail-list",), LONG]),
        ("2019-05-21", "US-WA", [LONG]),
        ("2021-01-01", "US-WA", []),
        ("2021-01-01", "US-WA-king-county", [("jail-list",)]),
        ("2023-12-31", "US-WA-king-county", [("jail-list",)]),
        ("2024-01-01", "US-WA-king-county", []),
        ("1999-01-01", "US", []),
    ],
)
def test_the_status_of_the_narrowest_place_that_covers_the_day_holds(
    on: str, place: str, routes: list[tuple[str, ...]]
) -> None:
    assert flows_of(Web(chain(), on, place)) == routes


def test_flows_of_unknown_state_can_be_counted() -> None:
    assert flows_of(Web(chain(), DAY, unknown=True)) == [("jail-list",), LONG]


@pytest.mark.parametrize("place", ["US", "US-WA", "US-TX"])
def test_where_none_is_open_a_trace_tells_whether_unknown_flows_would_make_one(place: str) -> None:
    asked: list[tuple[Records, date | str]] = [(chain(), "2000-01-01"), (chain(), "2010-01-01"), (REAL, DAY)]
    webs = [(Web(made, day, place), Web(made, day, place, unknown=True)) for made, day in asked]
    seen = set()
    for web, wider in webs:
        for touchpoint in web.records.touchpoints:
            found = trace(web, touchpoint)
            opens = not found.routes and bool(trace(wider, touchpoint).routes)
            assert found.opens_with_unknown == opens
            assert not trace(wider, touchpoint).opens_with_unknown
            seen.add(opens)
    assert seen == {True, False}


def test_a_group_becomes_its_member_in_its_place() -> None:
    edges = Web(chain(), DAY, "US-WA").edges
    assert edges["jail-to-state"].source == Node("wa-jail", "jail-files")
    assert edges["jail-to-state"].target == Node("wa-state", "wa-prints")
    assert Web(chain(), DAY, "US-TX").edges["jail-to-state"].target == Node("state", "state-prints")
    assert flows_of(Web(chain(), "2015-01-01", "US-WA"), "wa-prints") == [("jail-to-state",)]
    assert flows_of(Web(chain(), "2015-01-01", "US-WA"), "state") == [("jail-to-state",)]


def test_a_group_with_several_members_in_a_place_stays_a_group() -> None:
    agencies = {**CHAIN_AGENCIES, "wa-jail-two": {"group_id": "jails", "jurisdiction_id": "US-WA"}}
    made = records(
        agencies, CHAIN_DATABASES, [*CHAIN, flow("own-list", ("wa-jail", ""), ("ice", ""), touchpoint="booking")]
    )
    assert Web(made, DAY, "US-WA").edges["own-list"].source == Node("jails", "")


def test_what_closes_a_route_is_told() -> None:
    found = trace(Web(chain(), "2021-01-01", "US-WA"), "booking", closed=9)
    assert found.routes == ()
    (lists, chained) = found.closed
    (closing,) = lists.closings
    assert lists.route.flows == ("jail-list",)
    assert closing.status is not None
    assert (closing.status.status, closing.status.law_id) == ("blocked", "wa-act")
    assert closing.last is not None
    assert closing.last.place == "US"
    assert [one.edge.id for one in chained.closings] == ["fbi-tells-ice"]
    assert chained.closings[0].status == chain().statuses["fbi-tells-ice"][1]


def test_where_a_closed_flow_is_in_force_is_told() -> None:
    statuses = [
        *CHAIN_STATUSES,
        status("state-to-fbi", "blocked"),
        status("state-to-fbi", "active", "US-TX", "2001-01-01"),
    ]
    made = records(CHAIN_AGENCIES, CHAIN_DATABASES, CHAIN, statuses)
    closed = trace(Web(made, "2015-01-01"), "booking", closed=9).closed
    assert closed[0].closings[0].elsewhere == ("US-TX",)


def test_what_if_and_actions() -> None:
    web = Web(chain(), "2015-01-01")
    routes = trace(web, "booking").routes
    assert [route.flows for route in what_if(routes, ["jail-list"])] == [LONG]
    lists, ask = ranked_actions(web, routes)
    assert (lists.action["id"], lists.cut, lists.narrowed, lists.seen) == ("stop-lists", 1, 0, 1)
    assert (ask.action["id"], ask.cut, ask.narrowed, ask.others) == ("ask", 0, 1, ("state-to-fbi",))
    pairs = sorted(tuple(sorted(("jail-list", one))) for one in LONG)
    assert chokepoints(routes).sets == tuple(pairs)


def test_reach_and_around() -> None:
    web = Web(chain(), "2015-01-01", "US-WA")
    found = reach(web, "ice")
    assert found.touchpoints.keys() == {"booking"}
    assert {name: len(route.edges) for name, route in found.flows.items()} == {
        "jail-list": 1,
        "fbi-tells-ice": 1,
        "dhs-answers": 2,
        "fbi-asks-dhs": 3,
        "state-to-fbi": 4,
        "jail-to-state": 5,
    }
    near = around(web, 2)
    assert near.agencies == ("wa-jail", "wa-state")
    steps = {node.database or node.agency: count for node, (count, _) in near.nodes.items()}
    assert steps == {"wa-prints": 1, "ngi": 1, "ice-field": 1, "ident": 2}


def test_changes_name_the_status_that_did_it() -> None:
    found = changes(chain(), "booking", "US-WA", date(2015, 1, 1), date(2021, 1, 1))
    assert [route.flows for route in found.closed] == [("jail-list",), LONG]
    assert found.opened == ()
    events = {event.flow: event for event in found.events}
    assert events.keys() == {"jail-list", "fbi-tells-ice"}
    assert events["jail-list"].law == "wa-act"
    assert (events["jail-list"].closed, events["jail-list"].opened) == (1, 0)
    back = changes(chain(), "booking", "US-WA", date(2021, 1, 1), date(2015, 1, 1))
    assert [route.flows for route in back.opened] == [("jail-list",), LONG]


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: Web(chain(), DAY, "US-W"), 'no place "US-W" .did you mean "US-WA"'),
        (lambda: trace(Web(chain(), DAY), "bookin"), 'no touchpoint "bookin" .did you mean "booking"'),
        (lambda: trace(Web(chain(), DAY), "booking", "ic"), 'no agency or database "ic" .did you mean "ice"'),
        (lambda: reach(Web(chain(), DAY), "idnt"), "idnt"),
    ],
)
def test_what_is_not_known_is_named_with_the_nearest(ask: Any, words: str) -> None:
    with pytest.raises(UnknownIdError, match=words):
        ask()


def test_a_web_takes_a_folder_a_text_for_a_day_and_nothing(tmp_path: Path) -> None:
    assert Web(ROOT, "2026-10-01").on == DAY
    assert Web().records is Web().records
    with pytest.raises(ValueError, match="Invalid isoformat"):
        Web(chain(), "soon")


# The real data.

REAL = read_records(ROOT)


@pytest.mark.parametrize("place", ["US", "US-CA", "US-TX", "US-WA", "US-NY", "US-IL", "US-FL", "US-MA", "US-GU"])
def test_every_route_of_the_real_data_keeps_the_rules(place: str) -> None:
    web = Web(REAL, DAY, place)
    for touchpoint in REAL.touchpoints:
        for route in trace(web, touchpoint, limit=200).routes:
            assert route.edges[0].flow.touchpoint == touchpoint
            assert all(one.status and one.status.is_in_force and one.status.covers(DAY) for one in route.edges)
            assert web.is_at(route.edges[-1].target, "ice")
            assert not any(web.is_at(one.target, "ice") for one in route.edges[:-1])
            assert all(hop.carries for hop in route.hops)


def test_washington_before_and_after_its_blocks() -> None:
    before = flows_of_real("drivers-license-application", "2025-01-01")
    after = flows_of_real("drivers-license-application", "2026-10-01")
    for flow_id in ("dmv-records-to-ice-over-nlets", "wa-daps-driver-search-to-hsi"):
        assert (flow_id,) in before
        assert not any(flow_id in route for route in after)
    found = changes(REAL, "drivers-license-application", "US-WA", date(2025, 1, 1), date(2026, 10, 1))
    events = {event.flow: event for event in found.events}
    assert events["dmv-records-to-ice-over-nlets"].closed
    assert events["wa-daps-driver-search-to-hsi"].closed


def flows_of_real(touchpoint: str, on: str) -> list[tuple[str, ...]]:
    return [route.flows for route in trace(Web(REAL, on, "US-WA"), touchpoint).routes]


def test_california_and_texas_differ_where_their_laws_do() -> None:
    california, texas = (
        {route.flows for route in trace(Web(REAL, DAY, place), "jail-booking").routes} for place in ("US-CA", "US-TX")
    )
    assert ("jail-287g-screening-to-ice",) in texas - california
    assert ("jail-list-to-ice",) in texas & california
    closings = {
        one.edge.id: one.status
        for shut in trace(Web(REAL, DAY, "US-CA"), "jail-booking", closed=30).closed
        for one in shut.closings
    }
    blocked = closings["jail-287g-screening-to-ice"]
    assert blocked is not None
    assert blocked.law_id == "ca-values-act"


def test_the_graph_of_a_web_has_just_the_flows_in_force() -> None:
    web = Web(REAL, DAY, "US-WA")
    network = graph(web)
    assert {key for _, _, key in network.edges(keys=True)} == set(web.edges)
    assert nx.has_path(network, "databases/ngi", "databases/ident")
    marks = {data["status"] for _, _, data in network.edges(data=True)}
    assert marks <= {"active", "limited"}


def test_paths_answer_for_any_start_and_goal() -> None:
    web = Web(REAL, DAY)
    paths = Paths(web, web.edges)
    for start, goal in product(["tsc-records-to-ncic", "dod-biometrics-to-ident"], ["ncic", "fbi"]):
        first = [web.all_edges[start]] if start in web.edges else []
        for route in paths.search(first, goal, 4):
            assert route.edges[0].id == start
