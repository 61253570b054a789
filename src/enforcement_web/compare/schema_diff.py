"""Compare the form of two packages: tables, columns, keys, constraints and terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement_web.compare.change import Change
from enforcement_web.compare.tables import Tables
from enforcement_web.package import Resource, as_json

_TYPE = ("type", "format", "dateFormat", "delimiter", "itemType")
_WORDS = ("title", "description", "example", "examples")


@dataclass(frozen=True)
class Column:
    """A column, or a member at some depth of a JSON record: its type, its terms, its other constraints, its words."""

    type: str
    terms: frozenset[str]
    constraints: str
    words: str


def schema_changes(old: Tables, new: Tables) -> Iterator[Change]:
    """Give the changes of form between two packages."""
    for name in sorted({*old.resources, *new.resources}):
        before, after = old.resources.get(name), new.resources.get(name)
        if before is None and after is not None:
            yield Change("table-added", name, title=after.title)
        elif before is not None and after is None:
            yield Change("table-removed", name, title=before.title)
        elif before is not None and after is not None:
            yield from _table_changes(name, before, after)
    yield from _term_changes(old, new)


def _table_changes(name: str, before: Resource, after: Resource) -> Iterator[Change]:
    if before.key != after.key:
        yield Change("key-changed", name, before=" + ".join(before.key), after=" + ".join(after.key))
    was, now = columns(before), columns(after)
    for field in sorted({*was, *now}):
        if field not in now:
            yield Change("column-removed", name, field=field, before=was[field].type)
        elif field not in was:
            yield Change("column-added", name, field=field, after=now[field].type)
        else:
            yield from _column_changes(name, field, was[field], now[field])


def _column_changes(table: str, field: str, was: Column, now: Column) -> Iterator[Change]:
    if was.type != now.type:
        yield Change("column-retyped", table, field=field, before=was.type, after=now.type)
    if was.constraints != now.constraints:
        yield Change("column-changed", table, field=field, before=was.constraints, after=now.constraints)
    for term in sorted(was.terms - now.terms):
        yield Change("term-removed", table, term, field)
    for term in sorted(now.terms - was.terms):
        yield Change("term-added", table, term, field)
    if was.words != now.words:
        yield Change("wording-changed", table, field=field, before=was.words, after=now.words)


def _term_changes(old: Tables, new: Tables) -> Iterator[Change]:
    was, now = old.rows("terms"), new.rows("terms")
    for key in sorted({*was, *now}):
        record = "/".join(key)
        if key not in now:
            yield Change("term-removed", "terms", record, title=was[key].get("definition", ""))
        elif key not in was:
            yield Change("term-added", "terms", record, title=now[key].get("definition", ""))
        else:
            for field in sorted({*was[key], *now[key]}):
                before, after = was[key].get(field, ""), now[key].get(field, "")
                if before != after:
                    yield Change("wording-changed", "terms", record, field, before, after)


def columns(resource: Resource) -> dict[str, Column]:
    """The columns of a table by name; members of nested JSON as ``precedents[].date``."""
    if resource.format == "csv":
        return {field["name"]: _csv_column(resource, field) for field in resource.fields}
    return dict(_members(resource.schema["items"], ""))


def _csv_column(resource: Resource, field: Mapping[str, Any]) -> Column:
    constraints = dict(field.get("constraints", {}))
    terms = constraints.pop("enum", [])
    leads_to = [f"{table}.{column}" for name, table, column in resource.foreign_keys if name == field["name"]]
    return Column(
        type=_joined(field, _TYPE),
        terms=frozenset() if "vocabulary" in field else frozenset(terms),
        constraints=as_json({**dict(sorted(constraints.items())), **({"leads to": leads_to} if leads_to else {})}),
        words=_joined(field, _WORDS),
    )


def _members(schema: Mapping[str, Any], place: str) -> Iterator[tuple[str, Column]]:
    required = schema.get("required", [])
    for name, child in schema.get("properties", {}).items():
        path = f"{place}.{name}" if place else name
        kept = {key: value for key, value in child.items() if key not in _STRUCTURE}
        constraints = {**dict(sorted(kept.items())), "required": name in required}
        terms = frozenset() if "vocabulary" in child else frozenset(map(str, child.get("enum", [])))
        yield path, Column(_joined(child, ("type", "format")), terms, as_json(constraints), _joined(child, _WORDS))
        if child.get("type") == "array":
            items = child["items"]
            if items.get("type") == "object":
                yield from _members(items, f"{path}[]")
            else:
                yield from _members({"properties": {"[]": items}, "required": ["[]"]}, path)
        elif child.get("type") == "object":
            yield from _members(child, path)


_STRUCTURE = frozenset({"type", "format", "enum", "items", "properties", "required", "vocabulary", *_WORDS})


def _joined(schema: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return "; ".join(
        value if isinstance(value, str) else as_json(value) for name in names if (value := schema.get(name)) is not None
    )
