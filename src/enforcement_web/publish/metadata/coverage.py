"""Which places and years a release covers, as the statuses of its flows tell."""

from dataclasses import dataclass

from enforcement_web.publish.release import Release


@dataclass(frozen=True)
class Place:
    """A place by its ISO 3166 code and its name."""

    code: str
    name: str


def places(release: Release) -> list[Place]:
    """Give the widest places in which a flow has a status: those that lie in no other."""
    rows = release.store.execute(
        """
        with recursive covered as (
            select distinct jurisdiction_id as id from text.flow_status
            union
            select parent_id from text.jurisdictions as place join covered on place.id = covered.id
        )
        select id, name from text.jurisdictions where id in (from covered) and parent_id is null order by id
        """
    ).fetchall()
    return [Place(code, name) for code, name in rows]


def first_year(release: Release) -> str | None:
    """Give the first year in which a flow has a status, or None when no flow has one."""
    found = release.store.execute("select min(started[:4]) from text.flow_status").fetchone()
    return str(found[0]) if found and found[0] else None
