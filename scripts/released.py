"""Record a version as released: its ids and how many records each table holds.

prepare_release.py does it before a release. The check then notices ids that vanish and tables that shrink.
"""

from datetime import date

from enforcement_web import Package
from enforcement_web.csvtext import format_csv

IDS, COUNTS = "released_ids", "releases"


def record(package: Package, released: date) -> None:
    """Add the ids and counts of a package to its two tables of releases; those of a version that is there are replaced.

    An id keeps the version that it was first released in.
    """
    counts, ids = package.resources[COUNTS], package.resources[IDS]
    recorded = [row for row in package.scan_csv(counts).rows if row[0] != package.version]
    tables = {
        resource.name: package.records(resource)
        for resource in package.resources.values()
        if resource.name not in (IDS, COUNTS, "exceptions")
    }
    rows = [[package.version, released.isoformat(), name, str(len(found))] for name, found in tables.items()]
    package.write(counts, format_csv(counts.columns, sorted([*recorded, *rows])))
    known = {(table, one): version for table, one, version in package.scan_csv(ids).rows if version != package.version}
    citable = ids.fields[0]["constraints"]["enum"]
    for name, found in tables.items():
        for one in found:
            if name in citable and "id" in one:
                known.setdefault((name, str(one["id"])), package.version)
    package.write(ids, format_csv(ids.columns, ([*key, version] for key, version in sorted(known.items()))))
