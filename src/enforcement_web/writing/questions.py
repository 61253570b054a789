"""What is asked for a record: one question a column of a CSV table, or a member of a JSON record, from the schema."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from enforcement_web.dates import date_bounds
from enforcement_web.jsontext import format_json, parse
from enforcement_web.package import Resource

Path = tuple[str | int, ...]
Form = Literal["text", "terms", "lines", "names", "boolean", "date", "records"]


class AnswerError(Exception):
    """An answer that cannot stand in the form that its question asks for."""


@dataclass(frozen=True)
class Question:
    """One thing to be told about a record.

    ``path`` leads to it within the record. ``form`` says how it is given: ``terms`` are several, joined by ;, ``lines``
    and ``names`` several texts, ``date`` a CSL-JSON date, ``records`` objects with ``members`` of their own. ``terms``
    is what it may be, where the schema lists that; ``target`` the table of the records that it names.
    """

    path: Path
    form: Form
    title: str
    description: str
    example: str
    is_required: bool
    is_json: bool = False
    vocabulary: str = ""
    terms: tuple[str, ...] = ()
    target: str = ""
    members: tuple["Question", ...] = ()

    @property
    def name(self) -> str:
        """Name of the column or member."""
        return str(self.path[-1])

    @property
    def pointer(self) -> str:
        """JSON Pointer within the record, without its first slash, as problems give it."""
        return "/".join(map(str, self.path))

    def within(self, path: Path) -> "Question":
        """Return this question about a part of a larger record."""
        return replace(self, path=(*path, *self.path))

    def value(self, answers: Sequence[str]) -> Any:
        """Turn answers into what stands in the record.

        Raises AnswerError when they have not the form. What they mean is for the check to judge.
        """
        if self.form in ("text", "boolean", "date") and len(answers) > 1:
            raise AnswerError("it takes one answer")
        if self.form == "terms":
            items = [part.strip() for answer in answers for part in answer.split(";") if part.strip()]
            return items if self.is_json else ";".join(items)
        if self.form == "lines":
            return list(answers)
        if self.form == "names":
            return [{"literal": answer} for answer in answers]
        if self.form == "records":
            return [item for answer in answers for item in _objects(answer)]
        if self.form == "boolean":
            return self._boolean(answers[0])
        return _date_parts(answers[0]) if self.form == "date" else answers[0]

    def _boolean(self, answer: str) -> Any:
        word = {"y": "true", "yes": "true", "n": "false", "no": "false"}.get(answer.lower(), answer)
        return {"true": True, "false": False}.get(word, word) if self.is_json else word


def questions_of(resource: Resource) -> list[Question]:
    """Give the questions about a record of a table, in the order of its columns."""
    if resource.format == "json":
        return list(_members(resource.schema["items"], ()))
    targets = {column: table for column, table, _ in resource.foreign_keys}
    return [_column(field, targets.get(field["name"], "")) for field in resource.fields]


def at(record: Any, path: Path) -> Any:
    """Give what stands at a place within a record; None when nothing does."""
    for step in path:
        if isinstance(record, dict):
            record = record.get(step)
        elif isinstance(record, list) and isinstance(step, int) and step < len(record):
            record = record[step]
        else:
            return None
    return record


def sample(schema: dict[str, Any]) -> Any:
    """Give the smallest value that keeps a JSON Schema, from its own examples."""
    if schema.get("examples"):
        return schema["examples"][0]
    if schema["type"] == "array":
        return [sample(schema["items"]) for _ in range(schema.get("minItems", 0))]
    if schema["type"] == "object":
        return {name: sample(schema["properties"][name]) for name in schema["required"]}
    return {"boolean": False, "integer": 1}.get(schema["type"], schema.get("enum", ["x"])[0])


def completed(value: Any, schema: dict[str, Any]) -> Any:
    """Fill what a value still lacks of what its JSON Schema requires with samples."""
    if isinstance(value, dict) and "properties" in schema:
        lacking = {name: sample(schema["properties"][name]) for name in schema["required"] if name not in value}
        known = {name: completed(child, schema["properties"].get(name, {})) for name, child in value.items()}
        return {**known, **lacking}
    if isinstance(value, list):
        return [completed(item, schema.get("items", {})) for item in value]
    return value


def _column(field: dict[str, Any], target: str) -> Question:
    limits = field.get("constraints", {})
    forms: dict[str, Form] = {"list": "terms", "boolean": "boolean"}
    return Question(
        path=(field["name"],),
        form=forms.get(field["type"], "text"),
        title=field.get("title", field["name"]),
        description=field.get("description", ""),
        example=field.get("example", ""),
        is_required=bool(limits.get("required")),
        vocabulary=field.get("vocabulary", ""),
        terms=tuple(limits.get("enum", ())),
        target=target,
    )


def _members(schema: dict[str, Any], path: Path) -> Iterator[Question]:
    for name, child in schema["properties"].items():
        is_required = name in schema["required"] and (child["type"] != "array" or bool(child.get("minItems")))
        members = child.get("properties", {})
        if members and "date-parts" not in members:
            yield from _members(child, (*path, name))
        else:
            yield _member(child, (*path, name), is_required)


def _member(schema: dict[str, Any], path: Path, is_required: bool) -> Question:
    inner = schema.get("items", schema)
    members = inner.get("properties", {})
    form: Form = "boolean" if schema["type"] == "boolean" else "text"
    if schema["type"] == "object":
        form = "date"
    elif schema["type"] == "array":
        is_known = "vocabulary" in inner or "foreignKey" in inner
        form = "terms" if is_known else "names" if [*members] == ["literal"] else "records" if members else "lines"
    example = sample(inner)
    return Question(
        path=path,
        form=form,
        title=schema.get("title", str(path[-1])),
        description=schema.get("description", ""),
        example=example if isinstance(example, str) else members.get("literal", {}).get("examples", [""])[0],
        is_required=is_required,
        is_json=True,
        vocabulary=inner.get("vocabulary", ""),
        terms=tuple(inner.get("enum", ())),
        target=inner.get("foreignKey", {}).get("resource", ""),
        members=tuple(_members(inner, ())) if form == "records" else (),
    )


def _objects(text: str) -> list[Any]:
    value, faults = parse(text.encode())
    try:
        format_json(value)
    except TypeError as error:  # a number beyond 64 bits
        raise AnswerError(str(error)) from None
    if faults:
        raise AnswerError(f'"{text[:40]}" is {faults[0].message}; give an object such as {{"name": "value"}}')
    return value if isinstance(value, list) else [value]


def _date_parts(text: str) -> Any:
    try:
        date_bounds(text)
    except ValueError as error:
        raise AnswerError(str(error)) from None
    return {"date-parts": [[int(part) for part in text.split("-")]]}
