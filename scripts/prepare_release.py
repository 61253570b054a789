"""Prepare the next release: set its versions and day, write its sections of the change log, record its ids.

Compares the checkout with the release before, refuses a version that is too small, and then writes the descriptor,
pyproject.toml, LICENSE-DATA, CHANGELOG.md and the two tables of releases. `make docs` and a look at the diff follow;
docs/releasing.md tells the whole way.
"""

import argparse
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from enforcement_web import Package
from enforcement_web.compare import Comparison, SideError, compare, opened
from enforcement_web.compare.changelog import data_section, schema_section
from released import record

ROOT = Path(__file__).resolve().parents[1]
UNRELEASED = re.compile(r"^## Unreleased\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Write the files of a release. Returns 1 when the release may not be made so, 2 for wrong use."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", help="version of the release, as 1.4.0")
    parser.add_argument("--since", required=True, help="the release before: a folder, a zip file or a git revision")
    parser.add_argument("--schema-version", help="version of the form (default: the present one)")
    parser.add_argument("--released", type=date.fromisoformat, default=date.today(), help="day of the release")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package (default: this checkout)")
    options = parser.parse_args()
    try:
        with opened("OLD", options.since, options.root) as old, opened("NEW", ".", options.root) as new:
            found = compare(old, new, options.released)
    except SideError as error:
        print("\n".join([*map(str, error.problems), str(error)]), file=sys.stderr)
        return 1 if error.problems else 2
    found = replace(
        found, new_version=options.version, new_schema_version=options.schema_version or found.new_schema_version
    )
    path = options.root / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8")
    faults = [*found.version_faults(), *changelog_faults(text)]
    if faults:
        print("\n".join([*faults, "nothing was written"]), file=sys.stderr)
        return 1
    path.write_text(released_changelog(text, found), encoding="utf-8")
    set_versions(options.root, found)
    record(Package.open(options.root), options.released)
    print(f"{found.new_version} is prepared; now: make docs test, and look at the diff")
    return 0


def changelog_faults(text: str) -> list[str]:
    """Say what keeps the change log from being written."""
    match = UNRELEASED.search(text)
    if match is None:
        return ['CHANGELOG.md has no section "## Unreleased"; add one that tells of the code in "### Code"']
    made = [name for name in ("Data", "Schema") if f"### {name}\n" in match[1]]
    faults = [f'CHANGELOG.md: "### {name}" is made by this script; put your own words above it' for name in made]
    if "### Code\n" not in match[1]:
        faults.append('CHANGELOG.md: the section "Unreleased" needs "### Code", if only to say "No change."')
    return faults


def released_changelog(text: str, found: Comparison) -> str:
    """Turn the section "Unreleased" into that of the release: its own words, then Data, Schema and Code."""
    match = UNRELEASED.search(text)
    assert match is not None  # noqa: S101 - changelog_faults looked
    words, code = match[1].split("### Code\n", 1)
    parts = [
        f"## {found.new_version} ({found.on.isoformat()})",
        words.strip(),
        data_section(found),
        schema_section(found),
        f"### Code\n\n{code.strip()}",
    ]
    section = "\n\n".join(part for part in parts if part) + "\n"
    after = text[match.end() :]
    return text[: match.start()] + section + (f"\n{after}" if after else "")


def set_versions(root: Path, found: Comparison) -> None:
    """Write the versions and the day into the files that hold them, and nothing else in them."""
    descriptor = root / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    for name, value in (
        ("version", found.new_version),
        ("schemaVersion", found.new_schema_version),
        ("created", f"{found.on.isoformat()}T00:00:00Z"),
    ):
        text = re.sub(rf'^(  "{name}": )".*?"', rf'\g<1>"{value}"', text, count=1, flags=re.MULTILINE)
    descriptor.write_text(text, encoding="utf-8")
    for name, pattern, value in (
        ("pyproject.toml", r'^version = ".*?"', f'version = "{found.new_version}"'),
        ("LICENSE-DATA", r"version \d+\.\d+\.\d+", f"version {found.new_version}"),
    ):
        path = root / name
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(pattern, value, text, count=1, flags=re.MULTILINE), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
