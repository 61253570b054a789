"""Put a package's tables into DuckDB: as text, exactly as the files hold them, and as typed views.

Schema ``text`` has one table for each resource: ``_row`` (index of the record in the file, from 0) and each column as
VARCHAR, empty cells as NULL, nested JSON values as JSON text. Schema ``main`` has one typed view for each: lists as
lists, booleans as booleans, integers as integers, full dates as dates, dates of reduced precision as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from enforcement_web import csvtext, jsontext
from enforcement_web.package import Package, Resource, as_json
from enforcement_web.sqltext import literal, quote

# Longer lines and objects are not loaded from the file as it is.
_LONGEST = 10_000_000


def connect() -> duckdb.DuckDBPyConnection:
    """Open an empty store."""
    store = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
    store.execute("create schema text")
    return store


def load_package(store: duckdb.DuckDBPyConnection, package: Package) -> None:
    """Load every table of a package, as text and as typed views.

    Raises duckdb.Error when a file cannot be read. Faults in the files are for the check to find.
    """
    for resource in package.resources.values():
        add_file(store, resource, package.path(resource))
        store.execute(f"create view {quote(resource.name)} as {typed_select(resource)}")


def add_file(store: duckdb.DuckDBPyConnection, resource: Resource, path: Path) -> None:
    """Load a table from a sound file, as text. Texts in JSON stay as they are, other values become JSON text."""
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in resource.columns)
    columns = f"columns = {{{types}}}"
    if resource.format == "csv":
        options = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = ''"
        source = f"read_csv({literal(str(path))}, {options}, max_line_size = {_LONGEST}, {columns})"
    else:
        options = f"format = 'array', maximum_object_size = {_LONGEST}"
        source = f"read_json({literal(str(path))}, {options}, {columns})"
    names = ", ".join(map(quote, resource.columns))
    query = f"select row_number() over () - 1 as _row, {names} from {source}"
    store.execute(f"create table text.{quote(resource.name)} as {query}")


def add_rows(store: duckdb.DuckDBPyConnection, resource: Resource, rows: Iterable[Sequence[str]]) -> None:
    """Load the records of a CSV table, given as cells, as text."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="enforcement-web-") as folder:
        path = Path(folder) / "rows.csv"
        path.write_bytes(csvtext.format_csv(resource.columns, rows))
        add_file(store, resource, path)


def add_records(store: duckdb.DuckDBPyConnection, resource: Resource, records: list[dict[str, Any]]) -> None:
    """Load the records of a JSON table as text."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="enforcement-web-") as folder:
        path = Path(folder) / "records.json"
        path.write_bytes(jsontext.format_json(records))
        add_file(store, resource, path)


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
