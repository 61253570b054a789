"""The kinds of records that can be written, and the parts that each is written with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]
# Longest id that is suggested; longer ones are hard to read.
_LONGEST = 60


@dataclass(frozen=True)
class Kind:
    """A kind of record: its table, and the text that its id is made from."""

    word: str
    table: str
    named_after: Callable[[Record], str]


def _ends(flow: Record) -> str:
    source = flow.get("source_database_id") or flow.get("source_agency_id", "")
    target = flow.get("target_database_id") or flow.get("target_agency_id", "")
    return f"{source} to {target}"


def _moment(status: Record) -> str:
    parts = (status.get(name, "") for name in ("flow_id", "jurisdiction_id", "status", "started"))
    return " ".join(part for part in parts if part)


KINDS = {
    kind.word: kind
    for kind in (
        Kind("flow", "flows", _ends),
        Kind("database", "databases", lambda record: str(record.get("name", ""))),
        Kind("agency", "agencies", lambda record: str(record.get("name", ""))),
        Kind("law", "laws", lambda record: str(record.get("title", ""))),
        Kind("action", "actions", lambda record: str(record.get("title", ""))),
    )
}
NAMED_AFTER: dict[str, Callable[[Record], str]] = {
    **{kind.table: kind.named_after for kind in KINDS.values()},
    "flow_status": _moment,
    "sources": lambda record: str(record.get("title", "")),
}


def shortened(slug: str, table: str) -> str:
    """Cut an id at the end of a word; a status keeps the whole id of its flow."""
    if len(slug) <= _LONGEST or table == "flow_status":
        return slug[:100].rstrip("-")
    return slug[:_LONGEST].rsplit("-", 1)[0]
