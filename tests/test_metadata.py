"""What a release tells machines, each description held by the judge of its standard."""

import hashlib
import json
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import cffconvert
import jsonschema
import pandas as pd
import pytest
import rdflib
from bibtexparser.entrypoint import parse_string as parse_bibtex
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from datacite import schema45
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

import enforcement_web as ew
from enforcement_web.bibtex import escape, format_bibtex
from enforcement_web.publish.metadata.files import KINDS, describe
from enforcement_web.publish.release import Release
from sample import ROOT

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
ADDRESS = f"{DESCRIPTOR['id']}{DESCRIPTOR['version']}"
DAY = DESCRIPTOR["created"][:10]
LICENSES = [license["path"] for license in DESCRIPTOR["licenses"]]
RO_CRATE_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
TEXTS = ("title", "author", "publisher", "number", "note")
# Records of a table that are compared; the largest has 18,330.
COMPARED = 1_000


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def bibtex_entries(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX as bibtexparser does, and undo the LaTeX of the fields that are texts."""
    library = parse_bibtex(text)
    assert library.failed_blocks == []
    values = {entry.key: {field.key: str(field.value) for field in entry.fields} for entry in library.entries}
    for entry in library.entries:
        entry.fields = [field for field in entry.fields if field.key in TEXTS]
    decoded = LatexDecodingMiddleware().transform(library)
    assert decoded.failed_blocks == []
    for entry in decoded.entries:
        values[entry.key] |= {field.key: str(field.value) for field in entry.fields}
    return values


def year(item: dict[str, Any]) -> str:
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""


def authors(item: dict[str, Any]) -> str:
    return " and ".join(author["literal"] for author in item["author"])


def test_the_csl_bibliography_is_the_table_and_a_processor_reads_it(release: Path) -> None:
    path = release / "sources.csl.json"
    assert path.read_bytes() == (ROOT / "data/sources.json").read_bytes()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*unsupported: custom$")
        source = CiteProcJSON(read(path))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem("nilc-2017-torch-post")]))
    assert "Untangling the Immigration Enforcement Web" in str(bibliography.bibliography()[0])


def test_bibtex_holds_every_source_as_it_is(release: Path) -> None:
    text = (release / "sources.bib").read_text(encoding="utf-8")
    sources = {item["id"]: item for item in read(release / "sources.csl.json")}
    entries = bibtex_entries(text)
    assert list(entries) == list(sources)
    for key, item in sources.items():
        entry = entries[key]
        assert (entry["title"], entry["author"]) == (item["title"], authors(item))
        assert (entry.get("year", ""), entry["url"]) == (year(item), item["URL"])
        assert entry["urldate"] == "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])
        for name in ("publisher", "number", "note"):
            assert entry.get(name, "") == item.get(name, "")


def test_pybtex_reads_the_same(release: Path) -> None:
    sources = {item["id"]: item for item in read(release / "sources.csl.json")}
    database = parse_string((release / "sources.bib").read_text(encoding="utf-8"), "bibtex")
    assert list(database.entries) == list(sources)
    for key, item in sources.items():
        entry = database.entries[key]
        assert typed(str(Text.from_latex(entry.fields["title"]))) == typed(item["title"])
        names = [str(Text.from_latex(str(person))) for person in entry.persons["author"]]
        assert list(map(typed, names)) == [typed(author["literal"]) for author in item["author"]]
        assert (entry.fields.get("year", ""), entry.fields["url"]) == (year(item), item["URL"])


def typed(text: str) -> str:
    """Write quotes as a keyboard does, and undo the escape that pybtex leaves."""
    return re.sub("[\u2018\u2019]", "'", text).replace("\\$", "$")


# Without braces and the circumflex, whose macros bibtexparser does not know.
WORDS = st.text(st.sampled_from("aZ\u00e9\u00a7 \\&%$#_~\"'`()[]<>=@,;:.|/+*-?!"), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)


@given(WORDS.filter(bool), WORDS.filter(bool))
def test_any_text_survives_bibtex(title: str, name: str) -> None:
    item = {"id": "a", "type": "book", "title": title, "author": [{"literal": name}], "publisher": name}
    entry = bibtex_entries(format_bibtex([item]))["a"]
    assert [entry[field] for field in ("title", "author", "publisher")] == [title, name, name]


def test_what_latex_reads_as_its_own_is_escaped() -> None:
    assert escape("{}^") == r"\textbraceleft{}\textbraceright{}\textasciicircum{}"
    assert escape(r"A~\b & 5% of $4 #1_a") == r"A\textasciitilde{}\textbackslash{}b \& 5\% of \$4 \#1\_a"
    assert escape("a--b ''c''") == "a-{}-b '{}'c'{}'"


def as_rdf(path: Path) -> rdflib.Graph:
    with warnings.catch_warnings():  # rdflib's own reader of JSON-LD uses a class that rdflib will drop
        warnings.filterwarnings("ignore", message="ConjunctiveGraph is deprecated")
        return rdflib.Graph().parse(path, format="json-ld", publicID="https://example.org/")


def test_the_dataset_is_schema_org_and_dcat(release: Path) -> None:
    graph = as_rdf(release / "dataset.jsonld")
    schema, dcat, dct = rdflib.SDO, rdflib.DCAT, rdflib.DCTERMS
    (dataset,) = graph.subjects(rdflib.RDF.type, dcat.Dataset)
    assert str(dataset) == ADDRESS
    assert (dataset, rdflib.RDF.type, schema.Dataset) in graph
    for name in (schema.name, dct.title):
        assert str(graph.value(dataset, name)) == DESCRIPTOR["title"]
    for name in (schema.license, dct.license):
        assert {str(found) for found in graph.objects(dataset, name)} == set(LICENSES)
    for name in (schema.keywords, dcat.keyword):
        assert {str(found) for found in graph.objects(dataset, name)} == set(DESCRIPTOR["keywords"])
    assert str(graph.value(dataset, schema.version)) == DESCRIPTOR["version"]
    assert graph.value(dataset, dct.issued) == rdflib.Literal(DAY, datatype=rdflib.XSD.date)
    assert graph.value(dataset, schema.isAccessibleForFree) == rdflib.Literal(True)
    assert str(graph.value(dataset, schema.temporalCoverage)).endswith(f"/{DAY}")
    assert str(graph.value(graph.value(dataset, schema.spatialCoverage), schema.name)) == "United States"
    assert str(graph.value(graph.value(dataset, schema.citation), schema.url)).startswith("https://")
    creator = graph.value(dataset, dct.creator)
    assert str(graph.value(creator, schema.name)) == "The enforcement-web contributors"
    assert set(graph.objects(dataset, schema.distribution)) == set(graph.objects(dataset, dcat.distribution))


def test_every_distribution_leads_to_its_file(release: Path) -> None:
    graph = as_rdf(release / "dataset.jsonld")
    schema, dcat = rdflib.SDO, rdflib.DCAT
    found = set()
    for distribution in graph.subjects(rdflib.RDF.type, dcat.Distribution):
        address = graph.value(distribution, schema.contentUrl)
        assert address == graph.value(distribution, dcat.downloadURL)
        path = str(address).removeprefix("https://example.org/")
        data = (release / path).read_bytes()
        assert str(graph.value(distribution, dcat.byteSize)) == str(len(data))
        assert str(graph.value(distribution, schema.contentSize)) == f"{len(data)} B"
        assert str(graph.value(distribution, schema.sha256)) == hashlib.sha256(data).hexdigest()
        media_type = str(graph.value(distribution, schema.encodingFormat))
        assert str(graph.value(distribution, dcat.mediaType)).endswith(media_type)
        found.add(path)
    described = {"croissant.json", "dataset.jsonld", "datacite.json", "ro-crate-metadata.json", "index.json"}
    assert found == {entry["path"] for entry in read(release / "index.json")["files"]} - described


@pytest.fixture(scope="module")
def croissant(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The release as mlcroissant reads it, its own cache in a folder of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROISSANT_CACHE", str(tmp_path_factory.mktemp("croissant")))
        import mlcroissant

        yield mlcroissant.Dataset(str(release / "croissant.json"))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # mlcroissant reads JSON-LD in rdflib's old way
def test_croissant_is_valid(croissant: Any, release: Path) -> None:
    issues = croissant.metadata.ctx.issues
    assert (list(issues.errors), list(issues.warnings)) == ([], [])
    assert croissant.metadata.version == DESCRIPTOR["version"]
    assert croissant.metadata.license == LICENSES
    assert [record_set.uuid for record_set in croissant.metadata.record_sets] == ew.tables()
    (archive,) = release.glob("*.zip")
    with zipfile.ZipFile(archive) as file:
        for member in read(release / "croissant.json")["distribution"][1:]:
            assert hashlib.sha256(file.read(member["contentUrl"])).hexdigest() == member["sha256"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("table", ew.tables())
def test_mlcroissant_loads_the_records_that_the_library_loads(table: str, croissant: Any) -> None:
    expected = [plain(row) for row in ew.load(table).head(COMPARED).to_dict("records")]
    loaded = [plain(unprefixed(record)) for record in islice(croissant.records(table), COMPARED)]
    assert loaded == expected


def unprefixed(value: Any) -> Any:
    """Name the fields of a record as its table does: ``interrupts`` for ``actions/interrupts``."""
    if isinstance(value, dict):
        return {name.rpartition("/")[2]: unprefixed(child) for name, child in value.items()}
    return [unprefixed(child) for child in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """Bring a value of either library to one form: texts, numbers, days as texts, and nothing for what is missing."""
    if isinstance(value, dict):
        members = {name: plain(child) for name, child in value.items()}
        return {name: child for name, child in members.items() if child is not None} or None
    if isinstance(value, list):
        return [plain(child) for child in value] or None
    if isinstance(value, bytes):
        return value.decode()
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


class Context:
    """The answer to a request for the RO-Crate context: those of its terms that a release uses."""

    status_code = 200
    headers = {"Content-Type": "application/ld+json"}  # noqa: RUF012
    text = (ROOT / "tests" / "ro-crate-1.2-context.json").read_text(encoding="utf-8")

    def json(self) -> Any:
        return json.loads(self.text)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pyshacl and owlrl use what rdflib will drop
def test_the_release_is_an_ro_crate(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rocrate_validator.models import Severity, ValidationSettings
    from rocrate_validator.services import validate
    from rocrate_validator.utils.document_loader import uninstall_document_loader
    from rocrate_validator.utils.http import HttpRequester, OfflineCacheMissError

    def get(self: Any, url: str, **_: Any) -> Context:
        if url != RO_CRATE_CONTEXT:
            raise OfflineCacheMissError(url)
        return Context()

    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    settings = ValidationSettings(
        rocrate_uri=str(release),
        profile_identifier="ro-crate-1.2",
        requirement_severity=Severity.REQUIRED,
        offline=True,
        cache_path=tmp_path / "cache",
    )
    try:
        result = validate(settings)
    finally:
        uninstall_document_loader()
    assert [f"{issue.check.identifier} {issue.message}" for issue in result.get_issues()] == []
    assert result.passed()
    assert len(result.executed_checks) > 50


def test_the_ro_crate_describes_every_file(release: Path) -> None:
    graph = {entity["@id"]: entity for entity in read(release / "ro-crate-metadata.json")["@graph"]}
    files = {name for name, entity in graph.items() if entity["@type"] == "File"}
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert files == found - {"ro-crate-metadata.json"}
    for name in files - {"index.json", "SHA256SUMS"}:
        assert graph[name]["sha256"] == hashlib.sha256((release / name).read_bytes()).hexdigest()


def test_the_terms_of_the_ro_crate_are_those_of_the_stand_in_context(release: Path) -> None:
    crate = read(release / "ro-crate-metadata.json")
    used = {name for entity in crate["@graph"] for name in entity} | {entity["@type"] for entity in crate["@graph"]}
    known = set(Context().json()["@context"]) | set(crate["@context"][1])
    assert used - {"@id", "@type"} == known - {"@version"}


def test_the_citation_file_is_valid_and_the_same_everywhere(release: Path) -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert (release / "CITATION.cff").read_text(encoding="utf-8") == text
    citation = cffconvert.Citation(text)
    citation.validate()
    author, title = "The enforcement-web contributors", f"Enforcement Web (version {DESCRIPTOR['version']})"
    assert citation.as_apalike() == f"{author} ({DAY[:4]}). {title}. URL: {ADDRESS}\n"
    (entry,) = bibtex_entries(citation.as_bibtex()).values()
    assert (entry["title"], entry["year"], entry["url"]) == ("Enforcement Web", DAY[:4], ADDRESS)


def test_what_zenodo_reads_keeps_its_documented_form() -> None:
    metadata = read(ROOT / ".zenodo.json")
    schema = read(ROOT / "tests" / "zenodo.schema.json")
    jsonschema.validate(metadata, schema, format_checker=jsonschema.FormatChecker())
    assert (metadata["version"], metadata["publication_date"]) == (DESCRIPTOR["version"], DAY)
    from_citation = json.loads(cffconvert.Citation((ROOT / "CITATION.cff").read_text(encoding="utf-8")).as_zenodo())
    for name in ("creators", "keywords", "publication_date", "title", "version"):
        assert metadata[name] == from_citation[name]
    assert metadata["description"] == f"<p>{from_citation['description']}</p>"


def test_datacite_keeps_its_schema_and_has_no_doi(release: Path) -> None:
    metadata = read(release / "datacite.json")
    assert [error.message for error in schema45.validator.iter_errors(metadata)] == []
    assert b"<identifier" not in schema45.tostring(metadata).encode()
    assert "doi" not in (release / "datacite.json").read_text(encoding="utf-8").lower()
    assert (metadata["version"], metadata["publicationYear"]) == (DESCRIPTOR["version"], DAY[:4])
    assert [right["rightsUri"] for right in metadata["rightsList"]] == LICENSES


def test_the_index_keeps_its_schema_and_tells_the_truth(release: Path) -> None:
    index = read(release / "index.json")
    schema = read(ROOT / "docs" / "release-index.schema.json")
    jsonschema.validate(index, schema, format_checker=jsonschema.FormatChecker())
    assert (index["version"], index["day"], index["address"]) == (DESCRIPTOR["version"], DAY, ADDRESS)
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert [entry["path"] for entry in index["files"]] == sorted(found - {"index.json", "SHA256SUMS"})
    for entry in index["files"]:
        data = (release / entry["path"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    rows = {entry["table"]: entry["rows"] for entry in index["files"] if entry["path"].startswith("parquet/")}
    assert rows == {table: ew.sql(f'select count(*) as n from "{table}"')["n"].item() for table in ew.tables()}


def test_the_identity_is_that_of_the_files_in_the_archive(release: Path) -> None:
    (path,) = release.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    identity = f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"
    assert read(release / "index.json")["identity"] == identity


def test_every_kind_of_file_is_in_a_release(release: Path) -> None:
    model = Release(ew.Package.open(ROOT))
    paths = [path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()]
    described = [describe(model, path) for path in paths]
    assert all(found.text for found in described)
    fixed = {kind.description for kind in KINDS if "{title}" not in kind.description}
    assert fixed <= {found.text for found in described}
    with pytest.raises(LookupError, match=r"photo\.png has no description; add one to KINDS"):
        describe(model, "photo.png")
