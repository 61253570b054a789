"""Check a JSON table against its JSON Schema (2020-12)."""

from collections.abc import Iterator
from typing import Any

from enforcement_web.check.reading import Reading
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, closest


def check_json_table(reading: Reading, resource: Resource) -> Iterator[Problem]:
    """Report members that break the JSON Schema of their table."""
    odd = reading.odd.get(resource.name)
    if not odd:
        return
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(resource.schema["items"])
    for row in sorted(odd):
        for error in validator.iter_errors(reading.json[resource.name].records[row]):
            rule, message, near = _message(error)
            pointer = "/".join(str(step) for step in error.absolute_path)
            yield reading.problem(resource.name, row, pointer, rule, message, near=near)


def _message(error: Any) -> tuple[str, str, str]:
    """Say what a validation error means: the rule that it belongs to, a message, and what may be meant."""
    value, limit = error.instance, error.validator_value
    example = next(iter(error.schema.get("examples", [])), None)
    such_as = f"; for example {example}" if isinstance(example, str) else ""
    match error.validator:
        case "required":
            missing = next(name for name in limit if name not in value)
            return "field-required", f'member "{missing}" is missing', ""
        case "additionalProperties":
            known = error.schema["properties"]
            extra = next(name for name in value if name not in known)
            return "json-member", f'"{extra}" is not a member of this table', closest(extra, known)
        case "enum":
            where = f"a term of {error.schema['vocabulary']}" if "vocabulary" in error.schema else "allowed here"
            return "field-term", f'"{value}" is not {where}', closest(str(value), map(str, limit))
        case "pattern":
            return "field-pattern", f'"{value}" does not have the right form{such_as}', ""
        case "type":
            return "field-type", f"must be of type {limit}{such_as}", ""
        case "minLength" | "maxLength":
            what = "shorter" if error.validator == "minLength" else "longer"
            return "field-length", f"the text is {what} than {limit} characters", ""
        case "minItems" | "maxItems":
            what = "fewer" if error.validator == "minItems" else "more"
            return "field-length", f"the list has {what} than {limit} items", ""
        case "uniqueItems":
            return "canonical-list", "the list holds an item twice; enforcement-web check --fix removes it", ""
    return "json-schema", str(error.message)[:200], ""
