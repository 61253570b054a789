"""The command that cites: the package, or one record of it, at one version."""

import argparse
from typing import Any

from enforcement_web.cli_web import Refuse, add_package, package_folder, refuse_missing


def add_commands(commands: Any, refuse: Refuse) -> None:
    """Add the command to a parser. ``refuse`` ends the program with a message about wrong use."""
    cite = commands.add_parser(
        "cite",
        help="cite the package, or one record of it",
        description="Print the citation of a record at the version of the package, or of the whole package when no"
        " record is named.",
    )
    cite.add_argument("table", metavar="TABLE", nargs="?", help="table of the record, such as flows or flow")
    cite.add_argument("id", metavar="ID", nargs="?", help="id of the record; a key of several columns is joined by +")
    cite.add_argument(
        "--format",
        choices=["text", "bibtex", "csl"],
        default="text",
        help="how to write the citation: text, bibtex or csl (CSL-JSON) (default: text)",
    )
    add_package(cite)
    cite.set_defaults(run=lambda options: _cite(options, refuse))


def _cite(options: argparse.Namespace, refuse: Refuse) -> int:
    from enforcement_web.citing import RetiredIdError, cite
    from enforcement_web.problem import UnknownIdError

    refuse_missing(options, refuse)
    try:
        print(cite(options.table, options.id, package_folder(options), options.format))
    except (RetiredIdError, UnknownIdError, ValueError) as error:
        refuse(str(error))
    return 0
