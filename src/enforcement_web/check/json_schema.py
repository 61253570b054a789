"""Check the JSON tables against their JSON Schemas (2020-12), and the references that those schemas declare."""

from collections.abc import Iterator, Mapping
from typing import Any

from enforcement_web.check.reading import Reading
from enforcement_web.check.table_schema import unknown_record
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, did_you_mean


def check_json_tables(reading: Reading) -> Iterator[Problem]:
    """Report members that break the schema, ids that repeat and references that point nowhere."""
    from jsonschema import Draft202012Validator

    known = record_ids(reading)
    for resource in reading.usable():
        if resource.format != "json":
            continue
        records = reading.json[resource.name].records
        for error in Draft202012Validator(resource.schema).iter_errors(records):
            row, *path = error.absolute_path
            pointer = "/".join(str(step) for step in path)
            rule, message = _message(error)
            yield reading.problem(resource.name, int(row), pointer, rule, message)
        yield from _repeated_ids(reading, resource)
        for row, pointer, target, value in references(resource, records):
            if target in known and value not in known[target]:
                message = unknown_record(value, target, known[target])
                yield reading.problem(resource.name, row, pointer, "foreign-key", message)


def record_ids(reading: Reading) -> dict[str, set[str]]:
    """Ids of the records of every usable table that has ids."""
    ids = {}
    for resource in reading.usable():
        if resource.format == "json":
            ids[resource.name] = {str(record.get("id")) for record in reading.json[resource.name].records}
        elif resource.columns[0] == "id":
            ids[resource.name] = {cells[0] for cells in reading.csv[resource.name].rows}
    return ids


def references(resource: Resource, records: list[dict[str, Any]]) -> Iterator[tuple[int, str, str, str]]:
    """Give each value whose schema has a ``foreignKey``: record, pointer within it, table that it names, value."""
    for row, record in enumerate(records):
        for pointer, target, value in _references(record, resource.schema["items"], ""):
            yield row, pointer, target, value


def _references(value: Any, schema: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, str):
        if "foreignKey" in schema:
            yield pointer, schema["foreignKey"]["resource"], value
        return
    children: Iterator[tuple[str, Any, Mapping[str, Any]]] = iter(())
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        children = ((name, child, properties.get(name, {})) for name, child in value.items())
    elif isinstance(value, list):
        children = ((str(index), child, schema.get("items", {})) for index, child in enumerate(value))
    for step, child, child_schema in children:
        yield from _references(child, child_schema, f"{pointer}/{step}".lstrip("/"))


def _repeated_ids(reading: Reading, resource: Resource) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row, record in enumerate(reading.json[resource.name].records):
        value = record.get("id")
        if not isinstance(value, str):
            continue
        if value in first:
            line = reading.json[resource.name].places[f"/{first[value]}"][0]
            message = f'"{value}" is already the id of the record on line {line}; id must be unique'
            yield reading.problem(resource.name, row, "id", "key-unique", message)
        first.setdefault(value, row)


def _message(error: Any) -> tuple[str, str]:
    """Say what a validation error means, with the rule that it belongs to."""
    value, limit = error.instance, error.validator_value
    example = next(iter(error.schema.get("examples", [])), None)
    such_as = f"; for example {example}" if isinstance(example, str) else ""
    match error.validator:
        case "required":
            missing = next(name for name in limit if name not in value)
            return "field-required", f'member "{missing}" is missing'
        case "additionalProperties":
            known = error.schema["properties"]
            extra = next(name for name in value if name not in known)
            return "json-member", f'"{extra}" is not a member of this table{did_you_mean(extra, known)}'
        case "enum":
            where = f"a term of {error.schema['vocabulary']}" if "vocabulary" in error.schema else "allowed here"
            return "field-term", f'"{value}" is not {where}{did_you_mean(str(value), map(str, limit))}'
        case "pattern":
            return "field-pattern", f'"{value}" does not have the right form{such_as}'
        case "type":
            return "field-type", f"must be of type {limit}{such_as}"
        case "minLength" | "maxLength":
            what = "shorter" if error.validator == "minLength" else "longer"
            return "field-length", f"the text is {what} than {limit} characters"
        case "minItems" | "maxItems":
            what = "fewer" if error.validator == "minItems" else "more"
            return "field-length", f"the list has {what} than {limit} items"
        case "uniqueItems":
            return "canonical-list", "the list holds an item twice; enforcement-web check --fix removes it"
    return "json-schema", str(error.message)[:200]
