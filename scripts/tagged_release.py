"""Hold a tag against the package, write the notes of its release, and print the tag of the release before, if any.

The release workflow runs it on the tag that was pushed.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

from enforcement_web import Package, PackageError
from enforcement_web.compare.policy import Version, parse_version

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write the notes and print the earlier tag. Returns 1 when the tag may not be released."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tag", help="tag of the release, as v1.4.0")
    parser.add_argument("--notes", type=Path, required=True, help="file to write the section of CHANGELOG.md to")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package (default: this checkout)")
    options = parser.parse_args()
    try:
        version = Package.open(options.root).version
    except PackageError as error:
        print(error, file=sys.stderr)
        return 1
    if options.tag != f"v{version}":
        print(f'the tag is "{options.tag}", but the package has version {version}; tag it v{version}', file=sys.stderr)
        return 1
    notes = section((options.root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    if not notes:
        print(f'CHANGELOG.md tells nothing in a section "## {version} (...)"', file=sys.stderr)
        return 1
    options.notes.write_text(notes, encoding="utf-8")
    print(earlier(options.tag, tags(options.root)))
    return 0


def section(changelog: str, version: str) -> str:
    """Give what a change log tells of a version, without its heading; empty when it does not."""
    match = re.search(rf"^## {re.escape(version)} \([^\n]*\)\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return f"{match[1].strip()}\n" if match and match[1].strip() else ""


def earlier(tag: str, known: list[str]) -> str:
    """Give the tag with the greatest version before that of another; empty when there is none."""
    this = _version(tag)
    before = [(version, name) for name in known if (version := _version(name)) and this and version < this]
    return max(before)[1] if before else ""


def tags(root: Path) -> list[str]:
    """Give the tags of versions in a repository.

    Raises CalledProcessError when the folder is in no repository.
    """
    command = ["git", "-C", str(root), "tag", "--list", "v*"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def _version(tag: str) -> Version | None:
    return parse_version(tag.removeprefix("v")) if tag.startswith("v") else None


if __name__ == "__main__":
    sys.exit(main())
