"""Preparing a release: versions, change log and records of what was released, or nothing at all."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

import prepare_release
from enforcement_web import Package, cli
from enforcement_web.compare.tables import Tables
from sample import ROOT, make_package

CHANGELOG = """# Changelog

## Unreleased

- The first words are ours.

### Code

- A command.

## 0.1.0 (2026-11-23)

The first version.
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A sample package beside its earlier version, with one record more."""
    make_package(tmp_path / "old")
    root = make_package(tmp_path / "new")
    (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (root / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "0.1.0"\n', encoding="utf-8")
    (root / "LICENSE-DATA").write_text("Enforcement Web, version 0.1.0.\n", encoding="utf-8")
    gap = "zoo,flows,ngi-to-ident,US,What else is matched there?,The notice,2026-11-01\n"
    with (root / "data/gaps.csv").open("a", encoding="utf-8") as file:
        file.write(gap)
    with (root / "data/reference/audits.csv").open("a", encoding="utf-8") as file:
        file.write("audit-1-001,1,2026-11-01,1,laws,usc-28-534,,code,supported,\n")
    return root


def prepare(root: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    arguments = [*words, "--since", str(root.parent / "old"), "--released", "2026-11-26", "--root", str(root)]
    monkeypatch.setattr(sys, "argv", ["prepare_release.py", *arguments])
    return prepare_release.main()


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_release_is_prepared_whole(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepare(checkout, monkeypatch, "0.1.1") == 0
    package = Package.open(checkout)
    assert (package.version, package.schema_version) == ("0.1.1", "0.1.0")
    assert package.descriptor["created"] == "2026-11-26T00:00:00Z"
    assert 'version = "0.1.1"' in (checkout / "pyproject.toml").read_text(encoding="utf-8")
    assert (checkout / "LICENSE-DATA").read_text(encoding="utf-8") == "Enforcement Web, version 0.1.1.\n"
    text = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text == CHANGELOG.replace("## Unreleased", "## 0.1.1 (2026-11-26)").replace(
        "### Code",
        "### Data\n\n- Added: 1 `audits`, 1 `gaps`.\n- No route to ice opened or closed, on 2026-11-26.\n\n"
        "### Schema\n\n- No change.\n- Schema version 0.1.0.\n\n### Code",
    )
    tables = Tables(package)
    assert tables.rows("releases")["0.1.1", "gaps"]["records"] == "3"
    assert tables.rows("released_ids")["gaps", "zoo"]["version"] == "0.1.1"
    assert cli.main(["check", str(checkout), "--today", "2026-11-26"]) == 0
    before = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    after = json.loads((checkout / "datapackage.json").read_text(encoding="utf-8"))
    assert {key for key in before if before[key] != after[key]} <= {"version", "schemaVersion", "created"}


def test_the_same_release_prepared_again_changes_no_record_of_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(checkout, monkeypatch, "0.1.1")
    recorded = contents(checkout / "data" / "reference")
    (checkout / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    assert prepare(checkout, monkeypatch, "0.1.1") == 0
    assert contents(checkout / "data" / "reference") == recorded


@pytest.mark.parametrize(
    ("version", "changelog", "message"),
    [
        (
            "0.1.0",
            CHANGELOG,
            "version 0.1.0 is too small: the changes since 0.1.0 ask for a patch bump, so it must be 0.1.1",
        ),
        ("1", CHANGELOG, 'version "1" is not of the form'),
        ("0.1.1", CHANGELOG.replace("## Unreleased", "## Later"), 'no section "## Unreleased"'),
        (
            "0.1.1",
            CHANGELOG.replace("### Code", "### Data\n\n- Mine.\n\n### Code"),
            '"### Data" is made by this script',
        ),
        ("0.1.1", CHANGELOG.replace("### Code\n\n- A command.\n", ""), 'needs "### Code"'),
    ],
)
def test_what_keeps_a_release_from_being_made_is_said_and_nothing_is_written(
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: str,
    changelog: str,
    message: str,
) -> None:
    (checkout / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    before = contents(checkout)
    assert prepare(checkout, monkeypatch, version) == 1
    assert message in capsys.readouterr().err
    assert contents(checkout) == before


def test_a_release_before_that_is_not_there_is_wrong_use(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout.parent / "old" / "datapackage.json").unlink()
    assert prepare(checkout, monkeypatch, "0.1.1") == 1
    (checkout.parent / "old").rename(checkout.parent / "elsewhere")
    assert prepare(checkout, monkeypatch, "0.1.1") == 2


def test_the_versions_of_the_repository_agree() -> None:
    package = Package.open(ROOT)
    assert f'version = "{package.version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    newest = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1:]
    released = [entry for entry in newest if not entry.startswith("Unreleased")]
    day = date.fromisoformat(package.descriptor["created"][:10])
    assert released[0].startswith(f"{package.version} ({day.isoformat()})")
    rows = Tables(package).rows("releases")
    assert {row["released"] for row in rows.values() if row["version"] == package.version} == {day.isoformat()}
