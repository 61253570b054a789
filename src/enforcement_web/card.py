"""Write a record as a card: its fields with their titles, its history, its evidence and what can be done about it."""

from collections.abc import Iterator
from typing import Any

from enforcement_web.frames import PathLike
from enforcement_web.package import Package, Resource
from enforcement_web.web.records import require_columns
from enforcement_web.wrapping import wrapped

# Tables whose records a reader asks for by id, with the column that names a record of each.
TABLES = [
    "agencies",
    "databases",
    "flows",
    "actions",
    "laws",
    "touchpoints",
    "flow_status",
    "findings",
    "sources",
    "gaps",
]


def cards(record: str, package: PathLike = None) -> list[str]:
    """Write the cards of the records that have an id, one for each table that has it; none for an unknown id."""
    opened = Package.open(package)
    require_columns(opened)
    tables = {name: opened.records(opened.resources[name]) for name in (*TABLES, "evidence", "flow_laws")}
    found = [(name, row) for name in TABLES for row in tables[name] if row["id"] == record]
    return ["\n".join(_card(opened.resources[name], row, tables)) for name, row in found]


def known_ids(package: PathLike = None) -> list[str]:
    """Every id that has a card."""
    opened = Package.open(package)
    return [row["id"] for name in TABLES for row in opened.records(opened.resources[name])]


def _card(resource: Resource, row: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield f"{resource.name}: {row['id']}"
    yield "=" * len(f"{resource.name}: {row['id']}")
    for name, title in _titles(resource).items():
        if name != "id" and (text := value_text(row.get(name))):
            yield from _field(title, text)
    if resource.name == "flows":
        yield from _history(row["id"], tables)
    if resource.name in ("agencies", "databases"):
        yield from _flows(resource.name, row["id"], tables["flows"])
    if resource.name == "laws":
        yield from _list("Flows it bears on", _bearing(row["id"], tables["flow_laws"]))
    yield from _evidence(resource.name, row["id"], tables["evidence"])


def _titles(resource: Resource) -> dict[str, str]:
    if resource.format == "json":
        properties = resource.schema["items"]["properties"]
        return {name: schema.get("title", name) for name, schema in properties.items()}
    return {field["name"]: field.get("title", field["name"]) for field in resource.fields}


def value_text(value: Any) -> str:
    """Write a value, however nested, as one line for a reader."""
    if isinstance(value, dict) and "date-parts" in value:
        return "-".join(f"{part:02}" for part in value["date-parts"][0])
    if isinstance(value, dict):
        texts = {name: text for name, child in value.items() if (text := value_text(child))}
        return ", ".join(text if name == "literal" else f"{name} {text}" for name, text in texts.items())
    if isinstance(value, list):
        return "; ".join(filter(None, map(value_text, value)))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).replace(";", "; ")


def _field(title: str, text: str) -> Iterator[str]:
    yield from wrapped(f"{title}: {text}", 0, 4)


def _list(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield ""
        yield f"{title} ({len(items)}):"
        for item in items:
            yield from wrapped(item, 2, 6)


def _history(flow: str, tables: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    rows = [row for row in tables["flow_status"] if row["flow_id"] == flow]
    rows.sort(key=lambda row: (row["jurisdiction_id"], row["started"]))
    yield from _list("Status", [_status(row) for row in rows])
    laws = [f"{row['law_id']} {row['effect']} it" for row in tables["flow_laws"] if row["flow_id"] == flow]
    yield from _list("Laws", laws)
    actions = [
        f"{action['id']}: {action['title']} ({entry['effect']} it)"
        for action in tables["actions"]
        for entry in action["interrupts"]
        if entry["flow_id"] == flow
    ]
    yield from _list("Actions", actions)


def _status(row: dict[str, Any]) -> str:
    begun = f"{'by' if row['start_is'] == 'by' else 'from'} {row['started']}"
    over = f" until {row['ended']}" if row["ended"] else ""
    law = f" ({row['law_id']})" if row["law_id"] else ""
    return f"{row['jurisdiction_id']}: {row['status']} {begun}{over}{law}. {row['summary']}"


def _flows(table: str, record: str, flows: list[dict[str, Any]]) -> Iterator[str]:
    kind = "agency" if table == "agencies" else "database"
    yield from _list("Flows from it", [flow["id"] for flow in flows if flow[f"source_{kind}_id"] == record])
    yield from _list("Flows to it", [flow["id"] for flow in flows if flow[f"target_{kind}_id"] == record])


def _bearing(law: str, flow_laws: list[dict[str, Any]]) -> list[str]:
    return [f"{row['flow_id']} ({row['effect']})" for row in flow_laws if row["law_id"] == law]


def _evidence(table: str, record: str, evidence: list[dict[str, Any]]) -> Iterator[str]:
    rows = [row for row in evidence if (row["table"], row["record_id"]) == (table, record)]
    yield from _list(
        "Evidence",
        [
            f"{row['source_id']}, {row['locator']}: {row['finding']} "
            f"({row['claim']}, {row['stance']}{', ' + row['field'] if row['field'] else ''}; read: {row['read']}, "
            f"{row['read_on']})"
            for row in rows
        ],
    )
