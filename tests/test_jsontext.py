import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement_web.csvtext import FORBIDDEN
from enforcement_web.jsontext import canonical_records, format_json, locate, parse

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=10).filter(lambda text: not FORBIDDEN.search(text))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | texts,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(texts, children, max_size=4),
    max_leaves=12,
)
SCHEMA = {"items": {"properties": {"id": {}, "b": {}, "a": {"uniqueItems": True}}}}


@given(values.filter(lambda value: value is not None))
def test_what_is_written_is_read_back(value: object) -> None:
    assert parse(format_json(value)) == (value, [])


@given(st.binary(max_size=120))
def test_any_bytes_give_a_value_or_a_fault(data: bytes) -> None:
    value, faults = parse(data)
    assert faults or json.loads(data) == value


@given(values)
def test_every_value_is_found_at_its_place(value: object) -> None:
    text = format_json(value).decode()
    lines = text.split("\n")
    for pointer, (line, column) in locate(text).items():
        found = json.JSONDecoder().raw_decode(lines[line - 1][column - 1 :] + "\n" + "\n".join(lines[line:]))[0]
        assert found == resolve(value, pointer)


def resolve(value: object, pointer: str) -> object:
    for step in pointer.split("/")[1:]:
        token = step.replace("~1", "/").replace("~0", "~")
        value = value[int(token)] if isinstance(value, list) else value[token]  # type: ignore[index]
    return value


@pytest.mark.parametrize(
    ("data", "line", "rule", "words"),
    [
        (b'[{"id": "a"},\n {"id": ', 2, "json-syntax", "ends too early"),
        (b'[{"id": "a", "id": "b"}]', 1, "json-syntax", '"id" stands twice'),
        (b"null\n", 1, "json-syntax", "holds null"),
        (b"[NaN]", 1, "json-syntax", "NaN is not a JSON value"),
        (b'["\n\xff"]', 2, "json-encoding", "0xff"),
        (b"\xef\xbb\xbf[]", 1, "json-bom", "byte order mark"),
        ('["a\u202eb"]'.encode(), 1, "json-character", "U+202E"),
        (b'[\n"\\u0000"]', 2, "json-character", "U+0000"),
        (b'[\n"\\ud800"]', 2, "json-character", "U+D800"),
        (b"[" * 100_000, 1, "json-syntax", "nested too deeply"),
        (b"[1" + b"0" * 5000 + b"]", 1, "json-syntax", "integer"),
    ],
)
def test_a_fault_says_where_and_what(data: bytes, line: int, rule: str, words: str) -> None:
    _, faults = parse(data)
    assert [(fault.line, fault.rule) for fault in faults] == [(line, rule)]
    assert words in faults[0].message


def test_records_and_members_come_in_order() -> None:
    records: list[dict[str, object]] = [{"b": 1, "id": "z", "a": ["y", "x", "y"]}, {"id": "c  d"}]
    once = canonical_records(records, SCHEMA)
    assert format_json(once) == format_json([{"id": "c d"}, {"id": "z", "b": 1, "a": ["x", "y"]}])
    assert canonical_records(once, SCHEMA) == once
