"""The one form in which the package's JSON files are written, and a strict reader that knows where things stand.

The form is RFC 8259 in UTF-8 without a byte order mark: two-space indent, LF line ends, members in the order of the
schema, records in the order of their ids.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import orjson

from enforcement_web import csvtext
from enforcement_web.csvtext import BOM, FORBIDDEN, Fault, canonical_text

_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DECODER = json.JSONDecoder()


def parse(data: bytes) -> tuple[Any, list[Fault]]:
    """Read a JSON text. The value is None when a fault leaves it unreadable, and only then."""
    faults = []
    if data.startswith(BOM):
        faults.append(Fault(1, 1, "json-bom", "the file begins with a byte order mark; save it as UTF-8 without one"))
        data = data[len(BOM) :]
    try:
        text = data.decode()
        has_forbidden = csvtext.has_forbidden(data.replace(b"\r\n", b"\n").replace(b"\t", b""))
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode(errors="replace"), error.start)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        return None, [*faults, Fault(line, column, "json-encoding", message)]
    if has_forbidden and (found := FORBIDDEN.search(text.replace("\r\n", "\n").replace("\t", " "))):
        line, column = _place(text.replace("\r\n", "\n"), found.start())
        message = f"character U+{ord(found[0]):04X} is invisible or changes how text is shown; remove it"
        return None, [*faults, Fault(line, column, "json-character", message)]
    if (value := _canonical_value(data)) is not None:
        return value, faults
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        if error.pos >= len(text.rstrip()):
            message += "; the file ends too early"
        return None, [*faults, Fault(error.lineno, error.colno, "json-syntax", message)]
    except ValueError as error:
        return None, [*faults, Fault(1, 1, "json-syntax", str(error))]
    except RecursionError:
        return None, [*faults, Fault(1, 1, "json-syntax", "the file is nested too deeply to read")]
    if value is None:
        return None, [*faults, Fault(1, 1, "json-syntax", "the file holds null, which is no data")]
    if "\\u" in text and (bad := _forbidden_escape(value)):
        pointer, character = bad
        message = f"character U+{ord(character):04X} is invisible, half a pair or changes how text is shown; remove it"
        return None, [*faults, Fault(*locate(text)[pointer], "json-character", message)]
    return value, faults


def locate(text: str) -> dict[str, tuple[int, int]]:
    """Map the JSON Pointer (RFC 6901) of every value in a sound JSON text to its line and column."""
    places: dict[str, int] = {}

    def walk(at: int, pointer: str) -> int:
        at = _skip(text, at)
        places[pointer] = at
        if text[at] not in "[{":
            return _DECODER.raw_decode(text, at)[1]
        is_object, closing = text[at] == "{", "}" if text[at] == "{" else "]"
        at, index = _skip(text, at + 1), 0
        while text[at] != closing:
            token = str(index)
            if is_object:
                name, at = _DECODER.raw_decode(text, at)
                token = name.replace("~", "~0").replace("/", "~1")
                at = _skip(text, at) + 1
            at = _skip(text, walk(at, f"{pointer}/{token}"))
            if text[at] == ",":
                at = _skip(text, at + 1)
            index += 1
        return at + 1

    walk(0, "")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    result, line = {}, 0
    for pointer, at in sorted(places.items(), key=lambda item: item[1]):
        while line + 1 < len(starts) and starts[line + 1] <= at:
            line += 1
        result[pointer] = (line + 1, at - starts[line] + 1)
    return result


def format_json(value: Any) -> bytes:
    """Write a value in the package's form."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def canonical_records(records: list[dict[str, Any]], schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Put members in the order of the table's JSON Schema, texts in normal form and records in the order of ids."""
    ordered = [_canonical(record, schema["items"]) for record in records]
    return sorted(ordered, key=lambda record: str(record.get("id", "")))


def _canonical(value: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(value, str):
        return canonical_text(value)
    if isinstance(value, list):
        items = [_canonical(item, schema.get("items", {})) for item in value]
        is_set = schema.get("uniqueItems") and all(isinstance(item, str) for item in items)
        return sorted(set(items)) if is_set else items
    if isinstance(value, dict):
        known = schema.get("properties", {})
        names = [name for name in known if name in value] + [name for name in value if name not in known]
        return {name: _canonical(value[name], known.get(name, {})) for name in names}
    return value


def _canonical_value(data: bytes) -> Any:
    """Read a text that is in the package's layout, which shows that no member in it is doubled; None for any other."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return value if format_json(value) == data and b"\\u" not in data else None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'member "{twice}" stands twice in one object; keep one')
    return members


def _forbidden_escape(value: Any, pointer: str = "") -> tuple[str, str] | None:
    """Return the pointer of the first text that holds a forbidden character, and the character."""
    if isinstance(value, str):
        found = FORBIDDEN.search(value) or _SURROGATE.search(value)
        return (pointer, found[0]) if found else None
    if isinstance(value, dict):
        for name in value:
            if bad := _forbidden_escape(name, pointer):
                return bad
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        token = str(step).replace("~", "~0").replace("/", "~1")
        if bad := _forbidden_escape(child, f"{pointer}/{token}"):
            return bad
    return None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _place(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
