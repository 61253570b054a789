"""The real data, as committed."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import enforcement_web as ew
from enforcement_web.check import check
from sample import ROOT


def test_the_check_finds_nothing() -> None:
    report = check(ew.Package.open(ROOT))
    assert [str(problem) for problem in report.problems] == []
    assert report.notes == []


def test_frictionless_finds_nothing() -> None:
    command = [str(Path(sys.executable).parent / "frictionless"), "validate", "datapackage.json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("VALID") == len(ew.tables())
    assert "INVALID" not in result.stdout


@pytest.mark.parametrize(
    ("table", "least"),
    [
        ("agencies", 40),
        ("databases", 40),
        ("flows", 60),
        ("laws", 20),
        ("actions", 15),
        ("findings", 20),
        ("local_agencies", 18_330),
        ("agreements", 1_843),
        ("field_office_areas", 426),
    ],
)
def test_no_table_has_shrunk_below_what_the_first_version_held(table: str, least: int) -> None:
    assert len(ew.load(table)) >= least


def test_every_statement_of_the_2017_post_is_read_in_full_and_linked() -> None:
    findings, evidence = ew.load("findings"), ew.load("evidence")
    assert set(findings["source_id"]) == {"nilc-2017-torch-post"}
    places = {f"Paragraph {number}" for number in (1, 2, 3, 4, 6)} | {f"Bullet {number}" for number in range(1, 7)}
    assert set(findings["locator"]) == places
    read = evidence[(evidence["table"] == "findings") & (evidence["source_id"] == "nilc-2017-torch-post")]
    assert set(read["record_id"]) == set(findings["id"])
    assert set(read["read"]) == {"full"}
    linked = {record["table"] for records in findings["records"] for record in records}
    assert {"agencies", "databases", "flows", "touchpoints", "actions", "laws"} <= linked


def test_a_booking_goes_hop_by_hop_from_the_jail_to_ice() -> None:
    flows = ew.load("flows").set_index("id")
    route = [
        "jail-fingerprints-to-state-bureau",
        "state-bureau-fingerprints-to-ngi",
        "ngi-ident-arrest-fingerprint-search",
        "ident-match-response-to-ngi",
        "fbi-status-query-to-lesc",
        "lesc-lead-to-field-offices",
    ]
    hops = flows.loc[route]
    assert hops["touchpoint_id"].iloc[0] == "jail-booking"
    assert hops["target_agency_id"].tolist()[:-1] == hops["source_agency_id"].tolist()[1:]
    for arrived, left in zip(hops["target_database_id"].iloc[:-1], hops["source_database_id"].iloc[1:], strict=True):
        assert pd.isna(arrived) or pd.isna(left) or arrived == left
    status = ew.load("flow_status")
    assert set(route) <= set(status[status["jurisdiction_id"] == "US"]["flow_id"])


def test_flows_of_every_kind_that_the_post_names_have_use_or_access_evidence() -> None:
    evidence = ew.load("evidence")
    seen = evidence[evidence["claim"].isin(["use", "access"]) & (evidence["stance"] == "supports")]
    for flow in (
        "ncic-immigration-hit-to-police",
        "ice-jail-access",
        "jail-list-to-ice",
        "police-informal-contact-to-ice",
        "local-gang-list-to-ice",
        "ice-field-scan-to-eddie",
        "ice-iris-scan-to-bi2",
        "dmv-records-to-ice-over-nlets",
        "dmv-face-search-for-ice",
    ):
        assert flow in set(seen["record_id"]), flow


def test_what_the_post_says_was_asked_for_is_no_more_than_requested() -> None:
    status = ew.load("flow_status")
    plates = status[status["flow_id"] == "dmv-plate-lookup-by-address-for-ice"].sort_values("started")
    assert plates["status"].tolist() == ["requested", "unknown"]


def test_importers_have_left_their_reports() -> None:
    for table in ("local_agencies", "agreements", "field_office_areas"):
        text = (ROOT / "docs" / "imports" / f"{table}.md").read_text(encoding="utf-8")
        assert "SHA-256" in text
    assert "Agencies with an ORI" in (ROOT / "docs" / "imports" / "agreements.md").read_text(encoding="utf-8")
