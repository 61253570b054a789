"""Put a package's tables into DuckDB: as text, exactly as the files hold them, and as typed views.

Schema ``text`` has one table for each resource: ``_row`` (index of the record in the file, from 0) and each column as
VARCHAR, empty cells as NULL, nested JSON values as JSON text. Schema ``main`` has one typed view for each: lists as
lists, booleans as booleans, integers as integers, full dates as dates, dates of reduced precision as text.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from enforcement_web import csvtext
from enforcement_web.package import JsonTable, Package, Resource, as_json


def connect() -> duckdb.DuckDBPyConnection:
    """Open an empty store."""
    store = duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": False})
    store.execute("create schema text")
    return store


def load_package(store: duckdb.DuckDBPyConnection, package: Package) -> None:
    """Load every table of a package, as text and as typed views.

    Raises OSError when a file cannot be read. Faults in the files are for the check to find.
    """
    for resource in package.resources.values():
        if resource.format == "csv":
            add_rows(store, resource, package.scan_csv(resource).rows)
        else:
            add_rows(store, resource, json_rows(resource, package.scan_json(resource)))
        store.execute(f"create view {quote(resource.name)} as {typed_select(resource)}")


def add_rows(store: duckdb.DuckDBPyConnection, resource: Resource, rows: Sequence[Sequence[str]]) -> None:
    """Load the records of one table as text."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in resource.columns)
    with tempfile.TemporaryDirectory(prefix="enforcement-web-") as folder:
        path = Path(folder) / "rows.csv"
        numbered = ([str(index), *row] for index, row in enumerate(rows))
        path.write_bytes(csvtext.format_csv(["_row", *resource.columns], numbered))
        store.execute(
            f"""create table text.{quote(resource.name)} as select * from read_csv({literal(str(path))},
            header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
            max_line_size = 1000000000, columns = {{'_row': 'BIGINT', {columns}}})"""
        )


def json_rows(resource: Resource, table: JsonTable) -> list[list[str]]:
    """Give the records of a JSON table as text cells."""
    return [[cell_text(record.get(name)) for name in resource.columns] for record in table.records]


def cell_text(value: Any) -> str:
    """Give a value of a JSON record as the text of one cell: texts as they are, other values as JSON text."""
    if value is None:
        return ""
    return " ".join(value.split("\n")) if isinstance(value, str) else as_json(value)


def typed_select(resource: Resource) -> str:
    """Write the query that gives a table with its real types."""
    if resource.format == "json":
        properties = resource.schema["items"]["properties"]
        columns = [_json_column(name, schema) for name, schema in properties.items()]
    else:
        columns = [_csv_column(field) for field in resource.fields]
    return f"select {', '.join(columns)} from text.{quote(resource.name)} order by _row"


def json_structure(schema: Mapping[str, Any]) -> Any:
    """Give the structure of a JSON Schema as DuckDB's from_json takes it: members that a record lacks become NULL."""
    kind = schema.get("type", "string")
    if kind == "array":
        return [json_structure(schema["items"])]
    if kind == "object":
        return {name: json_structure(child) for name, child in schema["properties"].items()}
    return {"boolean": "BOOLEAN", "integer": "BIGINT"}.get(kind, "VARCHAR")


def quote(name: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def _csv_column(field: Mapping[str, Any]) -> str:
    name = quote(field["name"])
    types = {"integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}
    if field["type"] == "list":
        return f"coalesce(string_split({name}, {literal(field['delimiter'])}), []) as {name}"
    if field["type"] in types:
        return f"cast({name} as {types[field['type']]}) as {name}"
    return name


def _json_column(name: str, schema: Mapping[str, Any]) -> str:
    structure = json_structure(schema)
    if structure == "VARCHAR":
        return quote(name)
    return f"from_json({quote(name)}, {literal(as_json(structure))}) as {quote(name)}"
