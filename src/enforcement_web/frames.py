"""Give tables of the shipped package, or of any other, as pandas DataFrames and over SQL."""

import os
from functools import cache
from typing import Any

import duckdb
import pandas as pd

from enforcement_web import store as stores
from enforcement_web.csvtext import Fault
from enforcement_web.package import Package, Resource
from enforcement_web.problem import PackageError, did_you_mean

PathLike = str | os.PathLike[str] | None


def tables(package: PathLike = None) -> list[str]:
    """Names of the tables, in the order of the descriptor.

    ``package`` is the folder of another package; without it the shipped one is meant.
    """
    return list(Package.open(package).resources)


def load(table: str, package: PathLike | Package = None) -> pd.DataFrame:
    """Load a table of the shipped package, of that in a folder, or of an opened one.

    Texts and dates of reduced precision have dtype ``string``, integers ``Int64``, booleans ``boolean``, full dates
    ``datetime64[s]``, lists and nested values are Python lists and dicts. A cell that is empty is ``<NA>`` (``NaT``
    for a full date, an empty list for a list). Nothing else is read as missing: "NA" stays a text.

    Raises KeyError for an unknown table and PackageError when the package or the table's file cannot be read.
    """
    opened = package if isinstance(package, Package) else Package.open(package)
    resource = _resource(opened, table)
    if resource.format == "json":
        json_table = opened.scan_json(resource)
        _raise_faults(opened, resource, json_table.faults)
        return _json_frame(resource, json_table.records)
    scan = opened.scan_csv(resource)
    _raise_faults(opened, resource, scan.faults)
    columns = zip(*scan.rows, strict=True) if scan.rows else ([] for _ in resource.columns)
    return pd.DataFrame(
        {field["name"]: _series(field, cells) for field, cells in zip(resource.fields, columns, strict=True)}
    )


def records(table: str, package: PathLike | Package = None) -> list[dict[str, Any]]:
    """Load a table as records without their empty cells, with the types that ``load`` gives."""
    return [
        {str(name): value for name, value in record.items() if isinstance(value, list | dict) or not pd.isna(value)}
        for record in load(table, package).to_dict("records")
    ]


def describe(table: str, package: PathLike = None) -> pd.DataFrame:
    """Describe the columns of a table: name, type, title, description, example, vocabulary, refers_to, required.

    Raises KeyError for an unknown table.
    """
    return pd.DataFrame(described(_resource(Package.open(package), table)))


def described(resource: Resource) -> list[dict[str, Any]]:
    """Describe the columns of a table, as ``describe`` does, from its schema."""
    if resource.format == "json":
        required = resource.schema["items"]["required"]
        properties = resource.schema["items"]["properties"]
        return [_described(name, schema, _target(schema), name in required) for name, schema in properties.items()]
    targets = {column: table for column, table, _ in resource.foreign_keys}
    return [
        _described(
            field["name"],
            field,
            targets.get(field["name"], ""),
            bool(field.get("constraints", {}).get("required")),
        )
        for field in resource.fields
    ]


def sql(query: str, package: PathLike = None) -> pd.DataFrame:
    """Answer a query over all tables, in DuckDB's SQL. Lists come back as Python lists.

    Raises duckdb.Error when the query cannot be answered and PackageError when the package cannot be read.
    """
    frame: pd.DataFrame = _connection(package).execute(query).df()
    for name in frame.columns:
        if pd.api.types.is_object_dtype(frame[name]):
            frame[name] = frame[name].map(_plain)
    return frame


def _connection(package: PathLike) -> duckdb.DuckDBPyConnection:
    return _shipped_store() if package is None else _store(Package.open(package))


@cache
def _shipped_store() -> duckdb.DuckDBPyConnection:
    return _store(Package.open())


def _store(package: Package) -> duckdb.DuckDBPyConnection:
    store = stores.connect()
    stores.load_package(store, package)
    return store


def _resource(package: Package, table: str) -> Resource:
    if table not in package.resources:
        known = ", ".join(package.resources)
        raise KeyError(f'no table "{table}"{did_you_mean(table, package.resources)}; there are {known}')
    return package.resources[table]


def _raise_faults(package: Package, resource: Resource, faults: list[Fault]) -> None:
    if faults:
        raise PackageError([package.problem(resource, fault) for fault in faults])


def _series(field: dict[str, Any], cells: Any) -> "pd.Series[Any]":
    values = list(cells)
    match field["type"]:
        case "list":
            items = [value.split(field["delimiter"]) if value else [] for value in values]
            return pd.Series(items, dtype=object)
        case "integer":
            return pd.Series([int(value) if value else None for value in values], dtype="Int64")
        case "boolean":
            return pd.Series([value == "true" if value else None for value in values], dtype="boolean")
        case "date":
            return pd.Series(pd.to_datetime(_text_series(values), format="%Y-%m-%d")).astype("datetime64[s]")
    return _text_series(values)


def _plain(value: Any) -> Any:
    """Turn the arrays in a nested value into lists."""
    if isinstance(value, dict):
        return {key: _plain(child) for key, child in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    return [_plain(child) for child in value] if isinstance(value, list) else value


def _text_series(values: list[str]) -> "pd.Series[Any]":
    return pd.Series([value or None for value in values], dtype="string")


def _json_frame(resource: Resource, records: list[dict[str, Any]]) -> pd.DataFrame:
    def column(name: str, schema: dict[str, Any]) -> "pd.Series[Any]":
        is_text = schema["type"] == "string"
        return pd.Series([record.get(name) for record in records], dtype="string" if is_text else object)

    properties = resource.schema["items"]["properties"]
    return pd.DataFrame({name: column(name, schema) for name, schema in properties.items()})


def _target(schema: dict[str, Any]) -> str:
    """The table that a member of a JSON record, or each item of it, refers to."""
    key = schema.get("foreignKey") or schema.get("items", {}).get("foreignKey", {})
    return str(key.get("resource", ""))


def _described(name: str, field: dict[str, Any], target: str, required: bool) -> dict[str, Any]:
    examples = field.get("examples", [field.get("example", "")])
    items = field.get("items", {})
    return {
        "name": name,
        "type": "partial date" if field.get("dateFormat") == "reduced" else field["type"],
        "title": field.get("title", ""),
        "description": field.get("description", ""),
        "example": examples[0] if isinstance(examples[0], str) else "",
        "vocabulary": field.get("vocabulary") or items.get("vocabulary", ""),
        "refers_to": target,
        "required": required,
    }
