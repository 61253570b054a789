"""The releases made so far: what changed between them, the versions that they have, and what the change log tells."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from enforcement_web.compare import Bump, Comparison
from enforcement_web.compare.changelog import data_section, schema_section
from enforcement_web.compare.text import as_text
from keep_release import comparison, releases
from sample import ROOT

PAIRS = list(pairwise(releases()))


@pytest.fixture(scope="module", params=PAIRS, ids=lambda pair: "-".join(path.stem for path in pair))
def pair(request: pytest.FixtureRequest) -> tuple[Path, Comparison]:
    before, after = request.param
    return after, comparison(before, after)


def test_there_are_releases_to_compare() -> None:
    assert len(PAIRS) >= 1


def test_what_changed_between_releases_is_told_as_before(pair: tuple[Path, Comparison]) -> None:
    after, found = pair
    assert as_text(found, limit=2) + "\n" == after.with_suffix(".txt").read_text(encoding="utf-8")


def test_each_release_has_a_version_that_is_great_enough(pair: tuple[Path, Comparison]) -> None:
    after, found = pair
    assert found.new_version == after.stem
    assert found.version_faults() == []


def test_a_smaller_version_would_not_have_been_enough(pair: tuple[Path, Comparison]) -> None:
    _, found = pair
    major, minor, patch = map(int, found.old_version.split("."))
    smaller = f"{major}.{minor}.{patch + (found.required > Bump.PATCH)}"
    (fault,) = replace(found, new_version=smaller).version_faults()
    assert "is too small" in fault


def test_the_change_log_tells_what_changed_in_data_and_schema(pair: tuple[Path, Comparison]) -> None:
    _, found = pair
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {found.new_version} ")[1].split("\n## ")[0]
    assert f"\n{data_section(found)}\n\n{schema_section(found)}\n\n### Code\n" in section
