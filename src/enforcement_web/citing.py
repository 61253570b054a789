"""Cite a package, or one record of it, at one version: as a sentence, as BibTeX or as CSL-JSON.

Every form is written from one CSL-JSON item (CSL 1.0.2). A record is an ``entry`` in the package; its table is the
item's ``section`` and its id the ``number``.
"""

import re
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from enforcement_web.about import About, read_about
from enforcement_web.addresses import record_address
from enforcement_web.jsontext import format_json
from enforcement_web.package import Package, Resource
from enforcement_web.problem import UnknownIdError
from enforcement_web.redirects import new_ids

if TYPE_CHECKING:
    from enforcement_web.frames import PathLike

CitationFormat = Literal["text", "bibtex", "csl"]
FORMATS: tuple[CitationFormat, ...] = ("text", "bibtex", "csl")
REDIRECTS = "redirects"
# Columns that name a record, the best first; a record without any is named by its key.
_TITLES = ("title", "name", "agency_name", "statement", "question", "finding", "definition", "summary", "reason")
# What cannot stand in the key of a BibTeX entry, or may not be the same in every tool.
_UNSAFE = re.compile(r"[^A-Za-z0-9.+-]+")


class RetiredIdError(LookupError):
    """An id that a former version had, and where it went."""


def cite(
    table: str | None = None, id: str | None = None, package: "PathLike" = None, format: CitationFormat = "text"
) -> str:
    """Write the citation of a record of a table, or of the whole package when neither is named.

    >>> cite("touchpoints", "jail-booking").startswith("The enforcement-web contributors.")
    True

    ``table`` may be in the singular. The key of several columns is joined by ``+``. ``package`` is the folder of
    another package; without it the shipped one is meant.

    Raises UnknownIdError for a table or an id that is not there, RetiredIdError for an id that was retired, ValueError
    for a table without an id or an unknown format, and PackageError when the package cannot be read.
    """
    if format not in FORMATS:
        raise ValueError(f'there is no format "{format}"; there are {", ".join(FORMATS)}')
    opened = Package.open(package)
    if table is None:
        return formatted(package_item(opened), format)
    if id is None:
        raise ValueError("name the id of a record after its table")
    return formatted(record_item(opened, table, id), format)


def formatted(item: dict[str, Any], style: CitationFormat) -> str:
    """Write a CSL-JSON item in one of the formats, with no line end."""
    if style == "csl":
        return format_json([item]).decode().rstrip("\n")
    if style == "bibtex":
        from enforcement_web.bibtex import format_bibtex

        return format_bibtex([item]).rstrip("\n")
    return _sentence(item)


def package_item(package: Package) -> dict[str, Any]:
    """Cite a package as a CSL-JSON item."""
    about = read_about(package)
    return {
        "id": f"{about.name}-{about.version}",
        "type": "dataset",
        "title": about.title,
        **_common(about),
        "URL": about.version_address,
    }


def record_item(package: Package, table: str, record: str) -> dict[str, Any]:
    """Cite a record as a CSL-JSON item. Raises UnknownIdError and RetiredIdError."""
    about = read_about(package)
    resource = _resource(package, table)
    key, values = _find(package, resource, record)
    number = "+".join(key)
    title = next((text for name in _TITLES if (text := str(values.get(name) or ""))), number)
    return {
        "id": _UNSAFE.sub("-", f"{about.name}-{about.version}-{resource.name}-{number}"),
        "type": "entry",
        "title": title.removesuffix("."),
        "container-title": about.title,
        **_common(about),
        "section": resource.name,
        "number": number,
        "URL": record_address(package, resource.name, key, is_versioned=True),
    }


def singular(table: str) -> str:
    """Give the name of one record of a table: flow for flows, agency for agencies."""
    if table.endswith("ies"):
        return f"{table.removesuffix('ies')}y"
    return table.removesuffix("s") if not table.endswith(("us", "ss")) else table


def _common(about: About) -> dict[str, Any]:
    day = about.day
    return {
        "author": [{"literal": name} for name in about.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": about.version,
    }


def _sentence(item: dict[str, Any]) -> str:
    author = "; ".join(name["literal"] for name in item["author"])
    day = "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    release = f"version {item['version']} ({day})"
    if "container-title" not in item:
        return f"{author}. {item['title']}, {release}. {item['URL']}"
    place = f"{item['container-title']}, {release}, {item['section']}, {item['number']}"
    return f'{author}. "{item["title"]}." In {place}. {item["URL"]}'


def _resource(package: Package, table: str) -> Resource:
    name = table.replace("-", "_")
    known = package.resources | {singular(resource): package.resources[resource] for resource in package.resources}
    if name not in known:
        raise UnknownIdError("table", table, known)
    return known[name]


def _find(package: Package, resource: Resource, record: str) -> tuple[list[str], dict[str, Any]]:
    keys: list[str] = []
    for values in package.records(resource):
        key = [str(values[name]) for name in resource.key]
        joined = "+".join(key)
        if record in (joined, unquote(joined)) or unquote(record) == joined:
            return key, values
        keys.append(joined)
    _refuse_retired(package, resource, record)
    raise UnknownIdError(f"record of {resource.name}", record, keys)


def _refuse_retired(package: Package, resource: Resource, record: str) -> None:
    if REDIRECTS not in package.resources:
        return
    for values in package.records(package.resources[REDIRECTS]):
        if (values["table"], values["old_id"]) == (resource.name, record):
            heirs = " and ".join(f'"{heir}"' for heir in new_ids(values))
            went = f"is now {heirs}" if heirs else "has no successor"
            raise RetiredIdError(
                f'"{record}" of {resource.name} was retired on {values["retired_on"]} and {went}: {values["reason"]}'
            )
