"""The command ``enforcement-web``: exit code 0 when all is well, 1 when problems were found, 2 for wrong use."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from enforcement_web import cli_cite, cli_compare, cli_new, cli_web
from enforcement_web.package import Package, nearest
from enforcement_web.problem import PackageError, did_you_mean
from enforcement_web.wrapping import wrapped

if TYPE_CHECKING:
    from enforcement_web.check import Report

OK, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None, may_fork: bool = False) -> int:
    """Run one command and return its exit code. A program without other threads may fork."""
    options = build_parser().parse_args(arguments, argparse.Namespace(may_fork=may_fork))
    gc.disable()  # a command ends before there is garbage worth looking for
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except PackageError as error:
        for problem in error.problems:
            print(problem)
        count = len(error.problems)
        print(f"{count} problem{'s' * (count > 1)}; nothing was written")
        return PROBLEMS
    except KeyboardInterrupt:
        print("enforcement-web: stopped", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:  # the reader has left; keep Python from reporting it again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    return code


def run() -> NoReturn:
    """Run the command as a program: end at once when it is done, without taking its memory apart piece by piece."""
    # What a command began to write is taken back when it is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    code = main(may_fork=hasattr(os, "fork"))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def build_parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    parser = argparse.ArgumentParser(
        prog="enforcement-web",
        description="Check, build and follow the open data package of how personal data reaches US immigration"
        " enforcement.",
        epilog="Exit codes: 0 fine, 1 problems found, 2 wrong use.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = commands.add_parser(
        "check",
        help="check a package: structure, schemas, references, canonical form and rules",
        description="Check a package and print one line for each problem: file:line:column rule message. Warnings"
        " alone leave the exit code 0.",
    )
    _add_path(check)
    check.add_argument(
        "--fix",
        action="store_true",
        help="first mend what has one right answer: order, quotes, line ends, spaces, letters, lists",
    )
    check.add_argument(
        "--format",
        choices=["text", "json", "github", "sarif"],
        default="text",
        help="how to write the report: text, json, github (annotations) or sarif (default: text)",
    )
    check.add_argument(
        "--rules",
        metavar="RULES",
        type=_names,
        help="report only these rules, separated by commas; * stands for any text, as in csv-*",
    )
    check.add_argument(
        "--only", choices=["errors", "warnings"], help="report only what must be mended, or only what should be"
    )
    check.add_argument("--table", metavar="TABLES", type=_names, help="report only these tables, separated by commas")
    check.add_argument(
        "--today",
        metavar="DATE",
        type=date.fromisoformat,
        help="the day against which dates are held, as YYYY-MM-DD (default: the current day)",
    )
    check.set_defaults(run=_check)

    build = commands.add_parser(
        "build",
        help="write a release: zip, Parquet, SQLite, DuckDB, workbook, graph, bibliography, metadata, checksums",
        description="Check a package and write its release into a folder, all of it or nothing.",
    )
    _add_path(build)
    build.add_argument("--out", metavar="DIR", type=Path, default=Path("dist"), help="folder to write (default: dist)")
    build.add_argument(
        "--since",
        metavar="OLD",
        help="refuse a version that is too small for what changed since this release: a folder, a zip file of a"
        " release, or a git revision",
    )
    build.set_defaults(run=_build)

    explain = commands.add_parser(
        "explain",
        help="explain a rule: why it holds and how to mend a breach",
        description="Explain a rule, or list all rules.",
    )
    explain.add_argument("rule", metavar="RULE", nargs="?", help="id of the rule, as check prints it")
    explain.set_defaults(run=_explain)
    for module in (cli_compare, cli_web, cli_cite, cli_new):
        module.add_commands(commands, _refuse)
    return parser


def _add_path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        type=Path,
        help="folder of the package (default: the nearest with a datapackage.json, from here upwards)",
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _check(options: argparse.Namespace) -> int:
    from enforcement_web.check import check

    _refuse_unknown(options)
    root = _root(options.path)
    if options.fix:
        _fix(Package.examine(root))
    report = check(Package.examine(root), options.today, may_fork=options.may_fork)
    severity = {"errors": "error", "warnings": "warning"}.get(options.only)
    report = report.narrowed(options.rules, options.table, severity)
    print(_written(report, options.format))
    return OK if report.is_clean else PROBLEMS


def _fix(package: Package) -> None:
    from enforcement_web.check import fix

    fixed, left = fix(package)
    for path in fixed:
        print(f"{path}: put in canonical form", file=sys.stderr)
    for path in left:
        print(f"{path}: has faults that only a person can mend; they follow", file=sys.stderr)


def _written(report: "Report", style: str) -> str:
    from enforcement_web.check.formats import FORMATS, as_text

    if style == "text" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return as_text(report, is_colored=True)
    return FORMATS[style](report)


def _refuse_unknown(options: argparse.Namespace) -> None:
    """Refuse names of rules and tables that do not exist, for a report narrowed to them would be empty."""
    if options.rules:
        from enforcement_web.check.rules import all_rules

        known = [rule.id for rule in all_rules()]
        for name in options.rules:
            if not any(fnmatchcase(rule, name) for rule in known):
                _refuse(f'there is no rule "{name}"{did_you_mean(name, known)}')
    if options.table:
        known = sorted(Package.examine(_root(options.path)).listed)
        for name in options.table:
            if name not in known:
                _refuse(f'there is no table "{name}"{did_you_mean(name, known)}; there are {", ".join(known)}')


def _build(options: argparse.Namespace) -> int:
    from enforcement_web.publish import OutputError, build

    root = _root(options.path)
    package = Package.open(root)
    if options.since is not None and not _is_fit_to_follow(package, options.since):
        return PROBLEMS
    try:
        written = build(package, options.out)
    except OutputError as error:
        _refuse(str(error))
    for path in written:
        print(f"{path.stat().st_size:>12,}  {path}")
    return OK


def _is_fit_to_follow(package: Package, since: str) -> bool:
    """Whether a package may be released after another: its version is great enough for what changed."""
    from enforcement_web.about import read_about
    from enforcement_web.compare import SideError, VersionError, compare, opened

    try:
        with opened("OLD", since, package.root) as old, opened("NEW", str(package.root.resolve()), package.root) as new:
            compare(old, new, read_about(new).day).require_versions()
    except SideError as error:
        if not error.problems:
            _refuse(str(error))
        cli_compare.print_faults(error)
        return False
    except VersionError as error:
        for fault in error.faults:
            print(fault)
        print(f"nothing was written; enforcement-web compare {since} shows the changes")
        return False
    return True


def _explain(options: argparse.Namespace) -> int:
    from enforcement_web.check.rules import all_rules

    rules = {rule.id: rule for rule in all_rules()}
    if options.rule is None:
        for rule in rules.values():
            print("\n".join(wrapped(f"{rule.id:<24}  {rule.title}", 0, 26)))
        return OK
    if options.rule not in rules:
        _refuse(f'there is no rule "{options.rule}"{did_you_mean(options.rule, rules)}')
    rule = rules[options.rule]
    print(f"{rule.id} ({rule.severity}): {rule.title}\n")
    for label, text in (("Why", rule.why), ("Mend", rule.mend)):
        print("\n".join(wrapped(f"{label}: {text}")))
    print(f"\nBreaks it:\n{rule.shown(rule.bad)}\n\nKeeps it:\n{rule.shown(rule.good)}")
    return OK


def _root(path: Path | None) -> Path:
    if path is not None and not path.exists():
        _refuse(f"{path} does not exist; name the folder of a package")
    return path if path is not None else nearest(Path.cwd())


def _refuse(message: str) -> NoReturn:
    print(f"enforcement-web: {message}", file=sys.stderr)
    raise SystemExit(WRONG_USE)


def _version() -> str:
    from enforcement_web import __version__

    return __version__


if __name__ == "__main__":
    run()
