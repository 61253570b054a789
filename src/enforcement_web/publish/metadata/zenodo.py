""".zenodo.json: what Zenodo's GitHub integration reads at the root of the repository when a version is tagged.

The members are those of the deposit metadata that Zenodo documents for its REST API (developers.zenodo.org).
"""

from html import escape
from typing import Any

from enforcement_web.about import About

ZENODO_FILE = ".zenodo.json"


def zenodo_metadata(about: About) -> dict[str, Any]:
    """Describe a version for Zenodo. The license is that of the data; Zenodo takes one, in lower case."""
    return {
        "title": about.title,
        "upload_type": "dataset",
        "description": f"<p>{escape(about.description, quote=False)}</p>",
        "creators": [{"name": name} for name in about.authors],
        "access_right": "open",
        "license": about.licenses[0].name.lower(),
        "keywords": list(about.keywords),
        "version": about.version,
        "publication_date": about.day.isoformat(),
        "language": "eng",
        "related_identifiers": [
            {"identifier": about.version_address, "relation": "isIdenticalTo", "resource_type": "dataset"}
        ],
    }
