"""Record the present version as released: its ids and how many records each table holds.

Run once for a release, before its tag. The check then notices ids that vanish and tables that shrink.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from enforcement_web import Package
from enforcement_web.csvtext import format_csv

ROOT = Path(__file__).resolve().parents[1]
IDS, COUNTS = "released_ids", "releases"


def main() -> int:
    """Add the present ids and counts to the two tables. Returns 1 when the version is recorded already."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package (default: this checkout)")
    parser.add_argument("--released", type=date.fromisoformat, default=date.today(), help="day of the release")
    options = parser.parse_args()
    package = Package.open(options.root)
    counts, ids = package.resources[COUNTS], package.resources[IDS]
    recorded = package.scan_csv(counts).rows
    if any(version == package.version for version, *_ in recorded):
        print(f"version {package.version} is recorded already", file=sys.stderr)
        return 1
    tables = {
        resource.name: package.records(resource)
        for resource in package.resources.values()
        if resource.name not in (IDS, COUNTS, "exceptions")
    }
    rows = [[package.version, options.released.isoformat(), name, str(len(found))] for name, found in tables.items()]
    package.write(counts, format_csv(counts.columns, sorted([*recorded, *rows])))
    known = {(table, record): version for table, record, version in package.scan_csv(ids).rows}
    for name, found in tables.items():
        for record in found:
            if "id" in record:
                known.setdefault((name, str(record["id"])), package.version)
    package.write(ids, format_csv(ids.columns, ([*key, version] for key, version in sorted(known.items()))))
    print(f"version {package.version}: {len(rows)} tables, {len(known)} ids")
    return 0


if __name__ == "__main__":
    sys.exit(main())
