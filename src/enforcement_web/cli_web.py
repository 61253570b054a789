"""The commands that follow the web: trace, chokepoints, reach, changes and show."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from enforcement_web.package import DESCRIPTOR, nearest

if TYPE_CHECKING:
    from enforcement_web.web import Trace, Web

Refuse = Callable[[str], NoReturn]


def add_commands(commands: Any, refuse: Refuse) -> None:
    """Add the commands to a parser. ``refuse`` ends the program with a message about wrong use."""
    trace = commands.add_parser(
        "trace",
        help="show how data gets from a moment in a life to an agency",
        description="Show the routes by which data about a person gets from a touchpoint to an agency or a database, at"
        " a place on a day, hop by hop.",
    )
    _add_question(trace)
    trace.add_argument(
        "--closed",
        metavar="N",
        nargs="?",
        type=int,
        const=10,
        default=0,
        help="show also routes that are not open here and now, and what closes them (10 unless told)",
    )
    pictures = trace.add_mutually_exclusive_group()
    pictures.add_argument("--json", action="store_true", help="write JSON, as docs/trace.schema.json describes it")
    pictures.add_argument("--dot", action="store_true", help="write a graph for Graphviz")
    pictures.add_argument("--mermaid", action="store_true", help="write a Mermaid flowchart")
    trace.set_defaults(run=lambda options: _guarded(_trace, options, refuse))

    cut = commands.add_parser(
        "chokepoints",
        help="show what would cut every route, and the actions that do",
        description="Show the smallest sets of flows whose closing leaves no route, and the recorded actions by the"
        " routes that they would cut.",
    )
    _add_question(cut)
    cut.add_argument("--closing", metavar="FLOWS", help="count as closed these flows, separated by commas")
    cut.add_argument("--json", action="store_true", help="write JSON, as docs/trace.schema.json describes it")
    cut.set_defaults(run=lambda options: _guarded(_chokepoints, options, refuse))

    reach = commands.add_parser(
        "reach",
        help="show what can reach an agency or a database, or what a place's agencies can reach",
        description="Show from which touchpoints and flows data can reach an agency or a database; with --around,"
        " what the data of a place's own agencies can reach.",
    )
    reach.add_argument("goal", metavar="ID", nargs="?", default="ice", help="agency or database (default: ice)")
    _add_where(reach)
    reach.add_argument("--around", metavar="N", type=_positive, help="show what is within N steps of the place")
    reach.add_argument("--json", action="store_true", help="write JSON, as docs/trace.schema.json describes it")
    reach.set_defaults(run=lambda options: _guarded(_reach, options, refuse))

    changes = commands.add_parser(
        "changes",
        help="show which routes opened and closed between two days",
        description="Show which routes from a touchpoint opened and closed between two days, and what did it.",
    )
    changes.add_argument("touchpoint", metavar="TOUCHPOINT", help="id of a touchpoint, such as jail-booking")
    changes.add_argument("since", metavar="SINCE", type=date.fromisoformat, help="the first day, as YYYY-MM-DD")
    changes.add_argument("until", metavar="UNTIL", type=date.fromisoformat, help="the second day")
    changes.add_argument("--to", metavar="ID", default="ice", help="agency or database to reach (default: ice)")
    changes.add_argument("--in", metavar="PLACE", dest="place", default="US", help="place (default: US)")
    changes.add_argument("--unknown", action="store_true", help=_UNKNOWN)
    changes.add_argument("--json", action="store_true", help="write JSON, as docs/trace.schema.json describes it")
    add_package(changes)
    changes.set_defaults(run=lambda options: _guarded(_changes, options, refuse))

    show = commands.add_parser(
        "show",
        help="show a record as a card",
        description="Show a record: its fields, its status history, its evidence and the actions that bear on it.",
    )
    show.add_argument("id", metavar="ID", help="id of a record of any table")
    add_package(show)
    show.set_defaults(run=lambda options: _guarded(_show, options, refuse))


_UNKNOWN = "count as open also the flows of which no text shows whether they still run"


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("touchpoint", metavar="TOUCHPOINT", help="id of a touchpoint, such as jail-booking")
    parser.add_argument("--to", metavar="ID", default="ice", help="agency or database to reach (default: ice)")
    _add_where(parser)
    parser.add_argument("--hops", metavar="N", type=_positive, default=10, help="longest route (default: 10)")
    parser.add_argument("--limit", metavar="N", type=_positive, default=10, help="how many to show (default: 10)")


def _add_where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--in", metavar="PLACE", dest="place", default="US", help="place, such as US-WA (default: US)")
    parser.add_argument(
        "--on", metavar="DATE", type=date.fromisoformat, help="day, as YYYY-MM-DD (default: the current day)"
    )
    parser.add_argument("--unknown", action="store_true", help=_UNKNOWN)
    add_package(parser)


def add_package(parser: argparse.ArgumentParser) -> None:
    """Add the option that names another package."""
    parser.add_argument(
        "--package",
        metavar="PATH",
        type=Path,
        help="folder of a package (default: the nearest from here upwards, else the one that came with the command)",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _guarded(run: Callable[[argparse.Namespace, Refuse], None], options: argparse.Namespace, refuse: Refuse) -> int:
    from enforcement_web.web import UnknownIdError

    refuse_missing(options, refuse)
    try:
        run(options, refuse)
    except UnknownIdError as error:
        refuse(str(error))
    return 0


def refuse_missing(options: argparse.Namespace, refuse: Refuse) -> None:
    """Refuse a package that is not there."""
    if options.package is not None and not options.package.exists():
        refuse(f"{options.package} does not exist; name the folder of a package")


def package_folder(options: argparse.Namespace) -> Path | None:
    """Give the folder that the option names, else the nearest package, else None for the shipped one."""
    if options.package is not None:
        path: Path = options.package
        return path
    here = nearest(Path.cwd())
    return here if (here / DESCRIPTOR).is_file() else None


def _web(options: argparse.Namespace) -> "Web":
    from enforcement_web.web import Web

    return Web(package_folder(options), options.on, options.place, options.unknown)


def _traced(options: argparse.Namespace, closed: int = 0) -> "Trace":
    from enforcement_web.web import trace
    from enforcement_web.web.tracing import LIMIT

    limit = max(options.limit, LIMIT)
    return trace(_web(options), options.touchpoint, options.to, limit, closed, options.hops)


def _trace(options: argparse.Namespace, refuse: Refuse) -> None:
    from enforcement_web.web.asjson import trace_json
    from enforcement_web.web.picture import dot, mermaid
    from enforcement_web.web.text import trace_text

    traced = _traced(options, options.closed)
    if options.json:
        print(trace_json(traced))
    elif options.dot:
        print(dot(traced, options.limit))
    elif options.mermaid:
        print(mermaid(traced, options.limit))
    else:
        print(trace_text(traced, options.limit))


def _chokepoints(options: argparse.Namespace, refuse: Refuse) -> None:
    from dataclasses import replace

    from enforcement_web.web import chokepoints, ranked_actions, what_if
    from enforcement_web.web.asjson import chokepoints_json
    from enforcement_web.web.cuts import require_flows
    from enforcement_web.web.text import chokepoints_text

    traced = _traced(options)
    if options.closing:
        closing = [flow.strip() for flow in options.closing.split(",")]
        require_flows(traced.web, closing)
        traced = replace(traced, routes=tuple(what_if(traced.routes, closing)))
    found = chokepoints(traced.routes)
    ranked = ranked_actions(traced.web, traced.routes)
    if options.json:
        print(chokepoints_json(traced, found, ranked))
    else:
        print(chokepoints_text(traced, found, ranked, options.limit))


def _reach(options: argparse.Namespace, refuse: Refuse) -> None:
    from enforcement_web.web import around, reach
    from enforcement_web.web.asjson import around_json, reach_json
    from enforcement_web.web.text import around_text, reach_text

    web = _web(options)
    if options.around:
        near = around(web, options.around)
        print(around_json(near) if options.json else around_text(near))
    else:
        found = reach(web, options.goal)
        print(reach_json(found) if options.json else reach_text(found))


def _changes(options: argparse.Namespace, refuse: Refuse) -> None:
    from enforcement_web.web import changes
    from enforcement_web.web.asjson import changes_json
    from enforcement_web.web.records import read_records, shipped_records
    from enforcement_web.web.text import changes_text

    if options.until < options.since:
        refuse("the second day is before the first")
    folder = package_folder(options)
    records = read_records(folder) if folder else shipped_records()
    found = changes(
        records, options.touchpoint, options.place, options.since, options.until, options.to, unknown=options.unknown
    )
    question = {
        "touchpoint": options.touchpoint,
        "to": options.to,
        "place": options.place,
        "since": options.since.isoformat(),
        "until": options.until.isoformat(),
    }
    print(changes_json(found, question) if options.json else changes_text(found, question))


def _show(options: argparse.Namespace, refuse: Refuse) -> None:
    from enforcement_web.card import cards, known_ids
    from enforcement_web.problem import did_you_mean

    package = package_folder(options)
    found = cards(options.id, package)
    if not found:
        refuse(f'there is no record "{options.id}"{did_you_mean(options.id, known_ids(package))}')
    print("\n\n".join(found))
