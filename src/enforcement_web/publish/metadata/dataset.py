"""dataset.jsonld: the release as a schema.org Dataset that is a dcat:Dataset too (DCAT 3), in one JSON-LD document.

The context stands in the document, so that no tool has to fetch one. Paths of files are relative to the document.
"""

from typing import Any

from enforcement_web.citing import formatted, package_item
from enforcement_web.publish.metadata.coverage import first_year, places
from enforcement_web.publish.metadata.files import ReleaseFile
from enforcement_web.publish.release import Release

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "contentUrl": {"@type": "@id"},
    "license": {"@type": "@id"},
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
    "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
    "dcat:distribution": {"@type": "@id"},
    "dcat:downloadURL": {"@type": "@id"},
    "dcat:endDate": {"@type": "xsd:date"},
    "dcat:isVersionOf": {"@type": "@id"},
    "dcat:mediaType": {"@type": "@id"},
    "dcat:startDate": {"@type": "xsd:gYear"},
    "dct:creator": {"@type": "@id"},
    "dct:issued": {"@type": "xsd:date"},
    "dct:language": {"@type": "@id"},
    "dct:license": {"@type": "@id"},
    "spdx:algorithm": {"@type": "@id"},
    "spdx:checksumValue": {"@type": "xsd:hexBinary"},
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_ENGLISH = "http://id.loc.gov/vocabulary/iso639-1/en"


def dataset_jsonld(release: Release, files: list[ReleaseFile]) -> dict[str, Any]:
    """Describe a release whose distributions are the given files."""
    about = release.about
    licenses = [license.path for license in about.licenses]
    creators = [_creator(release, number, name) for number, name in enumerate(about.authors, start=1)]
    distributions = [_distribution(release, file) for file in files]
    credit = formatted(package_item(release.package), "text")
    return {
        "@context": _CONTEXT,
        "@id": about.version_address,
        "@type": ["Dataset", "dcat:Dataset"],
        "name": about.title,
        "dct:title": about.title,
        "description": about.description,
        "dct:description": about.description,
        "identifier": about.version_address,
        "dct:identifier": about.version_address,
        "dcat:isVersionOf": about.address,
        "version": about.version,
        "dcat:version": about.version,
        "datePublished": about.day.isoformat(),
        "dct:issued": about.day.isoformat(),
        "license": licenses,
        "dct:license": licenses,
        "creator": creators,
        "dct:creator": [creator["@id"] for creator in creators],
        "keywords": list(about.keywords),
        "dcat:keyword": list(about.keywords),
        "inLanguage": "en",
        "dct:language": _ENGLISH,
        "isAccessibleForFree": True,
        "creditText": credit,
        "dct:bibliographicCitation": credit,
        "citation": _restated(release),
        **_coverage(release),
        "distribution": distributions,
        "dcat:distribution": [distribution["@id"] for distribution in distributions],
    }


def _creator(release: Release, number: int, name: str) -> dict[str, Any]:
    identifier = f"{release.about.version_address}#creator-{number}"
    return {"@id": identifier, "@type": ["Organization", "foaf:Agent"], "name": name, "foaf:name": name}


def _distribution(release: Release, file: ReleaseFile) -> dict[str, Any]:
    return {
        "@id": f"{release.about.version_address}#{file.path}",
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": file.path,
        "dct:title": file.path,
        "description": file.description,
        "dct:description": file.description,
        "contentUrl": file.path,
        "dcat:downloadURL": file.path,
        "encodingFormat": file.media_type,
        "dcat:mediaType": f"{_MEDIA_TYPES}{file.media_type}",
        "contentSize": f"{file.bytes} B",
        "dcat:byteSize": str(file.bytes),
        "sha256": file.sha256,
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": "spdx:checksumAlgorithm_sha256",
            "spdx:checksumValue": file.sha256,
        },
    }


def _restated(release: Release) -> list[dict[str, Any]]:
    """Name the works whose statements the findings restate."""
    works = release.store.execute(
        'select id, title, "URL" from text.sources where id in (select source_id from text.findings) order by id'
    ).fetchall()
    return [{"@type": "CreativeWork", "name": title, "url": url} for _, title, url in works]


def _coverage(release: Release) -> dict[str, Any]:
    """Say which places and years the statuses of flows tell of."""
    covered = places(release)
    coverage: dict[str, Any] = {
        "spatialCoverage": [{"@type": "Country", "identifier": place.code, "name": place.name} for place in covered],
        "dct:spatial": [{"@type": "dct:Location", "dct:title": place.name} for place in covered],
    }
    if (year := first_year(release)) is not None:
        end = release.day.isoformat()
        coverage["temporalCoverage"] = f"{year}/{end}"
        coverage["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": year, "dcat:endDate": end}
    return coverage
