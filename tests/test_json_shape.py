"""The quick look at JSON records never passes what jsonschema refuses, and passes what is sound."""

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from enforcement_web import Package
from enforcement_web.check.json_shape import surely_keeps
from sample import JSON, ROOT

RESOURCES = [resource for resource in Package.open(ROOT).resources.values() if resource.format == "json"]
WRONG: list[Any] = [None, True, 0, 1.5, "", "No slug", "x" * 2000, [], ["a", "a"], {}, {"extra": 1}, [None]]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_sound_records_pass(resource: Any) -> None:
    records = Package.open(ROOT).scan_json(resource).records
    assert surely_keeps(JSON[resource.path], resource.schema)
    assert surely_keeps(records, resource.schema)


@given(chance=st.randoms(use_true_random=False), resource=st.sampled_from(RESOURCES))
def test_what_passes_also_passes_jsonschema(chance: Random, resource: Any) -> None:
    records = copy.deepcopy(JSON[resource.path])
    spoil(records[0], chance)
    if surely_keeps(records, resource.schema):
        Draft202012Validator(resource.schema).validate(records)


def spoil(value: Any, chance: Random) -> None:
    """Change, add or remove one thing somewhere inside a record."""
    while True:
        steps = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not steps:
            return
        step = chance.choice(steps)
        if isinstance(value[step], dict | list) and value[step] and chance.random() < 0.7:
            value = value[step]
            continue
        what = chance.choice(["change", "remove", "repeat"])
        if what == "change" or (what == "repeat" and isinstance(value, dict)):
            value[step] = chance.choice(WRONG)
        elif what == "remove":
            del value[step]
        else:
            value.append(value[step])
        return


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "const": "a"}, "a"),
        ({"type": ["string", "null"]}, "a"),
        ({"anyOf": [{"type": "string"}]}, "a"),
        ({"type": "object", "properties": {}, "additionalProperties": {"type": "string"}}, {}),
        ({"type": "string", "format": "date"}, "2026-11-23"),
    ],
)
def test_a_keyword_that_is_not_known_is_left_to_jsonschema(schema: dict[str, Any], value: Any) -> None:
    Draft202012Validator(schema).validate(value)
    assert not surely_keeps(value, schema)
