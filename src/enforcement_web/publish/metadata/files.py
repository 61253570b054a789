"""The files of a release: their sizes and hashes, and what each is for.

Every file that a release may hold has its description here, and nowhere else.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from enforcement_web.publish.release import Release
from enforcement_web.sqltext import quote


@dataclass(frozen=True)
class Kind:
    """Files of one kind: the pattern of their paths, their media type and what they are for.

    In a pattern ``{stem}`` stands for the release's name and version, and ``{table}`` for any one table, which the
    file then holds; ``{title}`` in the description is that table's title.
    """

    pattern: str
    media_type: str
    description: str


KINDS = (
    Kind("{stem}.zip", "application/zip", "The whole data package: descriptor, schemas, tables, licenses, changelog"),
    Kind("{stem}.sqlite", "application/vnd.sqlite3", "Every table in one SQLite database, with its keys"),
    Kind("{stem}.duckdb", "application/octet-stream", "Every table in one DuckDB database, with real types"),
    Kind(
        "{stem}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Every table as a sheet of one workbook, with names beside ids, for spreadsheets",
    ),
    Kind("parquet/{table}.parquet", "application/vnd.apache.parquet", "{title}, as Parquet with real types"),
    Kind("readable/*_readable.csv", "text/csv", "A table for reading, with names beside ids, in plain words"),
    Kind("web.graphml", "application/xml", "Every flow as an edge between agencies and databases, for network tools"),
    Kind("web.jsonld", "application/ld+json", "The web as linked data, with permanent addresses, in JSON-LD 1.1"),
    Kind(
        "sources.csl.json",
        "application/vnd.citationstyles.csl+json",
        "Every source as CSL-JSON, for Zotero, Pandoc and citation processors",
    ),
    Kind("sources.bib", "application/x-bibtex", "Every source as BibTeX, for LaTeX and reference managers"),
    Kind("CITATION.cff", "application/yaml", "How to cite this version, in the Citation File Format 1.2.0"),
    Kind("datacite.json", "application/json", "DataCite metadata of this version, for a repository that gives DOIs"),
    Kind(
        "croissant.json",
        "application/ld+json",
        "Croissant 1.0 description of the tables, for data loaders of machine learning",
    ),
    Kind("dataset.jsonld", "application/ld+json", "schema.org and DCAT description, for search engines and catalogs"),
    Kind("ro-crate-metadata.json", "application/ld+json", "RO-Crate 1.2 description of this folder, for repositories"),
    Kind("index.json", "application/json", "Index of the files: path, bytes, hash, media type, table and rows"),
    Kind("SHA256SUMS", "text/plain", "SHA-256 hash of every file, as sha256sum --check reads it"),
)


@dataclass(frozen=True)
class ReleaseFile:
    """A file of a release. ``table`` and ``rows`` are None unless the file is one table."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    description: str
    table: str | None
    rows: int | None


@dataclass(frozen=True)
class Description:
    """What a file of a release is, known from its path alone."""

    media_type: str
    text: str
    table: str | None


def release_files(release: Release, folder: Path) -> list[ReleaseFile]:
    """Describe every file that is in the folder of a release by now, in order of paths.

    Raises LookupError for a file that has no description.
    """
    return [_file(release, folder, path) for path in sorted(folder.rglob("*")) if path.is_file()]


def describe(release: Release, path: str) -> Description:
    """Say what a file of a release is. Raises LookupError for a path that no kind of file has."""
    for kind in KINDS:
        for pattern, table in _patterns(release, kind):
            if fnmatchcase(path, pattern):
                title = release.package.resources[table].title if table else ""
                return Description(kind.media_type, kind.description.format(title=title), table)
    raise LookupError(f"{path} has no description; add one to KINDS in {__name__}")


def _patterns(release: Release, kind: Kind) -> Iterator[tuple[str, str | None]]:
    pattern = kind.pattern.replace("{stem}", release.stem)
    if "{table}" not in pattern:
        yield pattern, None
        return
    for table in release.package.resources:
        yield pattern.replace("{table}", table), table


def _file(release: Release, folder: Path, path: Path) -> ReleaseFile:
    name, data = path.relative_to(folder).as_posix(), path.read_bytes()
    about = describe(release, name)
    rows = _rows(release, about.table) if about.table else None
    return ReleaseFile(
        name, len(data), hashlib.sha256(data).hexdigest(), about.media_type, about.text, about.table, rows
    )


def _rows(release: Release, table: str) -> int:
    found = release.store.execute(f"select count(*) from text.{quote(table)}").fetchone()
    return int(found[0]) if found else 0
