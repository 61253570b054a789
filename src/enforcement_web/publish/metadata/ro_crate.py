"""ro-crate-metadata.json: the folder of the release as an RO-Crate 1.2.

The crate describes every file of the folder. Those that are written after it (the index and the checksums, which
hold its own hash) are described without size and hash.
"""

from typing import Any

from enforcement_web.citing import formatted, package_item
from enforcement_web.publish.metadata.coverage import first_year, places
from enforcement_web.publish.metadata.files import ReleaseFile, describe
from enforcement_web.publish.release import Release

RO_CRATE_FILE = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"


def ro_crate(release: Release, files: list[ReleaseFile], later: list[str]) -> dict[str, Any]:
    """Describe a folder that holds the given files and, later, those of the given paths."""
    parts = [_file(file) for file in files] + [_later_file(release, path) for path in later]
    folders = _folders(parts)
    inside = {part["@id"] for folder in folders for part in folder["hasPart"]}
    top = [part for part in parts if part["@id"] not in inside] + folders
    creators = [_creator(release, number, name) for number, name in enumerate(release.about.authors, start=1)]
    covered = [_place(release, place.code, place.name) for place in places(release)]
    licenses = [_license(license.path, license.name, license.title) for license in release.about.licenses]
    root = _root(release) | {
        "license": _references(licenses),
        "author": _references(creators),
        "publisher": _references(creators),
        "spatialCoverage": _references(covered),
        "hasPart": _references(top),
    }
    return {
        # The term sha256 is newer than some copies of the context.
        "@context": [f"{_SPECIFICATION}/context", {"sha256": "http://schema.org/sha256"}],
        "@graph": [_descriptor(), root, *parts, *folders, *licenses, *creators, *covered],
    }


def _descriptor() -> dict[str, Any]:
    return {
        "@id": RO_CRATE_FILE,
        "@type": "CreativeWork",
        "name": "RO-Crate metadata",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }


def _root(release: Release) -> dict[str, Any]:
    about, year = release.about, first_year(release)
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{about.title} {about.version}",
        "description": about.description,
        "identifier": about.version_address,
        "version": about.version,
        "datePublished": about.day.isoformat(),
        "keywords": ", ".join(about.keywords),
        "creditText": formatted(package_item(release.package), "text"),
        **({"temporalCoverage": f"{year}/{about.day.isoformat()}"} if year else {}),
    }


def _file(file: ReleaseFile) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.path,
        "description": file.description,
        "encodingFormat": file.media_type,
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    }


def _later_file(release: Release, path: str) -> dict[str, Any]:
    about = describe(release, path)
    return {
        "@id": path,
        "@type": "File",
        "name": path,
        "description": about.text,
        "encodingFormat": about.media_type,
    }


def _folders(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make an entity of each folder within the release."""
    names = sorted({part["@id"].rpartition("/")[0] for part in parts} - {""})
    return [
        {
            "@id": f"{name}/",
            "@type": "Dataset",
            "name": name,
            "description": f"The files in {name}/",
            "hasPart": [{"@id": part["@id"]} for part in parts if part["@id"].rpartition("/")[0] == name],
        }
        for name in names
    ]


def _creator(release: Release, number: int, name: str) -> dict[str, Any]:
    address = release.about.address
    return {"@id": f"#creator-{number}", "@type": "Organization", "name": name, "url": address}


def _place(release: Release, code: str, name: str) -> dict[str, Any]:
    return {"@id": f"#{code}", "@type": "Country", "name": name, "identifier": code}


def _license(path: str, name: str, title: str) -> dict[str, Any]:
    return {"@id": path, "@type": "CreativeWork", "name": name, "description": title, "url": path}


def _references(entities: list[dict[str, Any]]) -> Any:
    """Refer to entities; to one of them without a list, as compacted JSON-LD does."""
    found = [{"@id": entity["@id"]} for entity in entities]
    return found[0] if len(found) == 1 else found
