"""Operators that spoil what records say together, as careless edits do."""

from typing import Any

from mutation.table import NotApplicableError, Table


def lose_half(table: Table) -> bytes:
    """Lose the second half of the records."""
    if table.resource.format == "json":
        records = table.records()
        return table.json(records[: len(records) // 2], "second half")
    rows = table.rows()
    if len(rows) < 2 or table.name in ("audits", "exceptions", "releases", "redirects"):
        raise NotApplicableError  # tables that may rightly be short
    return table.csv(rows[: len(rows) // 2], "second half")


def reversed_period(table: Table) -> bytes:
    """Let a period end before it begins."""
    pairs = {"agencies": ("founded", "dissolved"), "databases": ("started", "ended"), "laws": ("enacted", "ended")}
    first, last = pairs.get(table.name, ("started", "ended"))
    if table.name not in (*pairs, "flow_status"):
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row[first])
    row[last] = str(int(row[first][:4]) - 1)
    return table.csv(rows, f"{last} of {row['id']}")


def date_to_come(table: Table) -> bytes:
    """Date a reading, a search or a beginning in the future."""
    columns = {"evidence": "read_on", "gaps": "looked_on", "redirects": "retired_on", "flow_status": "started"}
    if table.name not in columns:
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row.get("status") != "planned" and not row.get("ended"))
    row[columns[table.name]] = "2044-05-06"
    return table.csv(rows, f"{columns[table.name]} of {row.get('id', '')}")


def read_before_issue(table: Table) -> bytes:
    """Date a reading before the source was issued."""
    if table.name != "evidence":
        raise NotApplicableError
    issued = {source["id"] for source in table.reading.json["sources"].records if source.get("issued")}
    rows = table.rows()
    row = table.pick(row for row in rows if row["source_id"] in issued)
    row["read_on"] = "1789-03-04"
    return table.csv(rows, f"read_on of {row['record_id']}")


def repeated_key(table: Table) -> bytes:
    """Give a record the key of another."""
    rows = table.rows()
    if len(rows) < 2:
        raise NotApplicableError
    one, two = table.chance.sample(rows, 2)
    for name in table.resource.key:
        one[name] = two[name]
    return table.csv(rows, f"{'/'.join(two[name] for name in table.resource.key)}")


def _released(table: Table) -> tuple[list[Any], Any]:
    """Choose a record whose id a release has held: all records of the table, and the one."""
    released = table.released()
    rows: list[Any] = table.records() if table.resource.format == "json" else table.rows() if released else []
    return rows, table.pick(row for row in rows if row["id"] in released)


def _written(table: Table, rows: list[Any], what: str) -> bytes:
    return table.json(rows, what) if table.resource.format == "json" else table.csv(rows, what)


def misspelled_id(table: Table) -> bytes:
    """Misspell the id of a record that a release has held."""
    rows, row = _released(table)
    row["id"] += "x"
    return _written(table, rows, row["id"])


def lost_record(table: Table) -> bytes:
    """Lose a record that a release has held."""
    rows, lost = _released(table)
    return _written(table, [row for row in rows if row is not lost], lost["id"])


def lost_evidence(table: Table) -> bytes:
    """Lose all evidence of a record."""
    if table.name != "evidence":
        raise NotApplicableError
    rows = table.rows()
    lost = table.pick(rows)
    kept = [row for row in rows if (row["table"], row["record_id"]) != (lost["table"], lost["record_id"])]
    return table.csv(kept, f"{lost['table']} {lost['record_id']}")


def lost_evidence_row(table: Table) -> bytes:
    """Lose one row of evidence."""
    if table.name != "evidence":
        raise NotApplicableError
    rows = table.rows()
    lost = table.pick(rows)
    return table.csv([row for row in rows if row is not lost], f"{lost['table']} {lost['record_id']}")


def turned_evidence(table: Table) -> bytes:
    """Let all evidence that supports a record contradict it."""
    if table.name != "evidence":
        raise NotApplicableError
    rows = table.rows()
    one = table.pick(row for row in rows if row["stance"] == "supports")
    for row in rows:
        if (row["table"], row["record_id"]) == (one["table"], one["record_id"]):
            row["stance"] = "contradicts"
    return table.csv(rows, f"{one['table']} {one['record_id']}")


def swapped_claim(table: Table) -> bytes:
    """Claim that a law forbids what it allows, or the other way round."""
    if table.name != "evidence":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row["table"] == "flow_laws" and row["stance"] == "supports")
    row["claim"] = "authority" if row["claim"] == "limit" else "limit"
    return table.csv(rows, row["record_id"])


def lost_status(table: Table) -> bytes:
    """Lose the last status of a flow in a place."""
    if table.name != "flow_status":
        raise NotApplicableError
    rows = table.rows()
    lost = table.pick(row for row in rows if not row["ended"])
    return table.csv([row for row in rows if row is not lost], lost["id"])


def overlapping_status(table: Table) -> bytes:
    """Let a status go on after the next one has begun."""
    if table.name != "flow_status":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row["ended"])
    row["ended"] = ""
    return table.csv(rows, row["id"])


def hole_in_history(table: Table) -> bytes:
    """Let a status end long before the next begins."""
    if table.name != "flow_status":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row["ended"] and int(row["ended"][:4]) - int(row["started"][:4]) > 1)
    row["ended"] = str(int(row["started"][:4]) + 1)
    return table.csv(rows, row["id"])


def law_of_another_place(table: Table) -> bytes:
    """Let a state's law set a status in another state."""
    if table.name != "flow_status":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row["jurisdiction_id"].count("-") == 1)
    laws = [law for law in table.others("laws") if law["jurisdiction_id"].count("-") == 1]
    law = table.pick(law for law in laws if law["jurisdiction_id"] != row["jurisdiction_id"])
    row["law_id"] = law["id"]
    return table.csv(rows, row["id"])


def circle(table: Table) -> bytes:
    """Make a record its own parent, group, successor or answer."""
    own = {column for column, target in table.references().items() if target == table.name}
    column = table.pick(sorted(own))
    rows = table.rows()
    row = table.pick(rows)
    row[column] = row["id"]
    return table.csv(rows, f"{column} of {row['id']}")


def wrong_group(table: Table) -> bytes:
    """Put a record into a group that is none."""
    if table.name not in ("agencies", "databases"):
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(rows)
    row["group_id"] = table.pick(other["id"] for other in rows if other["is_group"] == "false" and other is not row)
    return table.csv(rows, row["id"])


def wrong_level(table: Table) -> bytes:
    """Make a federal body local, or a state body federal."""
    if table.name != "agencies":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row["level"] in ("federal", "state") and row["is_group"] == "false")
    row["level"] = "local" if row["level"] == "federal" else "federal"
    return table.csv(rows, row["id"])


def own_end(table: Table) -> bytes:
    """Let a flow end where it begins."""
    if table.name != "flows":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(rows)
    row["target_agency_id"], row["target_database_id"] = row["source_agency_id"], row["source_database_id"]
    return table.csv(rows, row["id"])


def foreign_database(table: Table) -> bytes:
    """Name at the end of a flow a database that the agency has nothing to do with."""
    if table.name != "flows":
        raise NotApplicableError
    rows = table.rows()
    row = table.pick(row for row in rows if row["source_agency_id"] in ("local-police", "local-jails"))
    row["source_database_id"] = table.pick(["sevis", "tvs", "passport-records", "a-file"])
    return table.csv(rows, row["id"])


def unneeded_exception(table: Table) -> bytes:
    """Except a record that breaks nothing."""
    if table.name != "exceptions":
        raise NotApplicableError
    rows = table.rows()
    rows.append({**rows[0], "rule": "flow-self", "table": "flows", "record": "no-such-flow"})
    return table.csv(rows, "flow-self")


def redirect_of_a_live_id(table: Table) -> bytes:
    """Redirect an id that is in use."""
    if table.name != "redirects":
        raise NotApplicableError
    rows = table.rows()
    row = {**rows[0], "table": "agencies", "old_id": table.pick(other["id"] for other in table.others("agencies"))}
    return table.csv([*rows, row], row["old_id"])
