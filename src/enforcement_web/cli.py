"""The command ``enforcement-web``: exit code 0 when all is well, 1 when problems were found, 2 for wrong use."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from enforcement_web.package import Package, nearest
from enforcement_web.problem import PackageError

OK, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None, is_program: bool = False) -> int:
    """Run one command and return its exit code. As a program it may fork."""
    options = build_parser().parse_args(arguments, argparse.Namespace(is_program=is_program))
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
    except BrokenPipeError:  # the reader has left; keep Python from reporting it again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    return code


def run() -> NoReturn:
    """Run the command as a program: end at once when it is done, without taking its memory apart piece by piece."""
    code = main(is_program=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def build_parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    parser = argparse.ArgumentParser(
        prog="enforcement-web",
        description="Check, build and explain the open data package of how personal data reaches US immigration"
        " enforcement.",
        epilog="Exit codes: 0 fine, 1 problems found, 2 wrong use.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = commands.add_parser(
        "check",
        help="check a package: structure, schemas, references, canonical form and rules",
        description="Check a package and print one line for each problem: file:line:column rule message.",
    )
    _add_path(check)
    check.add_argument(
        "--fix",
        action="store_true",
        help="first put files in canonical form, and change nothing else in them",
    )
    check.set_defaults(run=_check)

    build = commands.add_parser(
        "build",
        help="write a release: zip, Parquet, SQLite and checksums",
        description="Check a package and write its release into a folder, all of it or nothing.",
    )
    _add_path(build)
    build.add_argument("--out", metavar="DIR", type=Path, default=Path("dist"), help="folder to write (default: dist)")
    build.set_defaults(run=_build)

    explain = commands.add_parser(
        "explain",
        help="explain a rule: why it holds and how to mend a breach",
        description="Explain a rule, or list all rules.",
    )
    explain.add_argument("rule", metavar="RULE", nargs="?", help="id of the rule, as check prints it")
    explain.set_defaults(run=_explain)
    return parser


def _add_path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        type=Path,
        help="folder of the package (default: the nearest with a datapackage.json, from here upwards)",
    )


def _check(options: argparse.Namespace) -> int:
    from enforcement_web.check.quick import check_quickly

    package = _open(options.path)
    if options.fix:
        from enforcement_web.check import fix

        fixed, left = fix(package)
        for path in fixed:
            print(f"{path}: put in canonical form")
        for path in left:
            print(f"{path}: left as it is; mend what follows first")
    if options.is_program:
        report = check_quickly(package)
    else:
        from enforcement_web.check import check

        report = check(package)
    print(report.text())
    return OK if report.is_clean else PROBLEMS


def _build(options: argparse.Namespace) -> int:
    from enforcement_web.publish import OutputError, build

    package = _open(options.path)
    try:
        written = build(package, options.out)
    except OutputError as error:
        _refuse(str(error))
    for path in written:
        print(f"{path.stat().st_size:>12,}  {path}")
    return OK


def _explain(options: argparse.Namespace) -> int:
    from textwrap import fill

    from enforcement_web.check.rules import all_rules
    from enforcement_web.problem import did_you_mean

    rules = {rule.id: rule for rule in all_rules()}
    if options.rule is None:
        for rule in rules.values():
            print(f"{rule.id:<18} {rule.title}")
        return OK
    if options.rule not in rules:
        _refuse(f'there is no rule "{options.rule}"{did_you_mean(options.rule, rules)}')
    rule = rules[options.rule]
    print(f"{rule.id} ({rule.severity}): {rule.title}\n")
    for label, text in (("Why", rule.why), ("Mend", rule.mend)):
        print(fill(f"{label}: {text}", width=80, subsequent_indent="  "))
    return OK


def _open(path: Path | None) -> Package:
    if path is not None and not path.exists():
        _refuse(f"{path} does not exist; name the folder of a package")
    return Package.open(path if path is not None else nearest(Path.cwd()))


def _refuse(message: str) -> NoReturn:
    print(f"enforcement-web: {message}", file=sys.stderr)
    raise SystemExit(WRONG_USE)


def _version() -> str:
    from enforcement_web import __version__

    return __version__


if __name__ == "__main__":
    run()
