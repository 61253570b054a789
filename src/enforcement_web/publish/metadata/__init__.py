"""The release told to machines: bibliography, citation, catalogs, loaders, repositories and an index."""

from pathlib import Path
from typing import Any

from enforcement_web.jsontext import format_json
from enforcement_web.publish.checksums import CHECKSUMS
from enforcement_web.publish.metadata.bibliography import write_bibliography
from enforcement_web.publish.metadata.citation_file import CITATION_FILE, citation_cff
from enforcement_web.publish.metadata.croissant import croissant
from enforcement_web.publish.metadata.datacite import datacite_metadata
from enforcement_web.publish.metadata.dataset import dataset_jsonld
from enforcement_web.publish.metadata.files import release_files
from enforcement_web.publish.metadata.index import release_index
from enforcement_web.publish.metadata.ro_crate import RO_CRATE_FILE, ro_crate
from enforcement_web.publish.release import Release

__all__ = ["write_metadata"]

INDEX = "index.json"


def write_metadata(release: Release, folder: Path) -> None:
    """Describe the files that stand in a folder by now, each description covering those written before it.

    Raises LookupError for a file that ``metadata.files`` does not describe.
    """
    write_bibliography(release, folder)
    (folder / CITATION_FILE).write_text(citation_cff(release.about), encoding="utf-8", newline="\n")
    data = release_files(release, folder)
    _write(folder / "datacite.json", datacite_metadata(release, data))
    _write(folder / "croissant.json", croissant(release, folder))
    _write(folder / "dataset.jsonld", dataset_jsonld(release, data))
    _write(folder / RO_CRATE_FILE, ro_crate(release, release_files(release, folder), [INDEX, CHECKSUMS]))
    _write(folder / INDEX, release_index(release, release_files(release, folder)))


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_bytes(format_json(value))
