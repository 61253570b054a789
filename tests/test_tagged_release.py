"""A tag is released when the package and the change log agree with it."""

import sys
from pathlib import Path

import pytest

import tagged_release
from sample import make_package
from tagged_release import earlier, section
from test_review import commit, git

CHANGELOG = """# Changelog

## Unreleased

- Not yet.

## 0.1.0 (2026-11-23)

The first version.

### Data

- A table.

## 0.0.9 (2026-10-01)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = make_package(tmp_path / "package")
    (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    git(root, "init", "--quiet")
    commit(root)
    return root


def run(root: Path, tag: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["x", tag, "--notes", str(root.parent / "notes.md"), "--root", str(root)])
    return tagged_release.main()


def test_the_first_release_has_none_before(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(checkout, "tag", "v0.1.0")
    assert run(checkout, "v0.1.0", monkeypatch) == 0
    assert capsys.readouterr().out == "\n"
    notes = (checkout.parent / "notes.md").read_text(encoding="utf-8")
    assert notes == "The first version.\n\n### Data\n\n- A table.\n"


def test_the_newest_tag_before_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for tag in ("v0.0.9", "v0.0.10", "v0.1.0", "v0.2.0", "vnext", "v0.0.11-rc1"):
        git(checkout, "tag", tag)
    assert run(checkout, "v0.1.0", monkeypatch) == 0
    assert capsys.readouterr().out == "v0.0.10\n"


@pytest.mark.parametrize("tag", ["v0.1.1", "0.1.0", "v0.1.0 ", "v0.1"])
def test_another_version_is_refused(
    tag: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(checkout, tag, monkeypatch) == 1
    assert "the package has version 0.1.0; tag it v0.1.0" in capsys.readouterr().err
    assert not (checkout.parent / "notes.md").exists()


def test_a_release_without_notes_or_package_is_refused(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n", encoding="utf-8")
    assert run(checkout, "v0.1.0", monkeypatch) == 1
    assert "CHANGELOG.md tells nothing" in capsys.readouterr().err
    (checkout / "datapackage.json").unlink()
    assert run(checkout, "v0.1.0", monkeypatch) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_sections_and_versions() -> None:
    assert section(CHANGELOG, "0.0.9") == ""
    assert section(CHANGELOG, "0.1") == ""
    assert earlier("v1.10.0", ["v1.9.0", "v1.2.0", "v1.10.0", "v2.0.0"]) == "v1.9.0"
    assert earlier("next", ["v1.0.0"]) == ""
