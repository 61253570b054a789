"""web.jsonld: the web as linked data, in JSON-LD 1.1 with its context in the document.

A record is named by its permanent address, and a term of a vocabulary by that of its record in ``terms``. A property is
the column's name under ``{id}vocab#``, without ``_id`` or ``_ids`` where it refers to records; name, title, summary,
definition, website, other names and Wikidata item are schema.org's properties. A date has the type of its precision:
``xsd:gYear``, ``xsd:gYearMonth`` or ``xsd:date``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from enforcement_web.addresses import package_address, record_address
from enforcement_web.frames import described, records
from enforcement_web.jsontext import format_json
from enforcement_web.package import Package, Resource
from enforcement_web.publish.release import Release

# The tables of the web: what a record of each is, in the package's own vocabulary and in schema.org's.
CLASSES = {
    "agencies": ("Agency", "schema:Organization"),
    "databases": ("Database",),
    "flows": ("Flow",),
    "flow_status": ("FlowStatus",),
    "flow_laws": ("FlowLaw",),
    "laws": ("Law", "schema:Legislation"),
    "touchpoints": ("Touchpoint",),
    "actions": ("Action",),
    "jurisdictions": ("Jurisdiction", "schema:AdministrativeArea"),
    "terms": ("Term", "schema:DefinedTerm"),
}
SCHEMA_ORG = {
    "name": "name",
    "title": "name",
    "summary": "description",
    "definition": "description",
    "website": "url",
    "also_known_as": "alternateName",
    "wikidata": "sameAs",
}
WIKIDATA = "http://www.wikidata.org/entity/"
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def write_jsonld(release: Release, path: Path) -> None:
    """Write the document."""
    path.write_bytes(format_json(web_jsonld(release)))


def web_jsonld(release: Release) -> dict[str, Any]:
    """Give the document: its context, the release, the vocabulary and every record of the web."""
    package = release.package
    nodes = [_release_node(release), *_vocabulary(package)]
    for table in CLASSES:
        nodes += _Table(package, package.resources[table]).nodes()
    return {"@context": _context(package), "@graph": nodes}


def vocabulary_address(package: Package) -> str:
    """Where the names of the package's own classes and properties begin."""
    return f"{package_address(package)}vocab#"


def property_name(column: str, is_reference: bool) -> str:
    """Name of the property that a column becomes."""
    return column.removesuffix("s").removesuffix("_id") if is_reference and column.endswith(("_id", "_ids")) else column


def _context(package: Package) -> dict[str, Any]:
    return {
        "@version": 1.1,
        "@vocab": vocabulary_address(package),
        "schema": "https://schema.org/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **{column: f"schema:{name}" for column, name in SCHEMA_ORG.items()},
    }


def _release_node(release: Release) -> dict[str, Any]:
    about = release.about
    return {
        "@id": about.version_address,
        "@type": "schema:Dataset",
        "name": about.title,
        "schema:version": about.version,
        "schema:datePublished": {"@value": about.day.isoformat(), "@type": "xsd:date"},
        "schema:license": [{"@id": license.path} for license in about.licenses],
    }


def _vocabulary(package: Package) -> Iterator[dict[str, Any]]:
    """Say what the classes and the properties mean, from the schemas."""
    base = vocabulary_address(package)
    comments: dict[str, list[str]] = defaultdict(list)
    for table, classes in CLASSES.items():
        resource = package.resources[table]
        yield {
            "@id": f"{base}{classes[0]}",
            "@type": "rdfs:Class",
            "rdfs:label": classes[0],
            "rdfs:comment": resource.schema["description"],
        }
        for column in described(resource):
            if column["name"] not in SCHEMA_ORG:
                name = property_name(column["name"], bool(column["refers_to"]))
                comments[name].append(f"In {table}: {column['description']}")
    for name, texts in comments.items():
        yield {"@id": f"{base}{name}", "@type": "rdf:Property", "rdfs:label": name, "rdfs:comment": texts}


class _Table:
    """The records of one table as nodes."""

    def __init__(self, package: Package, resource: Resource):
        self._package = package
        self._resource = resource
        if resource.format == "json":
            self._schemas = resource.schema["items"]["properties"]
        else:
            targets = {column: {"foreignKey": {"resource": table}} for column, table, _ in resource.foreign_keys}
            self._schemas = {field["name"]: field | targets.get(field["name"], {}) for field in resource.fields}

    def nodes(self) -> Iterator[dict[str, Any]]:
        classes = list(CLASSES[self._resource.name])
        for record in records(self._resource.name, self._package):
            address = record_address(self._package, self._resource.name, [record[name] for name in self._resource.key])
            yield {"@id": address, "@type": classes, **self._members(self._schemas, record)}

    def _members(self, schemas: Mapping[str, Mapping[str, Any]], record: Mapping[str, Any]) -> dict[str, Any]:
        members = {}
        for name, schema in schemas.items():
            if record.get(name) not in (None, []):
                items = schema.get("items", {})
                key = property_name(name, "foreignKey" in schema or "foreignKey" in items)
                members[key] = self._value(name, schema, record[name])
        return members

    def _value(self, name: str, schema: Mapping[str, Any], value: Any) -> Any:
        if isinstance(value, list):
            items = [self._value(name, schema.get("items", schema), item) for item in value]
            is_ordered = "items" in schema and all(isinstance(item, str) for item in items)
            return {"@list": items} if is_ordered else items
        if isinstance(value, dict):
            return self._members(schema["properties"], value)
        if target := schema.get("foreignKey", {}).get("resource"):
            return {"@id": record_address(self._package, target, [value])}
        if vocabulary := schema.get("vocabulary"):
            return {"@id": record_address(self._package, "terms", [vocabulary, value])}
        if schema.get("dateFormat") == "reduced":
            return {"@value": value, "@type": _DATES[len(value)]}
        if name == "wikidata":
            return {"@id": f"{WIKIDATA}{value}"}
        return {"@id": value} if schema.get("format") == "uri" else value
