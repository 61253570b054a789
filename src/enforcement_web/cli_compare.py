"""The command that compares two versions of the package."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from enforcement_web.package import nearest

if TYPE_CHECKING:
    from enforcement_web.compare import Comparison, SideError

Refuse = Callable[[str], NoReturn]
SIDE = "a folder, a zip file of a release, or a git revision"


def add_commands(commands: Any, refuse: Refuse) -> None:
    """Add the command to a parser. ``refuse`` ends the program with a message about wrong use."""
    compare = commands.add_parser(
        "compare",
        help="show what changed between two versions, and what that changes in the answers",
        description="Show what changed between two versions of the package, losses first, which routes open and close"
        " by it, and the version that the next release needs.",
    )
    compare.add_argument("old", metavar="OLD", help=f"the earlier version: {SIDE}")
    compare.add_argument(
        "new", metavar="NEW", nargs="?", help="the later version, likewise (default: the package here, as it stands)"
    )
    compare.add_argument(
        "--format",
        choices=["text", "markdown", "json", "changelog"],
        default="text",
        help="how to write it: text, markdown (for a pull request), json (as docs/compare.schema.json describes it) or"
        " changelog (the sections Data and Schema; default: text)",
    )
    compare.add_argument(
        "--limit",
        metavar="N",
        type=int,
        help="how many changes of a kind to show in text (10 unless told) and Markdown (20); 0 shows all",
    )
    compare.add_argument(
        "--on",
        metavar="DATE",
        type=date.fromisoformat,
        help="day on which routes are compared, as YYYY-MM-DD (default: the current day)",
    )
    compare.add_argument("--to", metavar="ID", default="ice", help="agency or database to reach (default: ice)")
    compare.set_defaults(run=lambda options: _compare(options, refuse))


def print_faults(error: "SideError") -> int:
    """Print why a side of a comparison cannot be used, with the place of each fault, and return the exit code."""
    for problem in error.problems:
        print(problem)
    print(f"enforcement-web: {error}", file=sys.stderr)
    return 1


def _compare(options: argparse.Namespace, refuse: Refuse) -> int:
    from enforcement_web.compare import SideError, compare, opened
    from enforcement_web.web import UnknownIdError

    here = nearest(Path.cwd())
    try:
        with opened("OLD", options.old, here) as old, opened("NEW", options.new or ".", here) as new:
            found = compare(old, new, options.on or date.today(), options.to)
    except SideError as error:
        return print_faults(error) if error.problems else refuse(str(error))
    except UnknownIdError as error:
        refuse(str(error))
    print(_written(found, options), end="")
    return 0


def _written(found: "Comparison", options: argparse.Namespace) -> str:
    from enforcement_web.compare import asjson, changelog, markdown, text

    match options.format:
        case "json":
            return asjson.as_json(found) + "\n"
        case "changelog":
            return f"{changelog.data_section(found)}\n\n{changelog.schema_section(found)}\n"
        case "markdown":
            return markdown.as_markdown(found, markdown.LIMIT if options.limit is None else options.limit)
    return text.as_text(found, text.LIMIT if options.limit is None else options.limit) + "\n"
