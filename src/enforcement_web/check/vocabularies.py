"""The controlled vocabularies: read from the terms table, compared with the enums in the schemas."""

from collections.abc import Iterator
from typing import Any

from enforcement_web.check.reading import Reading
from enforcement_web.problem import Problem


def vocabularies_of(reading: Reading) -> dict[str, set[str]]:
    """Terms by vocabulary."""
    terms: dict[str, set[str]] = {}
    if "terms" in reading.csv and reading.csv["terms"].is_usable:
        for vocabulary, term, *_ in reading.csv["terms"].rows:
            terms.setdefault(vocabulary, set()).add(term)
    return terms


def check_vocabularies(reading: Reading) -> Iterator[Problem]:
    """Report schemas whose enum is not their vocabulary, or whose vocabulary has no terms."""
    vocabularies = vocabularies_of(reading)
    if not vocabularies:
        return
    for resource in reading.package.resources.values():
        for pointer, schema in vocabulary_uses(resource.schema):
            name = schema["vocabulary"]
            enum = enum_of(schema)
            if name not in vocabularies:
                message = f'{pointer}: vocabulary "{name}" has no terms in data/reference/terms.csv'
            elif enum is not None and enum != sorted(vocabularies[name]):
                odd = sorted(set(enum) ^ vocabularies[name])
                message = (
                    f"{pointer}: the enum is not vocabulary {name} ({', '.join(odd) or 'order'}); run make schemas"
                )
            else:
                continue
            yield Problem(resource.schema_path, 1, 1, "schema-vocabulary", message)


def vocabulary_uses(schema: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each part of a schema that names a vocabulary, with its JSON Pointer."""
    if isinstance(schema, dict) and isinstance(schema.get("vocabulary"), str):
        yield pointer, schema
    children = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    for step, child in children:
        yield from vocabulary_uses(child, f"{pointer}/{step}")


def enum_of(schema: dict[str, Any]) -> list[str] | None:
    """Return the enum of a field or of a JSON Schema; None for a list field, which names its vocabulary only."""
    values = schema.get("constraints", schema).get("enum")
    return None if schema.get("type") == "list" else list(values or [])
