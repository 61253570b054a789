"""Rebuild data/registers/field_office_areas.csv from the Deportation Data Project's list of ICE areas."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from enforcement_web import Package
from enforcement_web.slugs import slug
from importing import InputError, Repairs, Report, Source, main, make_parser, read_csv, states_by_name

TABLE = "field_office_areas"
COLUMNS = ("office_name", "state_name", "county_name", "notes")
ABOUT = (
    "The areas of responsibility of ICE Enforcement and Removal Operations field offices, from the list that the"
    " Deportation Data Project publishes under CC0 1.0. A row without a county is a whole state."
)


def import_areas(package: Package, source: Source, options: argparse.Namespace) -> tuple[list[list[str]], Report]:
    """Read the list. Raises InputError for an unknown state, an empty office or an area that stands twice."""
    states, repairs = states_by_name(package), Repairs()
    rows: list[list[str]] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, record in read_csv(source, COLUMNS):
        office, state, county, note = (repairs.text(column, record[column]) for column in COLUMNS)
        if state.casefold() not in states:
            raise InputError(f"line {line}: state_name {state!r} is not a state or territory that is known")
        if not slug(office):
            raise InputError(f"line {line}: office_name is empty")
        key = (slug(office), states[state.casefold()], county)
        if key in seen:
            raise InputError(f"line {line}: {office}, {state}, {county or 'all of it'} stands on line {seen[key]} too")
        seen[key] = line
        rows.append([*key, note])
    if not rows:
        raise InputError("the list has no rows")
    return rows, make_report(source, rows, repairs)


def make_report(source: Source, rows: Sequence[Sequence[str]], repairs: Repairs) -> Report:
    """Describe the import."""
    report = Report("Import of field office areas", ABOUT)
    report.facts = [
        ("Input", f"`{source.name}`"),
        ("SHA-256", f"`{source.sha256}`"),
        ("Date of the list", "not given in the list"),
        ("Rows", f"{len(rows):,}"),
        ("Field offices", f"{len({row[0] for row in rows}):,}"),
        ("States and territories", f"{len({row[1] for row in rows}):,}"),
        ("Rows for a county", f"{sum(bool(row[2]) for row in rows):,}"),
        ("Columns used", ", ".join(COLUMNS)),
        ("Columns ignored", "none"),
    ]
    whole, part = Counter(r[0] for r in rows if not r[2]), Counter(r[0] for r in rows if r[2])
    offices = [[office, f"{whole[office]:,}", f"{part[office]:,}"] for office in sorted({r[0] for r in rows})]
    report.table("Field offices", "", ["field office", "whole states", "counties"], offices)
    report.table("Values repaired", "", ["column", "as listed", "as read", "cells"], repairs.rows())
    return report


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    return main(TABLE, make_parser(__doc__ or ""), import_areas, arguments)


if __name__ == "__main__":
    sys.exit(run())
