"""What a Table Schema or a JSON Schema must have for this package to use it.

The profiles of the standards allow more; a schema that passes here has only the parts and forms that the reader, the
check and the release know.
"""

import re
import warnings
from collections.abc import Iterator
from typing import Any

FIELD_TYPES = ("string", "list", "integer", "boolean", "date")
JSON_TYPES = ("string", "array", "object", "boolean", "integer")
# DuckDB's regular expressions (RE2) have neither look-around nor back-references.
_BEYOND_RE2 = re.compile(r"\(\?[=!<P]|\\[1-9]")


def table_schema_faults(schema: dict[str, Any]) -> Iterator[str]:
    """Say what keeps a Table Schema from being used."""
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        yield 'a Table Schema needs a list "fields"'
        return
    if not all(isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields):
        yield 'every field of a Table Schema needs a "name"'
        return
    names = [field["name"] for field in fields]
    yield from (f'field "{name}" is listed twice' for name in sorted({n for n in names if names.count(n) > 1}))
    for field in fields:
        yield from (f'field "{field["name"]}": {fault}' for fault in _field_faults(field))
    key = schema.get("primaryKey")
    if not _is_texts(key) or not key or not set(key) <= set(names):
        yield 'a Table Schema needs a "primaryKey": a list of its own fields'
    unique = schema.get("uniqueKeys", [])
    if not isinstance(unique, list) or not all(_is_texts(one) and one and set(one) <= set(names) for one in unique):
        yield '"uniqueKeys" must be lists of its own fields'
    for entry in _listed(schema.get("foreignKeys", [])):
        if not _is_foreign_key(entry, names):
            yield 'each of "foreignKeys" needs "fields", one of its own, and a "reference" with "resource" and "fields"'


def json_schema_faults(schema: dict[str, Any]) -> Iterator[str]:
    """Say what keeps the JSON Schema of a table from being used."""
    items = schema.get("items")
    properties = items.get("properties") if isinstance(items, dict) else None
    if schema.get("type") != "array" or not isinstance(properties, dict) or "id" not in properties:
        yield 'the JSON Schema of a table needs type "array" and "items" with "properties", one of them "id"'
        return
    yield from _part_faults(schema, "")


def _field_faults(field: dict[str, Any]) -> Iterator[str]:
    if field.get("type") not in FIELD_TYPES:
        yield f"the type must be one of {', '.join(FIELD_TYPES)}"
    limits = field.get("constraints", {})
    if not isinstance(limits, dict):
        yield '"constraints" must be an object'
        return
    yield from _limit_faults(limits, ("minimum", "maximum", "minLength", "maxLength"))
    if field.get("type") == "list" and field.get("delimiter") != ";":
        yield 'the "delimiter" of a list must be ;'
    if "vocabulary" in field and not isinstance(field["vocabulary"], str):
        yield '"vocabulary" must be a text'
    if "foreignKey" in field and not _is_declared_key(field["foreignKey"]):
        yield '"foreignKey" needs "resource" and "field"'


def _part_faults(schema: Any, pointer: str) -> Iterator[str]:
    where = pointer or "/"
    if not isinstance(schema, dict) or schema.get("type") not in JSON_TYPES:
        yield f"{where} needs a type: one of {', '.join(JSON_TYPES)}"
        return
    yield from (
        f"{where}: {fault}" for fault in _limit_faults(schema, ("minLength", "maxLength", "minItems", "maxItems"))
    )
    if "foreignKey" in schema and not _is_declared_key(schema["foreignKey"]):
        yield f'{where}: "foreignKey" needs "resource" and "field"'
    if schema["type"] == "array":
        yield from _part_faults(schema.get("items"), f"{pointer}/items")
    if schema["type"] == "object":
        properties = schema.get("properties")
        if not isinstance(properties, dict) or not _is_texts(schema.get("required", [])):
            yield f'{where} needs an object "properties" and a list "required"'
            return
        for name, child in properties.items():
            yield from _part_faults(child, f"{pointer}/properties/{name}")


def _limit_faults(limits: dict[str, Any], numbers: tuple[str, ...]) -> Iterator[str]:
    for name in numbers:
        if name in limits and (not isinstance(limits[name], int) or isinstance(limits[name], bool)):
            yield f'"{name}" must be a whole number'
    if not _is_texts(limits.get("enum", [])):
        yield '"enum" must be a list of texts'
    pattern = limits.get("pattern", "")
    if not isinstance(pattern, str) or not _compiles(pattern):
        yield '"pattern" must be a regular expression without look-around and back-references'


def _compiles(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # a form that engines read in two ways
            re.compile(pattern)
    except (re.error, OverflowError, FutureWarning):
        return False
    return not _BEYOND_RE2.search(pattern)


def _is_foreign_key(entry: Any, names: list[str]) -> bool:
    reference = entry.get("reference") if isinstance(entry, dict) else None
    return (
        isinstance(reference, dict)
        and entry.get("fields") in names
        and isinstance(reference.get("resource"), str)
        and isinstance(reference.get("fields"), str)
    )


def _is_declared_key(entry: Any) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in ("resource", "field"))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
