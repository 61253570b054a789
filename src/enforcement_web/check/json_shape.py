"""Tell quickly that a value keeps a JSON Schema, for the keywords that this package's schemas use.

jsonschema is the judge and writes the messages; it is slow and slow to import, and nearly every record is sound. A
schema with a keyword that is not known here is never said to be kept, so that jsonschema decides.
"""

import re
from collections.abc import Mapping
from typing import Any

_TYPES: dict[str, type] = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int}
# Keywords that say nothing about whether a value is sound.
_NOTES = {
    "$schema",
    "type",
    "title",
    "description",
    "examples",
    "foreignKey",
    "vocabulary",
    "dateFormat",
    "needsEvidence",
}
_FORMATS = {"uri"}


def surely_keeps(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value keeps a schema beyond doubt; False also means "not known"."""
    kind = schema.get("type")
    if (
        not isinstance(kind, str)
        or kind not in _TYPES
        or not isinstance(value, _TYPES[kind])
        or (kind == "integer" and isinstance(value, bool))
    ):
        return False
    for keyword, limit in schema.items():
        if keyword not in _NOTES and not _keeps(value, keyword, limit, schema):
            return False
    return True


def _keeps(value: Any, keyword: str, limit: Any, schema: Mapping[str, Any]) -> bool:
    match keyword:
        case "properties":
            return all(surely_keeps(child, limit[name]) for name, child in value.items() if name in limit)
        case "required":
            return bool(set(limit) <= value.keys())
        case "additionalProperties":
            return limit is False and bool(value.keys() <= schema["properties"].keys())
        case "items":
            return all(surely_keeps(item, limit) for item in value)
        case "enum":
            return value in limit
        case "pattern":
            return re.search(limit, value) is not None
        case "minLength" | "minItems":
            return bool(len(value) >= limit)
        case "maxLength" | "maxItems":
            return bool(len(value) <= limit)
        case "uniqueItems":
            return all(isinstance(item, str) for item in value) and len(set(value)) == len(value)
        case "format":
            return limit in _FORMATS
    return False
