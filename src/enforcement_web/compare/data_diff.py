"""Compare the records of two packages by key: what went, what came, what changed."""

from collections import defaultdict
from collections.abc import Iterator

from enforcement_web.compare.change import Change
from enforcement_web.compare.tables import Key, Row, Tables
from enforcement_web.redirects import new_ids

# Tables whose differences are told otherwise, or that only record what was released.
_TOLD_OTHERWISE = frozenset({"evidence", "redirects", "released_ids", "releases", "terms"})
# Columns whose change is more than a corrected cell, by table.
_STATUS = {("flow_status", "status"), ("databases", "status")}
_DATES = {("flow_status", "started"), ("flow_status", "start_is"), ("flow_status", "ended")}
_LEGAL_BASIS = {("flow_status", "law_id"), ("flow_laws", "law_id"), ("flow_laws", "effect"), ("actions", "legal_basis")}


def data_changes(old: Tables, new: Tables) -> Iterator[Change]:
    """Give the changes of records between two packages. Tables that only one has are changes of form."""
    for name, resource in old.resources.items():
        if name in new.resources and name not in _TOLD_OTHERWISE and resource.key == new.resources[name].key:
            yield from _TableDiff(old, new, name).changes()
    yield from _redirect_changes(old, new)


class _TableDiff:
    def __init__(self, old: Tables, new: Tables, name: str):
        self.old, self.new, self.name = old, new, name
        self.before, self.after = old.rows(name), new.rows(name)
        self.has_ids = old.resources[name].key == ["id"]
        self.references = {
            column: table for column, table, target in old.resources[name].foreign_keys if target == "id"
        }

    def changes(self) -> Iterator[Change]:
        gone = [key for key in self.before if key not in self.after]
        heirs = {heir for key in gone for heir in self._heirs(key)}
        for key in gone:
            yield self._gone(key)
            if renamed := self._renamed(key):
                yield from self._fields(renamed, self.before[key], self.after[(renamed,)])
        for key in self.after:
            if key in self.before:
                yield from self._fields("/".join(key), self.before[key], self.after[key])
            elif key[0] not in heirs or not self.has_ids:
                yield self._added(key)
        if len(self.after) < len(self.before):
            yield Change("table-shrank", self.name, before=str(len(self.before)), after=str(len(self.after)))

    def _heirs(self, key: Key) -> list[str]:
        redirect = self.new.redirects.get((self.name, key[0])) if self.has_ids else None
        return [heir for heir in new_ids(redirect) if (heir,) in self.after] if redirect else []

    def _renamed(self, key: Key) -> str:
        """The new id of a record that only got another one."""
        heirs = self._heirs(key)
        return heirs[0] if len(heirs) == 1 and (heirs[0],) not in self.before else ""

    def _gone(self, key: Key) -> Change:
        record, title = "/".join(key), self.old.title(self.name, key[0]) if self.has_ids else ""
        if not self.has_ids:
            return Change("row-dropped", self.name, record)
        redirect = self.new.redirects.get((self.name, key[0]))
        if redirect is None:
            return Change("record-lost", self.name, record, title=title)
        heirs, reason = self._heirs(key), redirect["reason"]
        if len(heirs) > 1:
            kind = "record-split"
        elif heirs:
            kind = "record-redirected" if self._renamed(key) else "record-merged"
        else:
            kind = "legal-basis-removed" if self.name == "flow_laws" else "record-retired"
        return Change(kind, self.name, record, after=";".join(heirs), title=title, reason=reason)

    def _added(self, key: Key) -> Change:
        kind = {"flow_status": "status-added", "flow_laws": "legal-basis-added"}.get(self.name, "record-added")
        title = self.new.title(self.name, key[0]) if self.has_ids else ""
        return Change(kind, self.name, "/".join(key), title=title)

    def _fields(self, record: str, before: Row, after: Row) -> Iterator[Change]:
        for column in before:
            was, now = before[column], after.get(column, "")
            if was == now or column not in after or column in self.old.resources[self.name].key:
                continue
            if self._is_renamed_reference(column, was, now):
                continue
            place = self.name, column
            kind = "field-changed"
            if place in _STATUS:
                kind = "status-changed"
            elif place in _DATES:
                kind = "status-redated"
            elif place in _LEGAL_BASIS:
                kind = "legal-basis-changed"
            yield Change(kind, self.name, record, column, was, now, self.new.title(self.name, record))

    def _is_renamed_reference(self, column: str, was: str, now: str) -> bool:
        table = self.references.get(column)
        redirect = self.new.redirects.get((table, was)) if table else None
        return redirect is not None and new_ids(redirect) == [now]


def evidence_changes(old: Tables, new: Tables) -> Iterator[Change]:
    """Give the changes of evidence of the records that both packages have.

    Rows for the same record, column and source belong together, whatever else changed in them.
    """
    before, after = _grouped(old, new), _grouped(new, new)
    for group in sorted({*before, *after}):
        table, record, field, source = group
        was, now = before.get(group, []), after.get(group, [])
        same = [row for row in was if row in now]
        was, now = [row for row in was if row not in same], [row for row in now if row not in same]
        has_both = _has(old, new, table, record)
        for row, other in zip(was, now, strict=False):
            yield from _evidence_fields(table, record, source, row, other)
        if has_both:
            for row in was[len(now) :]:
                yield Change("evidence-removed", table, record, field, before=_told(source, row))
            for row in now[len(was) :]:
                kind = "evidence-disputed" if row["stance"] == "contradicts" else "evidence-added"
                yield Change(kind, table, record, field, after=_told(source, row))


def _evidence_fields(table: str, record: str, source: str, was: Row, now: Row) -> Iterator[Change]:
    is_disputed = now["stance"] == "contradicts" != was["stance"]
    for column in was:
        if column in now and was[column] != now[column] and column not in ("record_id", "read_on"):
            kind = "evidence-disputed" if is_disputed and column == "stance" else "evidence-changed"
            yield Change(kind, table, record, column, was[column], now[column], title=source)


def _grouped(tables: Tables, new: Tables) -> dict[tuple[str, str, str, str], list[Row]]:
    """Rows of evidence by table, record, column and source; records and sources that got another id by the new one."""
    groups: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in tables.rows("evidence").values():
        record = _present(new, row["table"], row["record_id"])
        source = _present(new, "sources", row["source_id"])
        groups[row["table"], record, row["field"], source].append({**row, "record_id": record, "source_id": source})
    return dict(groups)


def _present(new: Tables, table: str, record: str) -> str:
    redirect = new.redirects.get((table, record))
    heirs = new_ids(redirect) if redirect else []
    return heirs[0] if len(heirs) == 1 else record


def _has(old: Tables, new: Tables, table: str, record: str) -> bool:
    """Whether a record stands in both packages, under its present id or under one that leads to it."""
    if (record,) not in new.rows(table):
        return False
    return (record,) in old.rows(table) or any(
        of == table and record in new_ids(row) and (was,) in old.rows(table) for (of, was), row in new.redirects.items()
    )


def _told(source: str, row: Row) -> str:
    return f"{source}, {row['locator']} ({row['claim']}, {row['stance']}): {row['finding']}"


def _redirect_changes(old: Tables, new: Tables) -> Iterator[Change]:
    for (table, was), row in old.redirects.items():
        other = new.redirects.get((table, was))
        if other is None:
            yield Change("redirect-removed", table, was, before=";".join(new_ids(row)), reason=row["reason"])
        elif new_ids(row) != new_ids(other):
            before, after = ";".join(new_ids(row)), ";".join(new_ids(other))
            yield Change("field-changed", "redirects", f"{table}/{was}", "new_ids", before, after)
