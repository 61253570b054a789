"""CITATION.cff: how to cite the package, in the Citation File Format 1.2.0."""

from enforcement_web.about import About
from enforcement_web.package import as_json

CITATION_FILE = "CITATION.cff"


def citation_cff(about: About) -> str:
    """Write the text of ``CITATION.cff``. Strings are JSON strings, which YAML reads as they are."""
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"title: {as_json(about.title)}",
        "message: If you use this data package, please cite it with its version.",
        f"abstract: {as_json(about.description)}",
        *_list("authors", [f"name: {as_json(name)}" for name in about.authors]),
        f"version: {about.version}",
        f"date-released: {about.day.isoformat()}",
        f"url: {as_json(about.version_address)}",
        *_list("license", [license.name for license in about.licenses]),
        *_list("keywords", [as_json(word) for word in about.keywords]),
    ]
    return "\n".join(lines) + "\n"


def _list(name: str, items: list[str]) -> list[str]:
    return [f"{name}:", *(f"  - {item}" for item in items)] if items else []
