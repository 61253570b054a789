"""Find a package, read its descriptor and files, and hand out its tables as text.

A package is a folder with a ``datapackage.json`` (Data Package v2) whose resources are CSV tables with a Table
Schema and JSON tables with a JSON Schema. Only this module opens a file of the package, and DuckDB for the store.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from errno import EINVAL
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from enforcement_web import csvtext, jsontext
from enforcement_web.problem import PackageError, Problem
from enforcement_web.schemas import json_schema_faults, table_schema_faults

DESCRIPTOR = "datapackage.json"
COMPANIONS = ("README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA")


@dataclass(frozen=True)
class Resource:
    """One table of the package: its name, its file, and the schema that its descriptor names."""

    name: str
    title: str
    path: str
    format: Literal["csv", "json"]
    schema_path: str
    schema: dict[str, Any]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, or of the members of a JSON record, in order."""
        if self.format == "json":
            return list(self.schema["items"]["properties"])
        return [field["name"] for field in self.schema["fields"]]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Field descriptors of a CSV table (Table Schema)."""
        fields: list[dict[str, Any]] = self.schema["fields"]
        return fields

    @property
    def key(self) -> list[str]:
        """Columns that identify a record."""
        return ["id"] if self.format == "json" else list(self.schema["primaryKey"])

    @property
    def list_columns(self) -> list[str]:
        """Columns of a CSV table whose cells hold several items."""
        return [field["name"] for field in self.fields if field["type"] == "list"]

    @property
    def foreign_keys(self) -> list[tuple[str, str, str]]:
        """Columns that refer to records, each with the table and the column that it refers to (none in a JSON table).

        Table Schema's ``foreignKeys`` name CSV tables only; a field names a JSON table by its own ``foreignKey``.
        """
        if self.format == "json":
            return []
        keys = [
            (key["fields"], key["reference"]["resource"] or self.name, key["reference"]["fields"])
            for key in self.schema.get("foreignKeys", [])
        ]
        own = [field for field in self.fields if "foreignKey" in field]
        return keys + [(field["name"], field["foreignKey"]["resource"], field["foreignKey"]["field"]) for field in own]

    @property
    def needs_evidence(self) -> bool:
        """Whether each record of the table must have evidence."""
        return bool(self.schema.get("needsEvidence"))


@dataclass
class JsonTable:
    """The records of a JSON table, the text that they stand in, and the faults met in reading it."""

    records: list[dict[str, Any]]
    text: str
    faults: list[csvtext.Fault]
    is_usable: bool

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Line and column of each value by JSON Pointer."""
        return jsontext.locate(self.text)


class Package:
    """An opened package.

    ``root`` is its folder, ``resources`` its usable tables by name, in the descriptor's order, and ``problems`` what
    keeps other tables from being used.
    """

    def __init__(self, root: Path, descriptor: dict[str, Any], resources: list[Resource], problems: list[Problem]):
        self.root = root
        self.descriptor = descriptor
        self.resources = {resource.name: resource for resource in resources}
        self.problems = problems
        self._replaced: dict[str, bytes] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str] | None = None) -> "Package":
        """Open the package in a folder, or the one that is shipped with this library.

        Raises PackageError when there is no package or its descriptor or a schema cannot be used.
        """
        package = cls.examine(path)
        if package.problems:
            raise PackageError(package.problems)
        return package

    @classmethod
    def examine(cls, path: str | os.PathLike[str] | None = None) -> "Package":
        """Open as much of a package as can be used, for the check.

        Raises PackageError when there is no package or its descriptor lists no tables.
        """
        root = Path(path) if path is not None else shipped()
        if root.name == DESCRIPTOR and not root.is_dir():
            root = root.parent
        descriptor = _read_object(root, DESCRIPTOR)
        return cls(root, descriptor, *_resources(root, descriptor))

    def replaced(self, files: Mapping[str, bytes]) -> "Package":
        """Return this package with other bytes for some of its tables' files, by path; nothing is written."""
        other = Package(self.root, self.descriptor, list(self.resources.values()), self.problems)
        other._replaced = {**self._replaced, **files}
        return other

    @property
    def listed(self) -> set[str]:
        """Names of the tables that the descriptor lists, usable or not."""
        return {str(entry.get("name")) for entry in self.descriptor["resources"] if isinstance(entry, dict)}

    @property
    def version(self) -> str:
        """Version of the package."""
        return str(self.descriptor.get("version", "0.0.0"))

    @property
    def schema_version(self) -> str:
        """Version of the tables' form, which changes more rarely than that of the package (docs/versions.md)."""
        return str(self.descriptor.get("schemaVersion", "0.0.0"))

    @property
    def name(self) -> str:
        """Name of the package."""
        return str(self.descriptor.get("name", "package"))

    def path(self, resource: Resource) -> Path:
        """Where the file of a table is."""
        return self.root / resource.path

    def is_replaced(self, resource: Resource) -> bool:
        """Whether the bytes of a table are others than those of its file."""
        return resource.path in self._replaced

    def read(self, resource: Resource) -> bytes:
        """Read the file of a table. Raises OSError when it cannot be read."""
        if resource.path in self._replaced:
            return self._replaced[resource.path]
        path = self.path(resource)
        if path.exists() and not path.is_file():
            raise OSError(EINVAL, "it is not a plain file")
        return path.read_bytes()

    def write(self, resource: Resource, data: bytes) -> None:
        """Replace the file of a table, whole or not at all."""
        self.write_all({resource.path: data})

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Replace the files of several tables by path: all of them or none, each whole or not at all."""
        fresh: dict[Path, Path] = {}
        old: dict[Path, Path] = {}
        replaced: list[Path] = []
        try:
            for name, data in files.items():
                path = self.root / name
                fresh[path] = _beside(path, data)
                old[path] = _beside(path, path.read_bytes())
            for path, temporary in fresh.items():
                replaced.append(path)
                temporary.replace(path)
        except BaseException:
            for path in replaced:
                old[path].replace(path)
            raise
        finally:
            for temporary in (*fresh.values(), *old.values()):
                temporary.unlink(missing_ok=True)

    def scan_csv(self, resource: Resource) -> csvtext.Scan:
        """Read a CSV table as text. Raises OSError when its file cannot be read."""
        return csvtext.scan(self.read(resource), resource.columns)

    def scan_json(self, resource: Resource) -> JsonTable:
        """Read a JSON table. Raises OSError when its file cannot be read."""
        data = self.read(resource)
        value, faults = jsontext.parse(data)
        text = data.decode(errors="replace").removeprefix("\ufeff")
        if value is not None and not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            faults.append(csvtext.Fault(1, 1, "json-syntax", "the file must hold a list of objects: [{...}, {...}]"))
            value = None
        return JsonTable(value or [], text, faults, value is not None)

    def records(self, resource: Resource) -> list[dict[str, Any]]:
        """Give the records of a table by column, cells of a CSV table as text.

        Raises PackageError when the file of the table is missing or has a fault.
        """
        try:
            if resource.format == "json":
                table = self.scan_json(resource)
                records, faults = table.records, table.faults
            else:
                scan = self.scan_csv(resource)
                records = [dict(zip(resource.columns, cells, strict=False)) for cells in scan.rows]
                faults = scan.faults
        except OSError as error:
            message = str(error.strerror).lower()
            problem = Problem(resource.path, 1, 1, "file-missing", message, table=resource.name)
            raise PackageError([problem]) from None
        if faults:
            raise PackageError([self.problem(resource, fault) for fault in faults])
        return records

    def problem(self, resource: Resource, fault: csvtext.Fault) -> Problem:
        """Turn a fault in the file of a table into a problem of the package."""
        return Problem(resource.path, fault.line, fault.column, fault.rule, fault.message, table=resource.name)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give every file that makes up the package by its path: schemas, tables and companions, not the descriptor."""
        paths = {resource.schema_path for resource in self.resources.values()}
        paths |= {resource.path for resource in self.resources.values()}
        paths |= {name for name in COMPANIONS if (self.root / name).is_file()}
        for path in sorted(paths):
            yield path, (self.root / path).read_bytes()


def _beside(path: Path, data: bytes) -> Path:
    """Write a temporary file beside another, with its permissions."""
    from tempfile import mkstemp

    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(path.stat().st_mode & 0o777)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def shipped() -> Path:
    """Return the folder of the package that is installed with this library, or of the checkout it runs from."""
    here = Path(__file__).resolve().parent
    installed = here / "_package"
    return installed if installed.is_dir() else here.parents[1]


def nearest(start: Path) -> Path:
    """Return the nearest folder, from ``start`` upwards, that holds a descriptor; ``start`` when none does."""
    return next((folder for folder in (start, *start.parents) if (folder / DESCRIPTOR).is_file()), start)


def _read_object(root: Path, path: str) -> dict[str, Any]:
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror).lower()
        hint = "; name the folder of a data package" if path == DESCRIPTOR else ""
        raise PackageError([Problem(path, 1, 1, "file-missing", f"{reason} in {root}{hint}")]) from None
    value, faults = jsontext.parse(data)
    if not faults and not isinstance(value, dict):
        faults = [csvtext.Fault(1, 1, "json-syntax", "the file must hold one object: {...}")]
    if faults:
        raise PackageError([Problem(path, f.line, f.column, f.rule, f.message) for f in faults])
    result: dict[str, Any] = value
    return result


def _resources(root: Path, descriptor: dict[str, Any]) -> tuple[list[Resource], list[Problem]]:
    places = _Places(root)
    entries = descriptor.get("resources")
    if not isinstance(entries, list) or not entries:
        message = 'the descriptor needs a list "resources" with at least one resource'
        raise PackageError([places.problem("", "descriptor", message)])
    resources: list[Resource] = []
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        try:
            resources.append(_resource(root, entry, f"/resources/{index}", places))
        except PackageError as error:
            problems.extend(error.problems)
    names = [resource.name for resource in resources]
    if not problems:
        problems += _lost_references(resources)
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(places.problem("/resources", "descriptor", f'resource "{name}" is listed twice'))
    return resources, problems


def _lost_references(resources: list[Resource]) -> Iterator[Problem]:
    """Report schemas that point at a table or a column that is not there."""
    columns = {resource.name: resource.columns for resource in resources}
    for resource in resources:
        for column, table, target in resource.foreign_keys:
            if target not in columns.get(table, []):
                message = f'column {column} refers to column {target} of table "{table}", which is not there'
                yield Problem(resource.schema_path, 1, 1, "schema-form", message)


def lacking_columns(package: Package, needed: Mapping[str, tuple[str, ...]], what: str) -> list[Problem]:
    """Report the columns, by table, that ``what`` needs and the schemas lack."""
    return [
        Problem(DESCRIPTOR, 1, 1, "descriptor", f'{what} need the column "{column}", which the schema of {table} lacks')
        for table, columns in needed.items()
        for column in columns
        if column not in package.resources[table].columns
    ]


def _resource(root: Path, entry: Any, pointer: str, places: "_Places") -> Resource:
    def text(name: str) -> str:
        value = entry.get(name) if isinstance(entry, dict) else None
        if not isinstance(value, str) or not value:
            raise PackageError([places.problem(pointer, "descriptor", f'the resource needs a text "{name}"')])
        return value

    name, path = text("name"), text("path")
    schema_key = "schema" if path.endswith(".csv") else "jsonSchema"
    schema_path = text(schema_key)
    for key, value in (("path", path), (schema_key, schema_path)):
        if not _is_inside(root, value):
            message = f'"{value}" leads out of the package; put the file inside and name it there'
            raise PackageError([places.problem(f"{pointer}/{key}", "file-outside", message)])
    if not path.endswith((".csv", ".json")):
        message = f'"{path}" is neither a .csv nor a .json file'
        raise PackageError([places.problem(f"{pointer}/path", "descriptor", message)])
    schema = _read_object(root, schema_path)
    faults = list(table_schema_faults(schema) if schema_key == "schema" else json_schema_faults(schema))
    if faults:
        raise PackageError([Problem(schema_path, 1, 1, "schema-form", fault) for fault in faults])
    return Resource(
        name=name,
        title=str(entry.get("title", name)),
        path=path,
        format="csv" if schema_key == "schema" else "json",
        schema_path=schema_path,
        schema=schema,
    )


def _is_inside(root: Path, path: str) -> bool:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path or "\0" in path:
        return False
    try:
        return (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a circle of links
        return False


class _Places:
    """Lines of the descriptor's values, looked up only when there is something to report."""

    def __init__(self, root: Path):
        self.root = root

    def problem(self, pointer: str, rule: str, message: str) -> Problem:
        text = (self.root / DESCRIPTOR).read_text(encoding="utf-8-sig")
        line, column = jsontext.locate(text)[pointer]
        return Problem(DESCRIPTOR, line, column, rule, message)


def as_json(value: Any) -> str:
    """Write a nested value as one line of JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
