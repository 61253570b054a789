"""Check the cells of the CSV tables against their Table Schemas (Data Package v2), as SQL over text.

Each constraint of each column becomes one SQL condition that is true of a bad cell. One pass over a table asks whether
any condition holds; only then is each looked at by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from enforcement_web.check.reading import Reading
from enforcement_web.check.vocabularies import vocabularies_of
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, did_you_mean
from enforcement_web.sqltext import literal, quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

INTEGER = "^(0|-?[1-9][0-9]{0,17})$"
DATE = (
    "^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$"
)


@dataclass(frozen=True)
class Constraint:
    """What one column must satisfy: the SQL condition of a bad cell, and the message about its value."""

    column: str
    rule: str
    is_bad: str
    message: Callable[[str], str]


Check = Callable[["DuckDBPyConnection"], Iterator[Problem]]


def constraint_checks(reading: Reading) -> list[Check]:
    """Give one check for each CSV table: cells that break a constraint of their column."""
    vocabularies = vocabularies_of(reading)
    return [
        partial(_check_table, reading, resource, vocabularies)
        for resource in reading.usable()
        if resource.format == "csv"
    ]


def _check_table(
    reading: Reading, resource: Resource, vocabularies: Mapping[str, set[str]], store: "DuckDBPyConnection"
) -> Iterator[Problem]:
    constraints = [item for field in resource.fields for item in constraints_of(field, vocabularies)]
    if not store.execute(query_of(resource, constraints)).fetchall():
        return
    for item in constraints:
        table = f"text.{quote(resource.name)}"
        query = f"select _row, {quote(item.column)} from {table} where {item.is_bad} order by _row"
        for row, value in store.execute(query).fetchall():
            if not reading.is_broken(resource.name, row):
                yield reading.problem(resource.name, row, item.column, item.rule, item.message(value or ""))


def query_of(resource: Resource, constraints: list[Constraint]) -> str:
    """Write the query that asks whether any record of a table breaks any constraint."""
    any_bad = " or ".join(f"({item.is_bad})" for item in constraints) or "false"
    return f"select 1 from text.{quote(resource.name)} where {any_bad} limit 1"


def constraints_of(field: Mapping[str, Any], vocabularies: Mapping[str, set[str]]) -> Iterator[Constraint]:
    """Compile one field descriptor."""
    name, column = field["name"], quote(field["name"])
    limits = field.get("constraints", {})
    example = f"; for example {field['example']}" if field.get("example") else ""
    title = field.get("title", name)

    def bad(rule: str, condition: str, message: Callable[[str], str]) -> Constraint:
        return Constraint(name, rule, condition, message)

    if limits.get("required"):
        message = f"the cell is empty, but {title} is required{example}"
        yield Constraint(name, "field-required", f"{column} is null", lambda _: message)
    kind = field["type"]
    if kind == "integer":
        yield bad(
            "field-type",
            f"not regexp_matches({column}, {literal(INTEGER)})",
            _says("is not a whole number", example),
        )
        for limit, operator, what in (("minimum", "<", "less"), ("maximum", ">", "more")):
            if limit in limits:
                condition = f"try_cast({column} as BIGINT) {operator} {int(limits[limit])}"
                yield bad("field-bounds", condition, _says(f"is {what} than {limits[limit]}"))
    elif kind == "boolean":
        yield bad("field-type", f"{column} not in ('true', 'false')", _says("is neither true nor false"))
    elif kind == "date":
        condition = f"not regexp_matches({column}, {literal(DATE)})"
        yield bad("field-type", condition, _says("is not a day of the calendar, written YYYY-MM-DD", example))
    elif kind == "list" and field.get("vocabulary"):
        known = sorted(vocabularies.get(field["vocabulary"], ()))
        array = f"[{', '.join(map(literal, known))}]::VARCHAR[]"
        items = f"list_filter(list_transform(string_split({column}, ';'), lambda x: trim(x)), lambda x: x <> '')"
        yield bad("field-term", f"not list_has_all({array}, {items})", _unknown_items(known, field["vocabulary"]))
    if "enum" in limits:
        known = [str(value) for value in limits["enum"]]
        condition = f"{column} not in ({', '.join(map(literal, known))})"
        yield bad("field-term", condition, _unknown_term(known, field.get("vocabulary")))
    if "pattern" in limits:
        what = (
            "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"
            if field.get("dateFormat")
            else "does not have the right form"
        )
        yield bad(
            "field-pattern",
            f"not regexp_matches({column}, {literal(limits['pattern'])})",
            _says(what, example),
        )
    for limit, operator, what in (("minLength", "<", "shorter"), ("maxLength", ">", "longer")):
        if limit in limits:
            yield bad(
                "field-length",
                f"length({column}) {operator} {int(limits[limit])}",
                _says(f"is {what} than {limits[limit]} characters"),
            )


def _says(what: str, example: str = "") -> Callable[[str], str]:
    return lambda value: f'"{short(value)}" {what}{example}'


def _unknown_term(known: list[str], vocabulary: str | None) -> Callable[[str], str]:
    where = f"a term of {vocabulary} (data/reference/terms.csv)" if vocabulary else f"one of {', '.join(known)}"
    return lambda value: f'"{short(value)}" is not {where}{did_you_mean(value, known)}'


def _unknown_items(known: list[str], vocabulary: str) -> Callable[[str], str]:
    def message(value: str) -> str:
        item = next(item for item in (part.strip() for part in value.split(";")) if item and item not in known)
        return _unknown_term(known, vocabulary)(item)

    return message


def short(value: str) -> str:
    """Cut a long value for a message."""
    return value if len(value) <= 60 else value[:57] + "..."
