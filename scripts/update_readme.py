"""Run the examples in README.md and in the docs and write what they print below each."""

import contextlib
import io
import re
import shlex
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from enforcement_web import Package, cli
from enforcement_web.publish import build
from enforcement_web.publish.sqlite import write_sqlite

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = re.compile(r"```(python|r|sql|sh|diff)\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/trace.md", "docs/citing.md")
PACKAGE = ("data", "schemas", "datapackage.json")
# Its examples run in the folder of a release.
FORMATS = "docs/formats.md"


def has_r() -> bool:
    """Whether R is installed, so that its example can be run."""
    return shutil.which("Rscript") is not None


def examples(text: str, names: dict[str, Any], folder: Path = ROOT) -> list[tuple[str, str, str]]:
    """Run each example of a document in order. Returns language, output as printed there, and real output.

    ``names`` are the variables that the Python examples share, ``folder`` where they run. An example in R is left out
    where R is not installed. From the first ``diff`` on, which is an edit, commands run in a clone of the package that
    has the edits so far.
    """
    results = []
    with contextlib.ExitStack() as stack:
        here = ROOT
        for language, code, printed in EXAMPLE.findall(text):
            if language == "python":
                results.append((language, printed, run_python(code, names, folder)))
            elif language == "sql":
                results.append((language, printed, run_sql(code)))
            elif language == "diff":
                if here == ROOT:
                    here = clone(Path(stack.enter_context(tempfile.TemporaryDirectory())))
                edit(here, code)
            elif language == "sh" and printed:
                results.append((language, printed, run_command(code, here)))
            elif language == "r" and has_r():
                results.append((language, printed, run_r(code)))
    return results


def clone(folder: Path) -> Path:
    """Put the package into a folder as the one commit of a repository."""
    for name in PACKAGE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "The package"]):
        subprocess.run([*git, *words], check=True)
    return folder


def edit(folder: Path, patch: str) -> None:
    """Apply an edit, shown by file as the lines that go and those that come; lines that only come go to the end."""
    for part in re.split(r"^--- ", patch, flags=re.MULTILINE)[1:]:
        name, *lines = part.splitlines(keepends=True)
        path = folder / name.strip()
        gone, come = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
        text = path.read_text(encoding="utf-8")
        if gone and text.count(gone) != 1:
            raise ValueError(f"an example edits lines that {name.strip()} does not have")
        path.write_text(text.replace(gone, come) if gone else text + come, encoding="utf-8")


def run_python(code: str, names: dict[str, Any], folder: Path = ROOT) -> str:
    """Run Python code in a folder and return what it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.chdir(folder):
        exec(code, names)  # noqa: S102
    return output.getvalue()


def run_command(code: str, here: Path) -> str:
    """Run one enforcement-web command in a folder and return what it prints."""
    name, *arguments = shlex.split(code)
    if name != "enforcement-web":
        raise ValueError(f"an example runs {name}, and only enforcement-web is run")
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output), contextlib.chdir(here):
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


def at_version(text: str, package: Package) -> str:
    """Name the files of a release, in a text, at the version of a package."""
    return re.sub(rf"{package.name}-\d+\.\d+\.\d+", f"{package.name}-{package.version}", text)


def with_outputs(text: str, results: list[tuple[str, str, str]]) -> str:
    """Put what the examples of a document print into it."""
    outputs = iter(results)

    def replaced(match: re.Match[str]) -> str:
        is_run = match[1] in ("python", "sql") or (match[1] == "sh" and match[3]) or (match[1] == "r" and has_r())
        printed = next(outputs)[2] if is_run else None
        if match[3] is None or printed is None:
            return match[0]
        return f"```{match[1]}\n{match[2]}```\n\n```text\n{printed}```"

    return EXAMPLE.sub(replaced, text)


def main() -> None:
    """Write the real outputs into the documents."""
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(with_outputs(text, examples(text, {})), encoding="utf-8")
    package, path = Package.open(ROOT), ROOT / FORMATS
    with tempfile.TemporaryDirectory() as folder:
        release = Path(folder) / "release"
        build(package, release)
        text = at_version(path.read_text(encoding="utf-8"), package)
        path.write_text(with_outputs(text, examples(text, {}, release)), encoding="utf-8")


if __name__ == "__main__":
    main()
