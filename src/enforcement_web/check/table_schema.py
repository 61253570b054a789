"""Check the cells of the CSV tables against their Table Schemas (Data Package v2), as SQL over text.

Each constraint of each column becomes one SQL condition that is true of a bad cell. One pass over a table asks whether
any condition holds; only then is each looked at by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from enforcement_web.check.query import Query, Row
from enforcement_web.check.reading import Reading
from enforcement_web.check.vocabularies import vocabularies_of
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, closest
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
    """What one column must satisfy: the SQL condition of a bad cell, and the message about its value.

    ``near`` gives what a bad value may mean.
    """

    column: str
    rule: str
    is_bad: str
    message: Callable[[str], str]
    near: Callable[[str], str] = lambda _: ""


def constraint_queries(resources: list[Resource], only: Resource | None = None) -> list[Query]:
    """Give one query for each CSV table, or for only one: cells that break a constraint of their column."""
    has_terms = any(resource.name == "terms" for resource in resources)
    return [
        Query(partial(_run, resource, has_terms), partial(_place, resource, has_terms))
        for resource in resources
        if resource.format == "csv" and only in (None, resource)
    ]


def _run(resource: Resource, has_terms: bool, store: "DuckDBPyConnection") -> list[Row]:
    """Give the bad cells of a table: number of the constraint, row, value."""
    constraints = _constraints(resource, {}, has_terms)
    table = f"text.{quote(resource.name)}"
    any_bad = " or ".join(f"({item.is_bad})" for item in constraints) or "false"
    if not store.execute(f"select 1 from {table} where {any_bad} limit 1").fetchall():
        return []
    rows: list[Row] = []
    for number, item in enumerate(constraints):
        query = f"select {number}, _row, {quote(item.column)} from {table} where {item.is_bad} order by _row"
        rows += store.execute(query).fetchall()
    return rows


def _place(resource: Resource, has_terms: bool, reading: Reading, rows: list[Row]) -> Iterator[Problem]:
    constraints = _constraints(resource, vocabularies_of(reading), has_terms) if rows else []
    for number, row, value in rows:
        item = constraints[number]
        if not reading.is_broken(resource.name, row):
            text, near = item.message(value or ""), item.near(value or "")
            yield reading.problem(resource.name, row, item.column, item.rule, text, near=near)


def _constraints(resource: Resource, vocabularies: Mapping[str, set[str]], has_terms: bool) -> list[Constraint]:
    return [item for field in resource.fields for item in constraints_of(field, vocabularies, has_terms)]


def constraints_of(
    field: Mapping[str, Any], vocabularies: Mapping[str, set[str]], has_terms: bool
) -> Iterator[Constraint]:
    """Compile one field descriptor.

    The conditions do not depend on ``vocabularies``, which serve the messages; they read the table of terms when the
    store has one.
    """
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
    elif kind == "list" and field.get("vocabulary") and has_terms:
        known = sorted(vocabularies.get(field["vocabulary"], ()))
        terms = f"select list(term) from text.terms where vocabulary = {literal(field['vocabulary'])}"
        array = f"coalesce(({terms}), [])"
        items = f"list_filter(list_transform(string_split({column}, ';'), lambda x: trim(x)), lambda x: x <> '')"
        condition = f"not list_has_all({array}, {items})"
        yield Constraint(name, "field-term", condition, *_unknown_items(known, field["vocabulary"]))
    if "enum" in limits:
        known = [str(value) for value in limits["enum"]]
        condition = f"{column} not in ({', '.join(map(literal, known))})"
        yield Constraint(name, "field-term", condition, *_unknown_term(known, field.get("vocabulary")))
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


def _unknown_term(known: list[str], vocabulary: str | None) -> tuple[Callable[[str], str], Callable[[str], str]]:
    where = f"a term of {vocabulary} (data/reference/terms.csv)" if vocabulary else f"one of {', '.join(known)}"
    return lambda value: f'"{short(value)}" is not {where}', lambda value: closest(value, known)


def _unknown_items(known: list[str], vocabulary: str) -> tuple[Callable[[str], str], Callable[[str], str]]:
    message, near = _unknown_term(known, vocabulary)

    def first_unknown(value: str) -> str:
        items = (part.strip() for part in value.split(";"))
        return next((item for item in items if item and item not in known), value)

    return lambda value: message(first_unknown(value)), lambda value: near(first_unknown(value))


def short(value: str) -> str:
    """Cut a long value for a message."""
    return value if len(value) <= 60 else value[:57] + "..."
