"""Check that keys do not repeat and that references lead to a record, in CSV and JSON tables alike."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

from enforcement_web.check.reading import Reading
from enforcement_web.check.table_schema import short
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, closest


def check_keys(reading: Reading) -> Iterator[Problem]:
    """Report keys that repeat and references that point nowhere."""
    usable = {resource.name: resource for resource in reading.usable()}

    @cache
    def known_values(table: str, column: str) -> frozenset[str] | None:
        return frozenset(_column(reading, usable[table], column)) if table in usable else None

    for resource in usable.values():
        for key in unique_keys(resource):
            yield from _repeated(reading, resource, key)
        find = _lost_in_json if resource.format == "json" else _lost_in_csv
        lost = find(reading, resource, known_values)
        for row, place, value, target, known in lost:
            if not reading.is_broken(resource.name, row):
                message = f'"{short(value)}" is not in {target}'
                near = closest(value, known)
                yield reading.problem(resource.name, row, place, "foreign-key", message, near=near)


def unique_keys(resource: Resource) -> list[list[str]]:
    """Columns, or groups of them, that no two records of a table may share; the first is the primary key."""
    if resource.format == "json":
        return [resource.key]
    unique = ([field["name"]] for field in resource.fields if field.get("constraints", {}).get("unique"))
    return [resource.key, *(key for key in unique if key != resource.key), *resource.schema.get("uniqueKeys", [])]


# A reference that leads nowhere: row, place in it, value, the table that it names, and the values there.
Lost = tuple[int, str, str, str, frozenset[str]]
# Values of a column of a table, None when the table could not be read.
Known = Callable[[str, str], frozenset[str] | None]


def _lost_in_csv(reading: Reading, resource: Resource, known_values: Known) -> Iterator[Lost]:
    for name, target, target_column in resource.foreign_keys:
        known = known_values(target, target_column)
        values = list(_column(reading, resource, name))
        if known is None or not (lost := set(values) - known - {""}):
            continue
        for row, value in enumerate(values):
            if value in lost:
                yield row, name, value, target, known


def _lost_in_json(reading: Reading, resource: Resource, known_values: Known) -> Iterator[Lost]:
    if not _declares(resource.schema):
        return
    for row, record in enumerate(reading.json[resource.name].records):
        for place, target, value in _declared(record, resource.schema["items"], ""):
            known = known_values(target, "id")
            if known is not None and value not in known:
                yield row, place, value, target, known


def _column(reading: Reading, resource: Resource, name: str) -> Iterator[str]:
    if resource.format == "json":
        return (str(record.get(name)) for record in reading.json[resource.name].records)
    return map(itemgetter(resource.columns.index(name)), reading.csv[resource.name].rows)


def _repeated(reading: Reading, resource: Resource, key: list[str]) -> Iterator[Problem]:
    columns = [_column(reading, resource, name) for name in key]
    values = list(zip(*columns, strict=True))
    if len(set(values)) == len(values):
        return
    first: dict[tuple[str, ...], int] = {}
    for row, value in enumerate(values):
        if not any(value) or reading.is_broken(resource.name, row):
            continue
        if value in first:
            line = reading.line(resource.name, first[value])
            shown = ", ".join(f'"{cell}"' for cell in value)
            message = f"{shown} already stands on line {line}; {' and '.join(key)} must be unique"
            yield reading.problem(resource.name, row, key[0], "key-unique", message)
        first.setdefault(value, row)


def _declares(schema: Any) -> bool:
    """Whether any part of a JSON Schema has a ``foreignKey``."""
    if isinstance(schema, dict):
        return "foreignKey" in schema or any(map(_declares, schema.values()))
    return False


def _declared(value: Any, schema: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, str, str]]:
    """Give each text within a JSON value whose schema has a ``foreignKey``: place, table, text."""
    if isinstance(value, str):
        if "foreignKey" in schema:
            yield pointer, schema["foreignKey"]["resource"], value
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from _declared(child, schema.get("properties", {}).get(name, {}), f"{pointer}/{name}".lstrip("/"))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _declared(child, schema.get("items", {}), f"{pointer}/{index}")
