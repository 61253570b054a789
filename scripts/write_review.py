"""Write what a pull request is told: the report of the check, what changed, and fixes that can be taken with a click.

The folder then holds summary.md for the summary of the job, comment.md for the pull request, and suggestions.json.
docs/pull-requests.md tells who reads them.
"""

import argparse
import subprocess
import sys
from datetime import date
from pathlib import Path

from enforcement_web import Package, PackageError
from enforcement_web.check import Report, check
from enforcement_web.compare import Comparison, SideError, compare, opened
from enforcement_web.compare.markdown import as_markdown, escaped
from suggest_fixes import as_json, suggestions

ROOT = Path(__file__).resolve().parents[1]
# In bytes. GitHub takes a summary of 1 MiB and a comment of 65,536 characters; review.cjs adds a few to a comment.
SUMMARY, COMMENT = 1_000_000, 60_000
# How many lines of a kind each shows.
SUMMARY_LINES, COMMENT_LINES = 200, 20
REST = "*The rest stands in the summary of the job.*"
NO_REST = "*The rest is too long to be shown; `enforcement-web check` and `enforcement-web compare` show it.*"


def main() -> int:
    """Write the folder. Returns 0 also when the check finds problems: they are what is written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument(
        "--onto", help="git revision that the changes are for; they are compared with where they left it"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package (default: this checkout)")
    options = parser.parse_args()
    base = merge_base(options.root, options.onto) if options.onto else ""
    if options.onto and not base:
        print(f"write_review: git finds no commit that {options.onto} and HEAD share", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    report = checked(options.root)
    found = compared(options.root, base) if base else None
    for name, most, lines, rest in (
        ("summary.md", SUMMARY, SUMMARY_LINES, NO_REST),
        ("comment.md", COMMENT, COMMENT_LINES, REST),
    ):
        text = check_part(report, lines) + (f"\n{comparison_part(found, lines)}" if found else "")
        (options.out / name).write_text(cut(text, most, rest), encoding="utf-8")
    fixes = suggestions(options.root, base) if base else []
    (options.out / "suggestions.json").write_text(as_json(fixes), encoding="utf-8")
    return 0


def merge_base(root: Path, revision: str) -> str:
    """Give the commit at which HEAD left a revision; empty when they share none."""
    command = ["git", "-C", str(root), "merge-base", "--end-of-options", revision, "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def checked(root: Path) -> Report:
    """Check a package; one that cannot be opened gives a report of why."""
    try:
        return check(Package.examine(root))
    except PackageError as error:
        return Report(error.problems)


def check_part(report: Report, limit: int) -> str:
    """Write the report of a check as Markdown, ``limit`` problems at the most."""
    lines = ["### Check", "", f"**{escaped(report.summary())}**", ""]
    lines += [f"- {escaped(note)}" for note in report.notes]
    if report.problems:
        lines += ["<details><summary>Problems</summary>", ""]
        lines += [f"- {escaped(str(problem))}" for problem in report.problems[:limit]]
        hidden = len(report.problems) - limit
        lines += [f"- and {hidden:,} more"] * (hidden > 0)
        lines += ["", "</details>"]
    return "\n".join(lines).rstrip() + "\n"


def compared(root: Path, base: str) -> Comparison | SideError:
    """Compare a package with what a commit holds of it, or tell why that cannot be done."""
    try:
        with opened("OLD", base, root) as old, opened("NEW", ".", root) as new:
            return compare(old, new, date.today())
    except SideError as error:
        return error


def comparison_part(found: Comparison | SideError, limit: int) -> str:
    """Write a comparison as Markdown, ``limit`` changes of a kind at the most."""
    text = f"{escaped(str(found))}\n" if isinstance(found, SideError) else as_markdown(found, limit)
    return f"### Comparison\n\n{text}"


def cut(text: str, most: int, rest: str) -> str:
    """Cut a Markdown text of ours to whole lines of ``most`` bytes together, and say at its end where the rest is."""
    if len(text.encode()) <= most:
        return text
    closing = "\n</details>\n"
    left = most - len(f"{closing}\n{rest}\n".encode())
    kept = []
    for line in text.splitlines(keepends=True):
        left -= len(line.encode())
        if left < 0:
            break
        kept.append(line)
    whole = "".join(kept)
    is_open = whole.count("<details>") > whole.count("</details>")
    return f"{whole}{closing if is_open else ''}\n{rest}\n"


if __name__ == "__main__":
    sys.exit(main())
