"""Draw a seeded random sample of rows of evidence and of cells for an audit, or give the figures of past audits.

The sample is printed as lines for data/reference/audits.csv, with the verdict and the note left empty. Whoever did not
write a row finds its source again and judges it; docs/audits.md tells how.
"""

import argparse
import csv
import io
import math
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

import enforcement_web as ew

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ["id", "audit", "audited_on", "seed", "table", "record_id", "field", "source_id", "verdict", "note"]
# Columns that state something which a text must bear out.
JUDGED = {
    "agencies": "name acronym kind level parent_id jurisdiction_id founded dissolved summary",
    "databases": "name acronym kind owner_id operator_id parent_id status started ended successor_id holds about sorn "
    "pia summary",
    "flows": "source_agency_id source_database_id target_agency_id target_database_id network_id touchpoint_id "
    "mechanism initiated_by responds_to data_categories summary",
    "flow_status": "jurisdiction_id started start_is ended status law_id summary",
    "laws": "citation title kind jurisdiction_id enacted effective ended summary",
}


def evidence_rows() -> list[tuple[str, str, str, str]]:
    """Every row of evidence as table, record, field, source."""
    rows = ew.load("evidence")[["table", "record_id", "field", "source_id"]].fillna("")
    return sorted(rows.itertuples(index=False, name=None))


def cells() -> list[tuple[str, str, str, str]]:
    """Every cell that is judged and filled, as table, record, field and an empty source."""
    return sorted(
        (table, str(record["id"]), column, "")
        for table, columns in JUDGED.items()
        for record in ew.load(table).to_dict("records")
        for column in columns.split()
        if _is_filled(record[column])
    )


def sample(seed: int, rows: int, count: int) -> list[tuple[str, str, str, str]]:
    """Draw rows of evidence and cells; the same seed draws the same from the same data."""
    chance = Random(seed)  # noqa: S311
    return [*chance.sample(evidence_rows(), rows), *chance.sample(cells(), count)]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95% interval of a share (Wilson 1927)."""
    z, share = 1.959964, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return middle - half, middle + half


def figures() -> Iterator[str]:
    """Write one line of a Markdown table for each audit in data/reference/audits.csv."""
    yield "| audit | rows and cells | supported | partly | not supported | not found again | share supported (95%) |"
    yield "|---|---|---|---|---|---|---|"
    audits = ew.load("audits")
    for number, rows in audits.groupby("audit"):
        counts, day = Counter(rows["verdict"]), rows["audited_on"].max()
        low, high = wilson(counts["supported"], len(rows))
        yield (
            f"| {number}, {day:%B} {day.day}, {day.year} | {len(rows)} "
            f"| {counts['supported']} | {counts['partly']} | {counts['not-supported']} | {counts['not-found']} "
            f"| {100 * counts['supported'] / len(rows):.0f}% ({100 * low:.0f} to {100 * high:.0f}) |"
        )


def main() -> int:
    """Print a sample or the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("sample", help="print a sample")
    draw.add_argument("audit", type=int, help="number of the audit")
    draw.add_argument("--seed", type=int, help="seed of the sample (default: the number of the audit)")
    draw.add_argument("--rows", type=int, default=70, help="rows of evidence (default: 70)")
    draw.add_argument("--cells", type=int, default=30, help="cells of records (default: 30)")
    commands.add_parser("figures", help="print the figures of the audits so far")
    options = parser.parse_args()
    if options.command == "figures":
        print("\n".join(figures()))
        return 0
    seed = options.audit if options.seed is None else options.seed
    drawn = sample(seed, options.rows, options.cells)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for number, row in enumerate(drawn, start=1):
        name = f"audit-{options.audit}-{number:03}"
        lines.writerow([name, options.audit, date.today().isoformat(), seed, *row, "", ""])
    print(text.getvalue(), end="")
    return 0


def _is_filled(value: Any) -> bool:
    return bool(value) if isinstance(value, list) else not pd.isna(value)


if __name__ == "__main__":
    sys.exit(main())
