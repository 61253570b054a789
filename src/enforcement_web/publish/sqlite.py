"""One SQLite file with every table, primary keys and foreign keys that SQLite enforces.

Cells of a CSV list stay one text, items joined by ``;``. A list in a JSON table becomes a table of its own,
``<table>_<member>``, with the record's id, the position in the list and the values.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from errno import EIO
from pathlib import Path
from typing import Any

from enforcement_web.package import Package, Resource, as_json
from enforcement_web.sqltext import quote


@dataclass(frozen=True)
class SqlTable:
    """A table to create, and its rows."""

    name: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


def write_sqlite(package: Package, path: Path) -> None:
    """Write all tables and check that every foreign key holds.

    Raises sqlite3.IntegrityError when one does not, and OSError when the file cannot be written.
    """
    tables = [table for resource in package.resources.values() for table in _tables(package, resource)]
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("pragma journal_mode = off")
        database.execute("pragma page_size = 4096")
        database.execute("begin")
        for table in tables:
            database.execute(f"create table {quote(table.name)} ({', '.join(table.columns)})")
            if table.rows:
                marks = ", ".join("?" * len(table.rows[0]))
                database.executemany(f"insert into {quote(table.name)} values ({marks})", table.rows)
        database.execute("commit")
        broken = database.execute("pragma foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"row {broken[0][1]} of {broken[0][0]} points nowhere in {broken[0][2]}")
        database.execute("vacuum")
    except sqlite3.OperationalError as error:
        raise OSError(EIO, f"SQLite says: {error}") from None
    finally:
        database.close()


def _tables(package: Package, resource: Resource) -> Iterator[SqlTable]:
    if resource.format == "csv":
        yield _csv_table(package, resource)
        return
    properties = resource.schema["items"]["properties"]
    records = package.scan_json(resource).records
    plain = {name: schema for name, schema in properties.items() if schema["type"] != "array"}
    columns = [_column(name, schema, name == "id") for name, schema in plain.items()]
    rows = [tuple(_value(record.get(name)) for name in plain) for record in records]
    yield SqlTable(resource.name, columns, rows)
    for name, schema in properties.items():
        if schema["type"] == "array":
            yield from _child_tables(f"{resource.name}_{name}", resource.name, schema["items"], _items(records, name))


def _csv_table(package: Package, resource: Resource) -> SqlTable:
    types = {"integer": "INTEGER", "boolean": "INTEGER"}
    columns = [
        f"{quote(field['name'])} {types.get(field['type'], 'TEXT')}"
        + (" NOT NULL" if field.get("constraints", {}).get("required") else "")
        for field in resource.fields
    ]
    columns.append(f"PRIMARY KEY ({', '.join(map(quote, resource.key))})")
    for column, target, target_column in resource.foreign_keys:
        columns.append(f"FOREIGN KEY ({quote(column)}) REFERENCES {quote(target)} ({quote(target_column)})")
    convert = [_cell_converter(field["type"]) for field in resource.fields]
    rows = [
        tuple(change(cell) if cell else None for change, cell in zip(convert, cells, strict=True))
        for cells in package.scan_csv(resource).rows
    ]
    return SqlTable(resource.name, columns, rows)


def _cell_converter(kind: str) -> Any:
    return {"integer": int, "boolean": lambda cell: int(cell == "true")}.get(kind, str)


def _items(records: list[dict[str, Any]], name: str) -> list[tuple[tuple[Any, ...], Any]]:
    return [
        ((record["id"], position), item)
        for record in records
        for position, item in enumerate(record.get(name, []), start=1)
    ]


def _child_tables(
    name: str, parent: str, schema: Mapping[str, Any], items: list[tuple[tuple[Any, ...], Any]]
) -> Iterator[SqlTable]:
    """Make the table of a list: one row an item, keyed by the record and the position."""
    properties = schema.get("properties", {"value": schema})
    plain = {key: child for key, child in properties.items() if child["type"] != "array"}
    columns = [
        f"record_id TEXT NOT NULL REFERENCES {quote(parent)} (id)",
        "position INTEGER NOT NULL",
        *(_column(key, child, False) for key, child in plain.items()),
        "PRIMARY KEY (record_id, position)",
    ]
    rows = []
    for (record_id, position), item in items:
        values = item if isinstance(item, dict) else {"value": item}
        rows.append((record_id, position, *(_value(values.get(key)) for key in plain)))
    yield SqlTable(name, columns, rows)
    for key, child in properties.items():
        if child["type"] == "array":
            yield _grandchild_table(f"{name}_{key}", name, key, child["items"], items)


def _grandchild_table(
    name: str, parent: str, key: str, schema: Mapping[str, Any], items: list[tuple[tuple[Any, ...], Any]]
) -> SqlTable:
    columns = [
        "record_id TEXT NOT NULL",
        "position INTEGER NOT NULL",
        "item INTEGER NOT NULL",
        _column("value", schema, False),
        "PRIMARY KEY (record_id, position, item)",
        f"FOREIGN KEY (record_id, position) REFERENCES {quote(parent)} (record_id, position)",
    ]
    rows = [
        (*place, number, _value(value))
        for place, values in items
        for number, value in enumerate(values.get(key, []), start=1)
    ]
    return SqlTable(name, columns, rows)


def _column(name: str, schema: Mapping[str, Any], is_key: bool) -> str:
    kind = "INTEGER" if schema["type"] in ("integer", "boolean") else "TEXT"
    target = schema.get("foreignKey")
    suffix = " PRIMARY KEY NOT NULL" if is_key else ""
    if target:
        suffix += f" REFERENCES {quote(target['resource'])} ({quote(target['field'])})"
    return f"{quote(name)} {kind}{suffix}"


def _value(value: Any) -> Any:
    return as_json(value) if isinstance(value, dict | list) else value
