import re
import tomllib
from typing import Any

import pytest

from enforcement_web import Package
from enforcement_web.check.rules import all_rules
from enforcement_web.cli import build_parser
from sample import ROOT
from update_docs import commands_of, documents
from update_readme import DOCUMENTS, EXAMPLE, examples, has_r

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "text"), documents(Package.open(ROOT)).items())
def test_generated_documents_are_fresh(path: str, text: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == text, "run make docs"


def test_every_rule_table_column_command_and_option_is_documented() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    for rule in all_rules():
        assert f"\n## {rule.id}\n" in text
    for resource in Package.open(ROOT).resources.values():
        section = text.split(f"\n## {resource.name}\n")[1].split("\n## ")[0]
        for column in resource.columns:
            assert re.search(rf"\| (\*\*)?{column}(\*\*)? \|", section), f"{resource.name}.{column}"
    for name, command in commands_of(build_parser()).items():
        section = text.split(f"\n## enforcement-web {name}\n")[1].split("\n## ")[0]
        for action in command._actions:
            for option in action.option_strings or [str(action.metavar)]:
                assert f"{option}" in section, f"{name} {option}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_examples_print_what_the_document_says(name: str) -> None:
    names: dict[str, Any] = {}
    results = examples((ROOT / name).read_text(encoding="utf-8"), names)
    assert len(results) >= 3
    for language, printed, real in results:
        assert printed == real, f"a {language} example prints something else: run make docs"


@pytest.mark.skipif(not has_r(), reason="Rscript is not installed")
def test_the_example_in_r_is_among_them() -> None:
    assert [language for language, _, _ in EXAMPLE.findall(README)].count("r") == 1
    assert "r" in {language for language, _, _ in examples(README, {})}


def test_every_direct_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    direct = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = {name for cell in re.findall(r"^\| ([a-z][^|]*) \|", reasons, re.MULTILINE) for name in cell.split(", ")}
    names = {re.split(r"[<>=]", requirement)[0] for requirement in direct}
    assert names == listed - {"package"}


def test_the_lock_has_every_direct_dependency_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for requirement in project["project"]["dependencies"] + project["dependency-groups"]["dev"]:
        name = re.split(r"[<>=]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), name
    entries = re.findall(r"^[a-z0-9-]+==.*(?:\n    .*)*", lock, re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries)


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / target).exists(), f"{path.name}: {target}"
