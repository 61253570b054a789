"""Read each format of a release back into the same plain values: one reader a format, for tests."""

import csv
import json
import sqlite3
import tempfile
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import duckdb
import networkx as nx
import openpyxl
import pandas as pd
import rdflib

import enforcement_web as ew
from enforcement_web.frames import described
from enforcement_web.package import Package, Resource
from enforcement_web.publish.jsonld import CLASSES, SCHEMA_ORG, property_name, vocabulary_address
from enforcement_web.publish.workbook import NAME_SUFFIX

Row = dict[str, Any]
Tables = dict[str, list[Row]]

SCHEMA = "https://schema.org/"


def loaded(root: Path) -> Tables:
    """What ``ew.load`` gives: the values that every format must hold."""
    package = Package.open(root)
    return {
        name: [
            {str(key): plain(value) for key, value in row.items()} for row in ew.load(name, package).to_dict("records")
        ]
        for name in package.resources
    }


def plain(value: Any) -> Any:
    """Give a value without the types of a library: dates as text, what is missing as None or left out."""
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items() if plain(child) is not None}
    if isinstance(value, list | tuple):
        return [plain(child) for child in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return value.isoformat()[:10] if isinstance(value, date) else value


def without_empty_lists(tables: Tables) -> Tables:
    """Take an empty list for a missing one, for formats that hold neither."""
    return {
        name: [{key: None if value == [] else value for key, value in row.items()} for row in rows]
        for name, rows in tables.items()
    }


def from_zip(folder: Path, _: Package) -> Tables:
    (path,) = folder.glob("*.zip")
    with tempfile.TemporaryDirectory() as unpacked, zipfile.ZipFile(path) as file:
        file.extractall(unpacked)
        (root,) = Path(unpacked).iterdir()
        return loaded(root)


def from_parquet(folder: Path, package: Package) -> Tables:
    with duckdb.connect() as connection:
        return {
            name: list(_fetched(connection, f"from '{folder / 'parquet' / name}.parquet'"))
            for name in package.resources
        }


def from_duckdb(folder: Path, package: Package) -> Tables:
    (path,) = folder.glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: list(_fetched(connection, f'from "{name}"')) for name in package.resources}


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[Row]:
    rows = connection.execute(query).fetchall()
    names = [column[0] for column in connection.description or []]
    return ({name: plain(value) for name, value in zip(names, row, strict=True)} for row in rows)


def from_sqlite(folder: Path, package: Package) -> Tables:
    (path,) = folder.glob("*.sqlite")
    with closing(sqlite3.connect(path)) as database:
        return {
            resource.name: list(_json_from_sqlite(database, resource))
            if resource.format == "json"
            else list(_csv_from_sqlite(database, resource))
            for resource in package.resources.values()
        }


def _csv_from_sqlite(database: sqlite3.Connection, resource: Resource) -> Iterator[Row]:
    for row in _sqlite_rows(database, resource.name):
        yield {field["name"]: _from_cell(field["type"], row[field["name"]]) for field in resource.fields}


def _json_from_sqlite(database: sqlite3.Connection, resource: Resource) -> Iterator[Row]:
    properties = resource.schema["items"]["properties"]
    lists = {
        name: _children(database, f"{resource.name}_{name}", schema["items"])
        for name, schema in properties.items()
        if schema["type"] == "array"
    }
    for row in _sqlite_rows(database, resource.name):
        yield {
            name: lists[name][row["id"]] if name in lists else _from_json_cell(schema["type"], row[name])
            for name, schema in properties.items()
        }


def _children(database: sqlite3.Connection, table: str, schema: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Put the items of a list together again from its table, and from that of a list in each of them."""
    inner: dict[str, dict[tuple[str, int], list[Any]]] = {}
    for name, child in schema.get("properties", {}).items():
        if child["type"] == "array":
            inner[name] = defaultdict(list)
            for row in _sqlite_rows(database, f"{table}_{name}"):
                inner[name][row["record_id"], row["position"]].append(row["value"])
    found: dict[str, list[Any]] = defaultdict(list)
    for row in _sqlite_rows(database, table):
        record, place = row.pop("record_id"), row.pop("position")
        lists = {name: values[record, place] for name, values in inner.items()}
        found[record].append(plain({**row, **lists}) if "properties" in schema else row["value"])
    return found


def _sqlite_rows(database: sqlite3.Connection, table: str) -> Iterator[Row]:
    cursor = database.execute(f'select * from "{table}" order by rowid')
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _from_cell(kind: str, value: Any) -> Any:
    if kind == "list":
        return value.split(";") if value else []
    return bool(value) if kind == "boolean" and value is not None else value


def _from_json_cell(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind in ("array", "object"):
        return json.loads(value)
    return bool(value) if kind == "boolean" else value


def from_workbook(folder: Path, package: Package) -> Tables:
    (path,) = folder.glob("*.xlsx")
    book = openpyxl.load_workbook(path, read_only=True)
    tables = {}
    for resource in package.resources.values():
        header, *rows = book[resource.name].iter_rows(values_only=True)
        kinds = _kinds(resource)
        assert [name for name in header if not str(name).endswith(NAME_SUFFIX)] == list(kinds)
        tables[resource.name] = [
            {
                str(name): kinds[str(name)](_shown(value))
                for name, value in zip(header, row, strict=True)
                if name in kinds
            }
            for row in rows
        ]
    book.close()
    return tables


def _kinds(resource: Resource) -> dict[str, Any]:
    def reader(read: Any, kind: str) -> Any:
        return lambda value: read(kind, value)

    if resource.format == "json":
        properties = resource.schema["items"]["properties"]
        return {name: reader(_from_json_cell, schema["type"]) for name, schema in properties.items()}
    return {field["name"]: reader(_from_cell, field["type"]) for field in resource.fields}


def _shown(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def from_graphml(folder: Path, _: Package) -> Tables:
    network = cast("nx.MultiDiGraph[str]", nx.read_graphml(folder / "web.graphml", force_multigraph=True))
    tables: Tables = {"agencies": [], "databases": [], "flows": []}
    for _node, about in network.nodes(data=True):
        tables[about["table"]].append(about)
    tables["flows"] = [
        {**about, "source": source, "target": target, "key": key}
        for source, target, key, about in network.edges(keys=True, data=True)
    ]
    return tables


def from_readable(folder: Path, table: str) -> list[dict[str, str]]:
    path = folder / "readable" / f"{table}_readable.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def rdf(folder: Path) -> rdflib.Graph:
    with warnings.catch_warnings():  # rdflib's own reader of JSON-LD uses a class that rdflib will drop
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return rdflib.Graph().parse(folder / "web.jsonld", format="json-ld")


def predicates_of(package: Package, table: str) -> dict[str, rdflib.URIRef]:
    """Give the property that each column of a table becomes."""
    return {
        column["name"]: _predicate(package, column["name"], bool(column["refers_to"]))
        for column in described(package.resources[table])
    }


def properties_of(
    graph: rdflib.Graph, package: Package, predicates: Mapping[str, rdflib.URIRef], node: rdflib.term.Node
) -> Row:
    """Give what linked data says of a record: for each column the set of its values as texts, addresses shortened."""
    found = {column: _objects(graph, package, node, predicate) for column, predicate in predicates.items()}
    return {column: values for column, values in found.items() if values}


def _predicate(package: Package, column: str, is_reference: bool) -> rdflib.URIRef:
    if column in SCHEMA_ORG:
        return rdflib.URIRef(f"{SCHEMA}{SCHEMA_ORG[column]}")
    return rdflib.URIRef(f"{vocabulary_address(package)}{property_name(column, is_reference)}")


def _objects(graph: rdflib.Graph, package: Package, node: rdflib.term.Node, predicate: rdflib.URIRef) -> set[Any]:
    base = str(package.descriptor["id"])
    found: set[Any] = set()
    for value in graph.objects(node, predicate):
        if (value, rdflib.RDF.first, None) in graph:
            found.add(tuple(str(item) for item in rdflib.collection.Collection(graph, value)))
        elif isinstance(value, rdflib.BNode):
            found.add(
                frozenset(
                    (str(key).removeprefix(vocabulary_address(package)), str(part).removeprefix(base))
                    for key, part in graph.predicate_objects(value)
                )
            )
        else:
            found.add(str(value).removeprefix(base))
    return found


def linked(package: Package, table: str, row: Row) -> Row:
    """Give what linked data must say of a record, as ``properties_of`` gives it."""
    resource = package.resources[table]
    if resource.format == "json":
        schemas = resource.schema["items"]["properties"]
    else:
        targets = {column: {"foreignKey": {"resource": target}} for column, target, _ in resource.foreign_keys}
        schemas = {field["name"]: field | targets.get(field["name"], {}) for field in resource.fields}
    return {
        column: _linked_values(column, schema, row[column])
        for column, schema in schemas.items()
        if row.get(column) not in (None, [])
    }


def _linked_values(column: str, schema: Mapping[str, Any], value: Any) -> set[Any]:
    if not isinstance(value, list):
        return {_linked_value(column, schema, value)}
    items = schema.get("items", schema)
    is_sequence = "items" in schema and not {"foreignKey", "vocabulary", "properties"} & set(items)
    return {tuple(value)} if is_sequence else {_linked_value(column, items, item) for item in value}


def _linked_value(column: str, schema: Mapping[str, Any], value: Any) -> Any:
    if isinstance(value, dict):
        return frozenset(
            (property_name(name, "foreignKey" in child or "foreignKey" in child.get("items", {})), one)
            for name, child in schema["properties"].items()
            if name in value
            for one in _linked_values(name, child, value[name])
        )
    if "foreignKey" in schema:
        return f"{schema['foreignKey']['resource']}/{value}"
    if "vocabulary" in schema:
        return f"terms/{schema['vocabulary']}+{value}"
    if column == "wikidata":
        return f"http://www.wikidata.org/entity/{value}"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


LINKED_TABLES = tuple(CLASSES)
