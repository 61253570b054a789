"""Tables for reading: one CSV file each for flows, databases, agencies, laws and actions, with names beside ids.

The headers and the cells are in plain words. The files are for a double click: they begin with a byte order mark, for
without one Excel reads UTF-8 wrongly, and a cell that a spreadsheet could take for a formula, one that begins with
``=``, ``+``, ``-`` or ``@``, has an apostrophe before it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from enforcement_web.addresses import record_address
from enforcement_web.csvtext import BOM, format_csv
from enforcement_web.publish.release import Release
from enforcement_web.publish.standing import Standing, Standings
from enforcement_web.web import Flow, Status
from enforcement_web.web.records import CLAIMS
from enforcement_web.web.text import SHOWN, since_text

_FORMULA_STARTS = ("=", "+", "-", "@")

Cells = list[tuple[str, str]]


def write_readable(release: Release, folder: Path) -> None:
    """Write the tables into a new folder."""
    folder.mkdir()
    views = Views(release)
    for name, rows in views.tables().items():
        (folder / f"{name}_readable.csv").write_bytes(readable_csv(rows))


def readable_csv(rows: Sequence[Cells]) -> bytes:
    """Write rows, each a list of header and cell."""
    header = [name for name, _ in rows[0]] if rows else []
    return BOM + format_csv(header, ([safe_cell(cell) for _, cell in row] for row in rows))


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


class Views:
    """The rows of the tables for reading."""

    def __init__(self, release: Release):
        self.records = release.records
        self._release = release
        self._standings = Standings(release)
        self._flows_from, self._flows_to = _ends(self.records.flows.values())
        self._owned: dict[str, list[str]] = defaultdict(list)
        for database in self.records.databases.values():
            self._owned[database["owner_id"]].append(database["id"])
        self._law_flows: dict[tuple[str, str], list[str]] = defaultdict(list)
        for rows in self.records.flow_laws.values():
            for row in rows:
                self._law_flows[row["law_id"], row["effect"]].append(row["flow_id"])
        sources = release.package.scan_json(release.package.resources["sources"]).records
        self._sources = {source["id"]: source for source in sources}

    def tables(self) -> dict[str, list[Cells]]:
        """The rows of every table by its name, in the order of ids."""
        records = self.records
        return {
            "flows": _each(self.flow, records.flows.values()),
            "databases": _each(self.database, records.databases.values()),
            "agencies": _each(self.agency, records.agencies.values()),
            "laws": _each(self.law, records.laws.values()),
            "actions": _each(self.action, records.actions),
        }

    def flow(self, flow: Flow) -> Cells:
        """One flow, and how it stands on the day of the release."""
        standing = self._standings.of(flow.id)
        statuses = self.records.statuses.get(flow.id, [])
        return [
            ("Flow id", flow.id),
            ("What happens", flow.summary),
            *self._named("From agency", "agencies", flow.source_agency),
            *self._named("From database", "databases", flow.source_database),
            *self._named("To agency", "agencies", flow.target_agency),
            *self._named("To database", "databases", flow.target_database),
            *self._named("Over network", "databases", flow.network),
            *self._named("Begins at", "touchpoints", flow.touchpoint),
            ("How it passes", _words([flow.mechanism])),
            ("Set off by", _words([flow.initiated_by])),
            ("Answers flow id", flow.responds_to),
            ("What it carries", _words(sorted(flow.categories))),
            *self._named("Runs by default in", "places", standing.place),
            ("Day", self._release.day.isoformat()),
            ("Status there on the day", standing.status.status if standing.status else "none recorded"),
            ("Status there holds", since_text(standing.status) if standing.status else ""),
            ("Status there is by", self._citations([standing.status.law_id]) if standing.status else ""),
            ("Other status elsewhere on the day", self._elsewhere(standing)),
            *(
                (f"{word} by", self._citations(row["law_id"] for row in self._laws(flow.id, effect)))
                for word, effect in (
                    ("Authorized", "authorizes"),
                    ("Required", "requires"),
                    ("Limited", "limits"),
                    ("Prohibited", "prohibits"),
                )
            ),
            self._evidence(("flows", flow.id), *(("flow_status", status.id) for status in statuses)),
            ("The most that is shown", SHOWN[CLAIMS[self.records.claim(flow.id, standing.status)]]),
            self._address("flows", flow.id),
        ]

    def database(self, row: dict[str, str]) -> Cells:
        """One database, with the flows out of it and into it."""
        return [
            ("Database id", row["id"]),
            ("Name", row["name"]),
            ("Acronym", row["acronym"]),
            ("Other names", _items(row["also_known_as"])),
            ("What it is", row["summary"]),
            ("Kind", _words([row["kind"]])),
            *self._named("Owner", "agencies", row["owner_id"]),
            *self._named("Operator", "agencies", row["operator_id"]),
            *self._named("Part of", "databases", row["parent_id"]),
            *self._named("One of", "databases", row["group_id"]),
            ("Stands for each of a class", _yes(row["is_group"])),
            *self._named("Place", "places", row["jurisdiction_id"]),
            ("Status", _words([row["status"]])),
            ("Started", row["started"]),
            ("Ended", row["ended"]),
            *self._named("Replaced by", "databases", row["successor_id"]),
            ("Holds", _words(row["holds"].split(";"))),
            ("About", _words(row["about"].split(";"))),
            ("Flows from it", "; ".join(self._flows_from["databases", row["id"]])),
            ("Flows to it", "; ".join(self._flows_to["databases", row["id"]])),
            ("System of records notices", _items(row["sorn"])),
            ("Privacy assessments", _items(row["pia"])),
            self._evidence(("databases", row["id"])),
            self._address("databases", row["id"]),
        ]

    def agency(self, row: dict[str, str]) -> Cells:
        """One agency, with its databases and the flows from it and to it."""
        return [
            ("Agency id", row["id"]),
            ("Name", row["name"]),
            ("Acronym", row["acronym"]),
            ("Other names", _items(row["also_known_as"])),
            ("What it is", row["summary"]),
            ("Kind", _words([row["kind"]])),
            ("Level", _words([row["level"]])),
            *self._named("Part of", "agencies", row["parent_id"]),
            *self._named("One of", "agencies", row["group_id"]),
            ("Stands for each of a class", _yes(row["is_group"])),
            *self._named("Place", "places", row["jurisdiction_id"]),
            ("Founded", row["founded"]),
            ("Dissolved", row["dissolved"]),
            *self._named("Replaced by", "agencies", row["successor_id"]),
            ("Databases it owns", "; ".join(self._owned[row["id"]])),
            ("Flows from it", "; ".join(self._flows_from["agencies", row["id"]])),
            ("Flows to it", "; ".join(self._flows_to["agencies", row["id"]])),
            ("Website", row["website"]),
            ("Wikidata item", row["wikidata"]),
            self._evidence(("agencies", row["id"])),
            self._address("agencies", row["id"]),
        ]

    def law(self, row: dict[str, str]) -> Cells:
        """One law, with the flows that it bears on."""
        source = self._sources.get(row["source_id"], {})
        return [
            ("Law id", row["id"]),
            ("Citation", row["citation"]),
            ("Title", row["title"]),
            ("What it says", row["summary"]),
            ("Kind", _words([row["kind"]])),
            *self._named("Place", "places", row["jurisdiction_id"]),
            *self._named("Issued by", "agencies", row["issuer_id"]),
            ("Enacted", row["enacted"]),
            ("In effect from", row["effective"]),
            ("Ended", row["ended"]),
            *self._named("Replaced by", "laws", row["successor_id"]),
            *(
                (f"Flows it {effect}", "; ".join(self._law_flows[row["id"], effect]))
                for effect in ("authorizes", "requires", "limits", "prohibits")
            ),
            ("Source", source.get("title", "")),
            ("Source id", row["source_id"]),
            ("Source address", source.get("URL", "")),
            self._evidence(("laws", row["id"])),
            self._address("laws", row["id"]),
        ]

    def action(self, action: dict[str, Any]) -> Cells:
        """One action, with the flows that it interrupts."""
        effects: dict[str, list[str]] = defaultdict(list)
        for entry in action["interrupts"]:
            effects[entry["effect"]].append(entry["flow_id"])
        return [
            ("Action id", action["id"]),
            ("What to do", action["title"]),
            ("What it does", action["summary"]),
            ("Kind", _words([action["kind"]])),
            ("Who can do it", _words(action["actors"])),
            *(
                (f"Flows it {effect}", "; ".join(effects[effect]))
                for effect in ("stops", "narrows", "exposes", "corrects")
            ),
            ("How", " ".join(f"({number}) {step}" for number, step in enumerate(action["steps"], start=1))),
            ("Legal basis", self._citations(action["legal_basis"])),
            ("Legal basis ids", "; ".join(action["legal_basis"])),
            ("Done before", " | ".join(self._precedent(one) for one in action["precedents"])),
            ("Cautions", " | ".join(action["cautions"])),
            self._evidence(("actions", action["id"])),
            self._address("actions", action["id"]),
        ]

    def _named(self, header: str, table: str, record: str) -> Cells:
        """A record's name and its id, in two columns."""
        return [(header, self._name(table, record) if record else ""), (f"{header} id", record)]

    def _name(self, table: str, record: str) -> str:
        row: dict[str, str] = getattr(self.records, table)[record]
        return row["citation"] if table == "laws" else row["name"]

    def _citations(self, laws: Iterable[str]) -> str:
        return " | ".join(self._name("laws", law) for law in laws if law)

    def _laws(self, flow: str, effect: str) -> list[dict[str, str]]:
        return [row for row in self.records.flow_laws.get(flow, ()) if row["effect"] == effect]

    def _elsewhere(self, standing: Standing) -> str:
        return " | ".join(self._status_text(status) for status in standing.elsewhere)

    def _status_text(self, status: Status) -> str:
        law = f" ({self._citations([status.law_id])})" if status.law_id else ""
        return f"{status.status} in {self._name('places', status.place)} {since_text(status)}{law}"

    def _precedent(self, precedent: dict[str, Any]) -> str:
        outcome = f" {precedent['outcome']}" if precedent.get("outcome") else ""
        place = self._name("places", precedent["jurisdiction_id"])
        return f"{place}, {precedent['date']}: {precedent['what']}{outcome}"

    def _evidence(self, *records: tuple[str, str]) -> tuple[str, str]:
        return "Rows of evidence", str(sum(len(self.records.evidence.get(record, ())) for record in records))

    def _address(self, table: str, record: str) -> tuple[str, str]:
        return "Permanent address", record_address(self._release.package, table, [record])


def _each(view: Callable[[Any], Cells], records: Iterable[Any]) -> list[Cells]:
    return [view(record) for record in records]


def _ends(flows: Iterable[Flow]) -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[str]]]:
    """Give the flows from and to each agency and database that they name."""
    sources: dict[tuple[str, str], list[str]] = defaultdict(list)
    targets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for flow in flows:
        sources["agencies", flow.source_agency].append(flow.id)
        sources["databases", flow.source_database].append(flow.id)
        targets["agencies", flow.target_agency].append(flow.id)
        targets["databases", flow.target_database].append(flow.id)
    return sources, targets


def _words(terms: Iterable[str]) -> str:
    """Write terms as words: automatic-match is "automatic match"."""
    return "; ".join(term.replace("-", " ") for term in terms)


def _items(cell: str) -> str:
    return cell.replace(";", "; ")


def _yes(cell: str) -> str:
    return "yes" if cell == "true" else "no"
