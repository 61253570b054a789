"""index.json: what files a release has, for a program that wants one of them.

It is written last but for SHA256SUMS. It lists neither itself nor SHA256SUMS, for a file cannot hold its own hash, and
SHA256SUMS holds the hash of the index. docs/release-index.schema.json describes it.
"""

from hashlib import sha256
from typing import Any

from enforcement_web.publish.archive import archived_files
from enforcement_web.publish.metadata.files import ReleaseFile
from enforcement_web.publish.release import Release


def release_index(release: Release, files: list[ReleaseFile]) -> dict[str, Any]:
    """List the files of a release."""
    about = release.about
    return {
        "name": about.name,
        "title": about.title,
        "version": about.version,
        "schema_version": about.schema_version,
        "day": about.day.isoformat(),
        "address": about.version_address,
        "identity": identity(release),
        "files": [_entry(file) for file in files],
    }


def identity(release: Release) -> str:
    """Identify the content of the package, wherever it was built and whatever holds its history.

    It is the hash of what ``sha256sum`` prints for the files in the zip file, in order of paths.
    """
    lines = (f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(archived_files(release.package).items()))
    return f"sha256:{sha256(''.join(lines).encode()).hexdigest()}"


def _entry(file: ReleaseFile) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "path": file.path,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "media_type": file.media_type,
        "description": file.description,
    }
    return entry if file.table is None else entry | {"table": file.table, "rows": file.rows}
