import json
import re
import warnings
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from citeproc.source.json import CiteProcJSON

from enforcement_web import Package
from enforcement_web.check.vocabularies import enum_of, vocabulary_uses
from enforcement_web.package import Resource
from sample import ROOT

PACKAGE = Package.open(ROOT)
CSV = [resource for resource in PACKAGE.resources.values() if resource.format == "csv"]
JSON = [resource for resource in PACKAGE.resources.values() if resource.format == "json"]


def profile(name: str) -> dict[str, Any]:
    """Read a profile of Data Package v2, as the standard's own library ships it."""
    text = (files("dplib") / "profiles" / "2.0" / f"{name}.json").read_text(encoding="utf-8")
    result: dict[str, Any] = json.loads(text)
    return result


def name_of(resource: Resource) -> str:
    return resource.name


def test_the_descriptor_keeps_the_data_package_profile() -> None:
    jsonschema.Draft7Validator(profile("datapackage")).validate(PACKAGE.descriptor)


@pytest.mark.parametrize("resource", CSV, ids=name_of)
def test_table_schemas_keep_their_profile(resource: Resource) -> None:
    # The 2.0 profile has every field type of the standard but list, which the standard's text defines.
    fields = [{**field, "type": "string"} if field["type"] == "list" else field for field in resource.fields]
    jsonschema.Draft7Validator(profile("tableschema")).validate({**resource.schema, "fields": fields})


@pytest.mark.parametrize("resource", JSON, ids=name_of)
def test_json_schemas_are_2020_12(resource: Resource) -> None:
    assert resource.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(resource.schema)


@pytest.mark.parametrize("resource", CSV, ids=name_of)
def test_every_column_has_a_title_a_description_and_a_sound_example(resource: Resource) -> None:
    for field in resource.fields:
        assert field["title"], field["name"]
        assert field["description"].endswith("."), field["name"]
        example, limits = field["example"], field.get("constraints", {})
        assert example, field["name"]
        assert re.search(limits.get("pattern", ""), example), field["name"]
        assert example in limits.get("enum", [example]), field["name"]
        assert limits.get("minLength", 0) <= len(example) <= limits.get("maxLength", 9999), field["name"]


def members(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for name, child in schema.get("properties", {}).items():
        found += [(name, child), *members(child), *members(child.get("items", {}))]
    return found


@pytest.mark.parametrize("resource", JSON, ids=name_of)
def test_every_member_has_a_title_a_description_and_a_sound_example(resource: Resource) -> None:
    for name, child in members(resource.schema["items"]):
        assert child["title"], name
        assert child["description"].endswith("."), name
        if child["type"] in ("string", "boolean"):
            assert child["examples"], name
        for example in child.get("examples", []):
            jsonschema.Draft202012Validator(child).validate(example)


def test_schemas_and_terms_agree() -> None:
    terms: dict[str, list[str]] = {}
    for vocabulary, term, _ in PACKAGE.scan_csv(PACKAGE.resources["terms"]).rows:
        terms.setdefault(vocabulary, []).append(term)
    uses = [use for resource in PACKAGE.resources.values() for _, use in vocabulary_uses(resource.schema)]
    assert {use["vocabulary"] for use in uses} == terms.keys()
    for use in uses:
        assert enum_of(use) in (None, terms[use["vocabulary"]])


def test_every_file_of_the_data_folder_is_a_resource() -> None:
    listed = {resource.path for resource in PACKAGE.resources.values()}
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert there == listed
    schemas = {path.relative_to(ROOT).as_posix() for path in (ROOT / "schemas").iterdir()}
    assert schemas == {resource.schema_path for resource in PACKAGE.resources.values()}


def test_sources_are_csl_json_that_a_citation_processor_reads() -> None:
    records = PACKAGE.scan_json(PACKAGE.resources["sources"]).records
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*unsupported: custom$")
        read = CiteProcJSON(records)
    assert set(read) == {record["id"] for record in records}


def test_licenses_are_declared_for_data_and_code() -> None:
    assert [entry["name"] for entry in PACKAGE.descriptor["licenses"]] == ["CC-BY-4.0", "MIT"]
    assert all(entry["licenses"][0]["name"] == "CC-BY-4.0" for entry in PACKAGE.descriptor["resources"])
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "CC BY 4.0" in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")


def test_one_version_everywhere() -> None:
    number = PACKAGE.version
    assert version("enforcement-web") == number
    assert f"\nversion: {number}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {number} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version {number}" in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")


def test_every_table_whose_ids_are_kept_can_have_redirects() -> None:
    tables = {
        name: set(PACKAGE.resources[name].fields[0]["constraints"]["enum"]) for name in ("released_ids", "redirects")
    }
    assert tables["released_ids"] == tables["redirects"]
