"""The command ``new``: write a record and what belongs to it, asked for on a terminal or given as options."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from enforcement_web.package import Package, nearest
from enforcement_web.wrapping import wrapped

if TYPE_CHECKING:
    from enforcement_web.writing import Given, Session, Trial

Refuse = Callable[[str], NoReturn]
KINDS = ("flow", "database", "agency", "law", "action")
PARTS = ("set", "status", "evidence", "status-evidence", "source")
OK, PROBLEMS, WRONG_USE = 0, 1, 2


def add_commands(commands: Any, refuse: Refuse) -> None:
    """Add the command to a parser. ``refuse`` ends the program with a message about wrong use."""
    new = commands.add_parser(
        "new",
        help="write a new record with its evidence, question by question",
        description="Ask for a new record, its evidence and, of a flow, its first status; show the rows, write them all"
        " or none, and check the package. Every answer can be given as an option instead. Without a terminal nothing is"
        " asked: suggestions are kept, and what is missing is listed.",
    )
    new.add_argument("kind", metavar="KIND", choices=KINDS, help=f"what to write: {', '.join(KINDS)}")
    meanings = {
        "set": "a column of the record; of a list, give it once an item; an item with members of its own as JSON",
        "status": "a column of the first status of a flow",
        "evidence": "a column of the evidence for the record",
        "status-evidence": "a column of the evidence for the status, where it differs from that for the flow",
        "source": "a member of a new source, which the evidence then cites",
    }
    for part in PARTS:
        new.add_argument(f"--{part}", metavar="COLUMN=VALUE", action="append", type=_pair, help=meanings[part])
    new.add_argument("--yes", action="store_true", help="write without asking")
    new.add_argument(
        "--today", metavar="DATE", type=date.fromisoformat, help="the day of reading (default: the current day)"
    )
    new.add_argument(
        "--package",
        metavar="PATH",
        type=Path,
        help="folder of the package (default: the nearest with a datapackage.json, from here upwards)",
    )
    new.set_defaults(run=lambda options: _new(options, refuse))


class _Terminal:
    """The terminal that the command runs in, with the line editing of the system where there is one."""

    def __init__(self) -> None:
        with suppress(ImportError):
            import readline  # noqa: F401

    def ask(self, prompt: str) -> str:
        return input(prompt)

    def say(self, line: str = "") -> None:
        print(line)


def _pair(text: str) -> tuple[str, str]:
    column, sign, value = text.partition("=")
    if not sign or not column:
        raise argparse.ArgumentTypeError(f'"{text}" is not COLUMN=VALUE')
    return column, value


def _new(options: argparse.Namespace, refuse: Refuse) -> int:
    from enforcement_web.writing import KINDS, Draft, RefusedError, SaveError, Session

    if options.package is not None and not options.package.exists():
        refuse(f"{options.package} does not exist; name the folder of a package")
    package = Package.open(options.package or nearest(Path.cwd()))
    terminal = _Terminal() if sys.stdin is not None and sys.stdin.isatty() else None
    draft = Draft(package, options.today or date.today())
    session = Session(draft, KINDS[options.kind], _given(options), terminal)
    try:
        session.fill()
        return _write_asking(session, options.yes) if terminal else _write(session, options.yes, refuse)
    except RefusedError as error:
        refuse(_refusal(error.missing, error.wrong))
    except (EOFError, KeyboardInterrupt):
        print()
        refuse("stopped; nothing was written")
    except SaveError as error:
        refuse(str(error))


def _given(options: argparse.Namespace) -> "Given":
    given: dict[str, dict[str, list[str]]] = {}
    for part in PARTS:
        for column, value in getattr(options, part.replace("-", "_")) or ():
            given.setdefault(part, {}).setdefault(column, []).append(value)
    return given


def _refusal(missing: list[str], wrong: list[str]) -> str:
    lines = ["nothing was written"]
    for title, found in (("These answers are missing:", missing), ("These answers are wrong:", wrong)):
        if found:
            lines += [title, *(line for text in found for line in wrapped(text, 2, 6))]
    return "\n".join(lines)


def _write(session: "Session", is_agreed: bool, refuse: Refuse) -> int:
    """Write without asking what brings no errors."""
    from enforcement_web.writing import RefusedError, Trial

    trial = Trial.of(session.draft)
    if trial.errors:
        raise RefusedError([], session.blame(trial.errors))
    if not is_agreed:
        _show(session)
        refuse("nothing was written; add --yes to write these rows")
    _save(trial)
    return OK


def _write_asking(session: "Session", is_agreed: bool) -> int:
    """Write what a person agrees to, and offer to take it back when the check finds errors in it."""
    from enforcement_web.writing import Trial

    while True:
        if not is_agreed:
            _show(session)
            choice = _choice(session, "Write these rows? y writes them, n stops")
            if choice == "n":
                print("nothing was written")
                return WRONG_USE
            if choice != "y":
                session.again(choice)
                continue
        trial = Trial.of(session.draft)
        _save(trial)
        if not trial.errors:
            return OK
        try:
            choice = _choice(session, "Take the new rows back, which brought errors? y takes them, n leaves them")
        except (EOFError, KeyboardInterrupt):
            trial.take_back()
            raise
        if choice == "n":
            return PROBLEMS
        trial.take_back()
        print("the new rows were taken back")
        if choice == "y":
            return PROBLEMS
        session.again(choice)
        is_agreed = False


def _choice(session: "Session", question: str) -> str:
    """Ask until the answer is y, n or the name of an answer."""
    names = session.answers()
    print("\n" + "\n".join(wrapped(f"{question}, the name of an answer, such as {next(iter(names))}, asks it again.")))
    while True:
        answer = input("> ").strip()
        word = {"yes": "y", "no": "n"}.get(answer.lower(), answer)
        if word in ("y", "n", *names):
            return word
        print("\n".join(wrapped(f"There are: y, n, {', '.join(names)}", 2, 4)))


def _show(session: "Session") -> None:
    from enforcement_web.writing.preview import preview

    print("\n".join(preview(session.draft)))


def _save(trial: "Trial") -> None:
    from enforcement_web.check.formats import as_text

    trial.write()
    print("\n" + "\n".join(wrapped(f"written: {', '.join(trial.after)}")))
    print(as_text(trial.report))
