"""The sources of a release as a bibliography: CSL-JSON as the table holds it, and BibTeX."""

from pathlib import Path

from enforcement_web.bibtex import format_bibtex
from enforcement_web.publish.release import Release

SOURCES = "sources"


def write_bibliography(release: Release, folder: Path) -> None:
    """Write ``sources.csl.json`` (CSL-JSON 1.0) and ``sources.bib`` (BibTeX, keys are the ids of sources)."""
    package = release.package
    resource = package.resources[SOURCES]
    (folder / "sources.csl.json").write_bytes(package.read(resource))
    bibtex = format_bibtex(package.records(resource))
    (folder / "sources.bib").write_text(bibtex, encoding="utf-8", newline="\n")
