import json
from pathlib import Path
from typing import Any

import pytest

from enforcement_web import Package, PackageError
from enforcement_web.package import nearest
from sample import make_package


def problems(root: Path) -> list[str]:
    with pytest.raises(PackageError) as caught:
        Package.open(root)
    return [str(problem) for problem in caught.value.problems]


def edit(root: Path, change: Any) -> None:
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor, indent=2), encoding="utf-8")


def test_a_sound_package_opens(tmp_path: Path) -> None:
    package = Package.open(make_package(tmp_path))
    assert package.name == "enforcement-web"
    assert len(package.resources) == 22


def test_the_descriptor_may_be_named_instead_of_the_folder(tmp_path: Path) -> None:
    assert Package.open(make_package(tmp_path) / "datapackage.json").root == tmp_path


def test_no_descriptor(tmp_path: Path) -> None:
    (message,) = problems(tmp_path)
    assert message.startswith("datapackage.json:1:1 file-missing there is no such file")


def test_a_descriptor_cut_in_half(tmp_path: Path) -> None:
    path = make_package(tmp_path) / "datapackage.json"
    path.write_bytes(path.read_bytes()[:3000])
    (message,) = problems(tmp_path)
    assert message.startswith(f"datapackage.json:{path.read_text(encoding='utf-8').count(chr(10)) + 1}:")
    assert "json-syntax not JSON" in message


@pytest.mark.parametrize("text", ["[]", "3", '"text"'])
def test_a_descriptor_that_is_not_an_object(tmp_path: Path, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    assert problems(tmp_path) == ["datapackage.json:1:1 json-syntax the file must hold one object: {...}"]


@pytest.mark.parametrize("resources", [None, [], {}, "agencies"])
def test_a_descriptor_without_resources(tmp_path: Path, resources: object) -> None:
    edit(make_package(tmp_path), lambda descriptor: descriptor.update(resources=resources))
    assert "needs a list" in problems(tmp_path)[0]


@pytest.mark.parametrize(
    "path", ["../agencies.csv", "/etc/passwd.csv", "data/../../x.csv", "C:\\x.csv", "http://a.b/c.csv"]
)
def test_a_path_that_leaves_the_package(tmp_path: Path, path: str) -> None:
    edit(make_package(tmp_path), lambda descriptor: descriptor["resources"][0].update(path=path))
    (message,) = problems(tmp_path)
    assert message.startswith("datapackage.json:")
    assert "leads out of the package" in message


def test_a_link_that_leaves_the_package(tmp_path: Path) -> None:
    root = make_package(tmp_path / "package")
    outside = tmp_path / "outside.csv"
    outside.write_bytes((root / "data" / "agencies.csv").read_bytes())
    (root / "data" / "agencies.csv").unlink()
    (root / "data" / "agencies.csv").symlink_to(outside)
    assert "leads out of the package" in problems(root)[0]


def test_a_resource_without_a_schema_says_its_line(tmp_path: Path) -> None:
    edit(make_package(tmp_path), lambda descriptor: descriptor["resources"][1].pop("schema"))
    (message,) = problems(tmp_path)
    line = int(message.split(":")[1])
    assert (
        (tmp_path / "datapackage.json")
        .read_text(encoding="utf-8")
        .split("\n")[line]
        .strip()
        .startswith('"name": "databases"')
    )


def test_a_resource_listed_twice(tmp_path: Path) -> None:
    edit(make_package(tmp_path), lambda descriptor: descriptor["resources"].append(descriptor["resources"][0]))
    assert 'resource "agencies" is listed twice' in problems(tmp_path)[0]


def test_a_missing_schema(tmp_path: Path) -> None:
    (make_package(tmp_path) / "schemas" / "flows.schema.json").unlink()
    assert problems(tmp_path)[0].startswith("schemas/flows.schema.json:1:1 file-missing")


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"fields": []},
        {"fields": [{"type": "string"}]},
        {"fields": [{"name": "id"}]},
        {"fields": [{"name": "id", "type": "string"}]},
    ],
)
def test_a_table_schema_that_cannot_be_used(tmp_path: Path, schema: dict[str, object]) -> None:
    path = make_package(tmp_path) / "schemas" / "flows.schema.json"
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert problems(tmp_path)[0].startswith("schemas/flows.schema.json:1:1 schema-form")


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("flows", '"type": "list"', '"type": "lsit"', 'field "data_categories": the type must be one of'),
        ("flows", '"delimiter": ";"', '"delimiter": ","', 'the "delimiter" of a list must be ;'),
        ("flows", '"maxLength": 100', '"maxLength": "100"', '"maxLength" must be a whole number'),
        ("flows", '"pattern": "^[a-z0-9]+', '"pattern": "^(?=[a-z0-9])+', '"pattern" must be a regular expression'),
        ("flows", '"fields": "source_agency_id"', '"fields": "source"', 'each of "foreignKeys" needs "fields"'),
        ("flows", '"resource": "agencies"', '"resource": "agents"', 'refers to column id of table "agents"'),
        ("flow_laws", '"uniqueKeys": [', '"uniqueKeys": ["id", ', '"uniqueKeys" must be lists of its own fields'),
        ("evidence", '"enum": [', '"enum": [1, ', '"enum" must be a list of texts'),
        ("evidence", '"field": "id"', '"column": "id"', '"foreignKey" needs "resource" and "field"'),
        ("actions", '"type": "array",\n  "items"', '"type": "list",\n  "items"', "the JSON Schema of a table needs"),
        ("actions", '"type": "object"', '"type": "thing"', "/items needs a type: one of"),
        ("actions", '"minItems": 1', '"minItems": "1"', '"minItems" must be a whole number'),
    ],
)
def test_a_schema_part_that_cannot_be_used_is_named(tmp_path: Path, path: str, old: str, new: str, words: str) -> None:
    file = make_package(tmp_path) / "schemas" / f"{path}.schema.json"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = problems(tmp_path)
    assert any(words in message for message in found), found
    assert all(" schema-form " in message for message in found)


def test_every_fault_of_the_descriptor_is_told_at_once(tmp_path: Path) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][0]["path"] = "../a.csv"
        descriptor["resources"][2].pop("name")

    edit(make_package(tmp_path), change)
    assert len(problems(tmp_path)) == 2


def test_the_nearest_package_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    root = make_package(tmp_path)
    assert nearest(root / "data" / "reference") == root


def test_writing_a_table_replaces_it_whole(tmp_path: Path) -> None:
    package = Package.open(make_package(tmp_path))
    resource = package.resources["flows"]
    package.path(resource).chmod(0o640)
    package.write(resource, b"new\n")
    assert package.read(resource) == b"new\n"
    assert package.path(resource).stat().st_mode & 0o777 == 0o640
    assert not list(package.path(resource).parent.glob(".flows*"))
