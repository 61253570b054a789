"""Check that keys do not repeat and that references lead to a record, in CSV and JSON tables alike."""

from collections.abc import Iterator, Mapping
from typing import Any

from enforcement_web.check.reading import Reading
from enforcement_web.check.table_schema import short
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, did_you_mean


def check_keys(reading: Reading) -> Iterator[Problem]:
    """Report keys that repeat and references that point nowhere."""
    known: dict[tuple[str, str], set[str]] = {}
    usable = {resource.name: resource for resource in reading.usable()}
    for resource in usable.values():
        for key in unique_keys(resource):
            yield from _repeated(reading, resource, key)
        for row, pointer, target, column, value in references(reading, resource):
            if target not in usable:
                continue
            if (target, column) not in known:
                known[target, column] = set(_column(reading, usable[target], column))
            if value not in known[target, column] and not reading.is_broken(resource.name, row):
                message = f'"{short(value)}" is not in {target}{did_you_mean(value, known[target, column])}'
                yield reading.problem(resource.name, row, pointer, "foreign-key", message)


def unique_keys(resource: Resource) -> list[list[str]]:
    """Columns, or groups of them, that no two records of a table may share; the first is the primary key."""
    if resource.format == "json":
        return [resource.key]
    unique = ([field["name"]] for field in resource.fields if field.get("constraints", {}).get("unique"))
    return [resource.key, *(key for key in unique if key != resource.key), *resource.schema.get("uniqueKeys", [])]


def references(reading: Reading, resource: Resource) -> Iterator[tuple[int, str, str, str, str]]:
    """Give each distinct reference of a CSV column, each of a JSON record: row, place, table, column, value."""
    if resource.format == "json":
        for row, record in enumerate(reading.json[resource.name].records):
            for pointer, target, value in _declared(record, resource.schema["items"], ""):
                yield row, pointer, target, "id", value
        return
    for name, target, column in resource.foreign_keys:
        index = resource.columns.index(name)
        for row, value in enumerate(cells[index] for cells in reading.csv[resource.name].rows):
            if value:
                yield row, name, target, column, value


def _column(reading: Reading, resource: Resource, name: str) -> Iterator[str]:
    if resource.format == "json":
        return (str(record.get(name)) for record in reading.json[resource.name].records)
    index = resource.columns.index(name)
    return (cells[index] for cells in reading.csv[resource.name].rows)


def _repeated(reading: Reading, resource: Resource, key: list[str]) -> Iterator[Problem]:
    columns = [list(_column(reading, resource, name)) for name in key]
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
