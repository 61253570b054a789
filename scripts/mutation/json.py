"""Operators that spoil a JSON table."""

import json

from mutation.table import Table


def json_lost_member(table: Table) -> bytes:
    """Lose a required member."""
    records = table.records()
    record = table.pick(records)
    name = table.pick(name for name in table.resource.schema["items"]["required"] if name in record)
    del record[name]
    return table.json(records, f"{name} of {record.get('id', '')}")


def json_unknown_member(table: Table) -> bytes:
    """Misspell the name of a member."""
    records = table.records()
    record = table.pick(records)
    name = table.pick(list(record))
    record[f"{name}s"] = record.pop(name)
    return table.json(records, f"{name} of {record.get('id', '')}")


def json_wrong_type(table: Table) -> bytes:
    """Put a number where a text or a list belongs."""
    records = table.records()
    record = table.pick(records)
    name = table.pick(list(record))
    record[name] = 7
    return table.json(records, f"{name} of {record.get('id', '')}")


def json_lost_reference(table: Table) -> bytes:
    """Misspell a reference within a record."""
    text = json.dumps(table.records())
    members = {"actions": ("flow_id",), "findings": ("source_id",), "sources": ()}[table.name]
    name = table.pick(members)
    records = json.loads(text)
    if name == "source_id":
        record = table.pick(records)
        record["source_id"] += "x"
    else:
        record = table.pick(record for record in records if record["interrupts"])
        table.pick(record["interrupts"])["flow_id"] += "x"
    return table.json(records, f"{name} of {record['id']}")


def json_repeated_id(table: Table) -> bytes:
    """Give a record the id of another."""
    records = table.records()
    one, two = table.chance.sample(records, 2)
    one["id"] = two["id"]
    return table.json(records, two["id"])


def json_other_layout(table: Table) -> bytes:
    """Save the file in another layout."""
    table.what = "whole file"
    return json.dumps(table.records(), indent=table.pick([None, 1, 4])).encode()


def json_unsorted(table: Table) -> bytes:
    """Turn the order of the records round."""
    table.what = "whole file"
    return (json.dumps(table.records()[::-1], indent=2, ensure_ascii=False) + "\n").encode()


def json_doubled_member(table: Table) -> bytes:
    """Write a member twice."""
    text = table.data.decode()
    table.records()
    table.what = "first id"
    return text.replace('    "id": ', '    "id": "twice",\n    "id": ', 1).encode()
