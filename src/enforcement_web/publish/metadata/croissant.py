"""croissant.json: the tables in the Croissant 1.0 format of MLCommons, for data loaders of machine learning.

Every table is a RecordSet over its file in the release's zip file. A list in a cell is a repeated field, an object in a
JSON table a field with subfields. Dates of reduced precision are texts.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from enforcement_web.citing import formatted, package_item
from enforcement_web.package import Resource
from enforcement_web.publish.release import Release

# The context that Croissant 1.0 prescribes.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {"integer": "sc:Integer", "boolean": "sc:Boolean", "date": "sc:Date"}
_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def croissant(release: Release, folder: Path) -> dict[str, Any]:
    """Describe the tables in the zip file that stands in a folder."""
    about, resources = release.about, release.package.resources.values()
    archive = folder / f"{release.stem}.zip"
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.name,
        "alternateName": about.title,
        "description": about.description,
        "url": about.version_address,
        "version": about.version,
        "datePublished": about.day.isoformat(),
        "license": [license.path for license in about.licenses],
        "keywords": list(about.keywords),
        "creator": [{"@type": "sc:Organization", "name": name} for name in about.authors],
        "citeAs": formatted(package_item(release.package), "bibtex"),
        "isLiveDataset": False,
        "distribution": [_archive(archive), *(_member(release, resource, archive.name) for resource in resources)],
        "recordSet": [_record_set(resource) for resource in resources],
    }


def _archive(path: Path) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path.name,
        "name": path.name,
        "description": "The data package",
        "contentUrl": path.name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/zip",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _member(release: Release, resource: Resource, archive: str) -> dict[str, Any]:
    data = release.package.read(resource)
    return {
        "@type": "cr:FileObject",
        "@id": resource.path,
        "name": Path(resource.path).name,
        "description": resource.title,
        "containedIn": {"@id": archive},
        "contentUrl": f"{release.stem}/{resource.path}",
        "contentSize": f"{len(data)} B",
        "encodingFormat": _MEDIA_TYPES[resource.format],
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _record_set(resource: Resource) -> dict[str, Any]:
    fields = _csv_fields(resource) if resource.format == "csv" else _json_fields(resource)
    return {
        "@type": "cr:RecordSet",
        "@id": resource.name,
        "name": resource.name,
        "description": str(resource.schema["description"]),
        "key": [{"@id": f"{resource.name}/{name}"} for name in resource.key],
        "field": list(fields),
    }


def _field(identifier: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    described = {"description": schema["description"]} if "description" in schema else {}
    return {"@type": "cr:Field", "@id": identifier, "name": identifier.rpartition("/")[2], **described}


def _csv_fields(resource: Resource) -> Iterator[dict[str, Any]]:
    for field in resource.fields:
        source: dict[str, Any] = {"fileObject": {"@id": resource.path}, "extract": {"column": field["name"]}}
        is_list = field["type"] == "list"
        yield {
            **_field(f"{resource.name}/{field['name']}", field),
            "dataType": _TYPES.get(field["type"], "sc:Text"),
            **({"repeated": True} if is_list else {}),
            "source": source | ({"transform": {"separator": field["delimiter"]}} if is_list else {}),
        }


def _json_fields(resource: Resource) -> Iterator[dict[str, Any]]:
    for name, schema in resource.schema["items"]["properties"].items():
        yield _json_field(resource, f"{resource.name}/{name}", [name], schema)


def _json_field(resource: Resource, identifier: str, path: list[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a member; ``path`` are the names that lead to it from the record, one step of reading each."""
    items = schema["items"] if schema["type"] == "array" else schema
    field = _field(identifier, schema) | ({"repeated": True} if schema["type"] == "array" else {})
    if items["type"] == "object":
        members = items["properties"].items()
        subfields = [_json_field(resource, f"{identifier}/{name}", [*path, name], child) for name, child in members]
        return {**field, "subField": subfields}
    while items["type"] == "array":
        items = items["items"]
    return {
        **field,
        "dataType": _TYPES.get(items["type"], "sc:Text"),
        "source": {
            "fileObject": {"@id": resource.path},
            "extract": {"jsonPath": "$[*]"},
            "transform": [{"jsonPath": name} for name in path],
        },
    }
