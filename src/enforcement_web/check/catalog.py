"""What rules may use beside the tables: macros, and relations whose names begin with an underscore.

``_tables`` (table_name, needs_evidence, records), ``_columns`` (table_name, column_name), ``_records`` (table_name,
_row, id; of the tables that have ids), ``_within`` (place, whole: each place and every place around it, itself
included), ``_prose`` (table_name, _row, field, words: every summary and finding), ``_clock`` (today), ``_vocabularies``
(vocabulary: those that a schema names) and ``_uses`` (table_name, vocabulary, term: the terms in use). Macros:
``before(one, other)`` compares dates of reduced precision as far as both are known (what is no date is before nothing),
``is_day(day)`` says whether a text is such a date, ``date_of(issued)`` gives the date in a CSL-JSON date,
``plain_name(name)`` drops case, punctuation and articles.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from enforcement_web.check.vocabularies import vocabulary_uses
from enforcement_web.package import Resource
from enforcement_web.sqltext import literal, quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The columns that hold prose, one a table.
_PROSE = {
    "agencies": "summary",
    "databases": "summary",
    "flows": "summary",
    "flow_status": "summary",
    "laws": "summary",
    "touchpoints": "summary",
    "evidence": "finding",
    "actions": "summary",
    "findings": "since",
}

MACROS = r"""
create macro text.is_day(day) as regexp_matches(day, '^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$');
create macro text.before(one, other) as
  is_day(one) and is_day(other)
  and left(one, least(length(one), length(other))) < left(other, least(length(one), length(other)));
create macro text.date_of(issued) as concat_ws('-',
  try(json_extract_string(issued, '$."date-parts"[0][0]')),
  lpad(try(json_extract_string(issued, '$."date-parts"[0][1]')), 2, '0'),
  lpad(try(json_extract_string(issued, '$."date-parts"[0][2]')), 2, '0'));
create macro text.plain_name(name) as
  trim(regexp_replace(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g'), '^the ', ''));
"""
_WITHIN = """
create table text._within as
with recursive around as (
  select id as place, id as whole from jurisdictions where id is not null
  union
  select around.place, parent_id from around join jurisdictions on id = whole where parent_id is not null
)
select place, whole from around
"""
# The columns that a relation is made from, by table.
_COLUMNS = {
    "_within": {("jurisdictions", "id"), ("jurisdictions", "parent_id")},
    "_prose": set(_PROSE.items()),
}
# The tables that a relation is made from.
NEEDS = {name: {table for table, _ in columns} for name, columns in _COLUMNS.items()}
# Relations with entries for each table, and an empty one of each.
_ENTRIES = {
    "_tables": "select '' as table_name, '' as needs_evidence, 0::bigint as records where false",
    "_records": "select '' as table_name, 0::bigint as _row, '' as id where false",
    "_uses": "select '' as table_name, '' as vocabulary, '' as term where false",
}


def add_catalog(store: "DuckDBPyConnection", resources: list[Resource], today: date) -> None:
    """Add the macros and relations to a store that holds the given tables in schema ``text``."""
    columns = [(resource.name, column) for resource in resources for column in resource.columns]
    vocabularies = sorted({(name,) for resource in resources for name, _ in _terms_in(resource)})
    store.execute("set schema = 'text'")
    store.execute(MACROS)
    store.execute(f"create table _clock as select {literal(today.isoformat())} as today")
    store.execute(f"create table _columns as {_values(columns, 'table_name, column_name')}")
    store.execute(f"create table _vocabularies as {_values(vocabularies, 'vocabulary')}")
    for name, empty in _ENTRIES.items():
        entries = [query for resource in resources for query in _entries(resource)[name]]
        store.execute(f"create table {name} as {' union all '.join([empty, *entries])}")
    if _COLUMNS["_within"].issubset(columns):
        store.execute(_WITHIN)
    if _COLUMNS["_prose"].issubset(columns):
        selects = [
            f"select {literal(table)} table_name, _row, {literal(column)} field, {column} words from text.{table}"
            for table, column in _PROSE.items()
        ]
        store.execute(f"create view text._prose as {' union all '.join(selects)}")


def refresh_catalog(store: "DuckDBPyConnection", resource: Resource, is_usable: bool) -> None:
    """Bring the relations up to date after one table has changed."""
    store.execute("set schema = 'text'")
    for name in _ENTRIES:
        store.execute(f"delete from {name} where table_name = {literal(resource.name)}")
        for query in _entries(resource)[name] if is_usable else ():
            store.execute(f"insert into {name} {query}")
    if resource.name in NEEDS["_within"]:
        store.execute(f"drop table _within; {_WITHIN if is_usable else ''}")


def _entries(resource: Resource) -> dict[str, list[str]]:
    """Write the queries that give the entries for a table in each relation."""
    name, table = literal(resource.name), f"text.{quote(resource.name)}"
    marks = f"{name}, {literal(str(resource.needs_evidence).lower())}"
    return {
        "_tables": [f"select {marks}, count(*) from {table}"],
        "_records": [f"select {name}, _row, id from {table}"] if resource.columns[0] == "id" else [],
        "_uses": [
            f"select distinct {name}, {literal(vocabulary)}, {terms} from {table}"
            for vocabulary, terms in (_terms_in(resource) if resource.name != "terms" else ())
        ],
    }


def _terms_in(resource: Resource) -> Iterator[tuple[str, str]]:
    """Give, for each column or member that holds terms, its vocabulary and an expression for the terms in it."""
    for pointer, schema in vocabulary_uses(resource.schema):
        if resource.format == "json":
            yield schema["vocabulary"], _member_terms(pointer)
        elif schema["type"] == "list":
            yield schema["vocabulary"], f"unnest(string_split({quote(schema['name'])}, ';'))"
        else:
            yield schema["vocabulary"], quote(schema["name"])


def _member_terms(pointer: str) -> str:
    """Turn the place of a part of a JSON Schema into an expression for the texts that stand there in the records."""
    steps = iter(pointer.removeprefix("/items/properties/").split("/"))
    column, path = quote(next(steps)), "$"
    for step in steps:
        path += "[*]" if step == "items" else f".{next(steps)}"
    if path == "$":
        return column
    found = f"try(json_extract_string({column}, {literal(path)}))"
    return f"unnest({found})" if "[*]" in path else found


def _values(rows: Sequence[tuple[str, ...]], names: str) -> str:
    width = names.count(",") + 1
    listed = ", ".join(f"({', '.join(map(literal, row))})" for row in [*rows, ("",) * width])
    return f"select * from (values {listed}) as listed ({names}) where {names.split(',')[0]} <> ''"
