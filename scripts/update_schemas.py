"""Write the enum of every schema part that names a vocabulary, from data/reference/terms.csv."""

import json
from pathlib import Path

from enforcement_web import Package
from enforcement_web.check.vocabularies import vocabulary_uses
from enforcement_web.jsontext import format_json


def main(root: Path) -> None:
    """Rewrite the schemas whose enums are not the terms of their vocabulary. Raises KeyError for an unknown one."""
    package = Package.open(root)
    terms: dict[str, list[str]] = {}
    for vocabulary, term, *_ in sorted(package.scan_csv(package.resources["terms"]).rows):
        terms.setdefault(vocabulary, []).append(term)
    for resource in package.resources.values():
        path = root / resource.schema_path
        schema = json.loads(path.read_bytes())
        for _, part in vocabulary_uses(schema):
            if part["type"] == "list":
                continue
            part.get("constraints", part)["enum"] = terms[part["vocabulary"]]
        data = format_json(schema)
        if data != path.read_bytes():
            path.write_bytes(data)
            print(f"{resource.schema_path}: enums taken from the terms")


if __name__ == "__main__":
    main(Path(__file__).resolve().parents[1])
