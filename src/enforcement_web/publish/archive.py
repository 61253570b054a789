"""The package as one zip file, its descriptor stamped with the size and hash of each file."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

from enforcement_web.citing import formatted, package_item
from enforcement_web.jsontext import format_json
from enforcement_web.package import DESCRIPTOR, Package

# The earliest time that a zip file can hold: a release has a version, not a time of day.
_TIME = (1980, 1, 1, 0, 0, 0)


def write_archive(package: Package, path: Path, folder: str) -> None:
    """Write the descriptor, schemas, tables and companion files under one folder of a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(archived_files(package).items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", date_time=_TIME)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def archived_files(package: Package) -> dict[str, bytes]:
    """Give the files of the archive by path: those of the package, and the stamped descriptor."""
    files = dict(package.files())
    return files | {DESCRIPTOR: format_json(stamped_descriptor(package, files))}


def stamped_descriptor(package: Package, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the descriptor with bytes and hash for each resource (Data Package v2) and the way to cite it."""
    resources = []
    for entry in package.descriptor["resources"]:
        data = files[entry["path"]]
        resources.append({**entry, "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"})
    citation = formatted(package_item(package), "text")
    return {**package.descriptor, "citation": citation, "resources": resources}
