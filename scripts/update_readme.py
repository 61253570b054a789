"""Run the examples in README.md and in the docs and write what they print below each."""

import contextlib
import io
import re
import shlex
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from enforcement_web import Package, cli
from enforcement_web.publish.sqlite import write_sqlite

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = re.compile(r"```(python|r|sql|sh)\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
DOCUMENTS = ("README.md", "docs/trace.md", "docs/citing.md")


def has_r() -> bool:
    """Whether R is installed, so that its example can be run."""
    return shutil.which("Rscript") is not None


def examples(text: str, names: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Run each example of a README in order. Returns language, output as printed in the README, and real output.

    ``names`` are the variables that the Python examples share. An example in R is left out where R is not installed.
    """
    results = []
    for language, code, printed in EXAMPLE.findall(text):
        if language == "python":
            results.append((language, printed, run_python(code, names)))
        elif language == "sql":
            results.append((language, printed, run_sql(code)))
        elif language == "sh" and printed:
            results.append((language, printed, run_command(code)))
        elif language == "r" and has_r():
            results.append((language, printed, run_r(code)))
    return results


def run_python(code: str, names: dict[str, Any]) -> str:
    """Run Python code and return what it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.chdir(ROOT):
        exec(code, names)  # noqa: S102
    return output.getvalue()


def run_command(code: str) -> str:
    """Run one enforcement-web command and return what it prints."""
    name, *arguments = shlex.split(code)
    if name != "enforcement-web":
        raise ValueError(f"an example runs {name}, and only enforcement-web is run")
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.chdir(ROOT):
        cli.main(arguments)
    return output.getvalue()


def run_sql(code: str) -> str:
    """Run a query on the SQLite file and return its rows as the sqlite3 shell prints them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.sqlite"
        write_sqlite(Package.open(ROOT), path)
        with contextlib.closing(sqlite3.connect(path)) as database:
            rows = database.execute(code).fetchall()
    return "".join("|".join(map(str, row)) + "\n" for row in rows)


def run_r(code: str) -> str:
    """Run R code and return what it prints."""
    result = subprocess.run(["Rscript", "-e", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return result.stdout


def main() -> None:
    """Write the real outputs into the documents."""
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        outputs = iter(examples(text, {}))

        def replaced(match: re.Match[str], outputs: Iterator[tuple[str, str, str]] = outputs) -> str:
            is_run = match[1] in ("python", "sql") or (match[1] == "sh" and match[3]) or (match[1] == "r" and has_r())
            printed = next(outputs)[2] if is_run else None
            if match[3] is None or printed is None:
                return match[0]
            return f"```{match[1]}\n{match[2]}```\n\n```text\n{printed}```"

        path.write_text(EXAMPLE.sub(replaced, text), encoding="utf-8")


if __name__ == "__main__":
    main()
