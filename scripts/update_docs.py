"""Write what is made from code, schemas and the descriptor: dictionary, rules, command's pages, citation files."""

import argparse
import re
from pathlib import Path
from typing import Any

from audit import figures
from enforcement_web import Package
from enforcement_web.about import read_about
from enforcement_web.check.rules import all_rules, sql_rules
from enforcement_web.cli import build_parser
from enforcement_web.compare import KINDS
from enforcement_web.jsontext import format_json
from enforcement_web.package import Resource
from enforcement_web.publish.metadata.citation_file import CITATION_FILE, citation_cff
from enforcement_web.publish.metadata.zenodo import ZENODO_FILE, zenodo_metadata

ROOT = Path(__file__).resolve().parents[1]


def documents(package: Package) -> dict[str, str]:
    """Give the text of each generated document by its path in the repository."""
    about = read_about(package)
    return {
        CITATION_FILE: citation_cff(about),
        ZENODO_FILE: format_json(zenodo_metadata(about)).decode(),
        "docs/data-dictionary.md": data_dictionary(package),
        "docs/rules.md": rule_catalogue(),
        "docs/command.md": command_pages(),
        "docs/versions.md": versions_page((ROOT / "docs" / "versions.md").read_text(encoding="utf-8")),
        "docs/quality.md": quality_page((ROOT / "docs" / "quality.md").read_text(encoding="utf-8")),
    }


def quality_page(text: str) -> str:
    """Put the figures of the audits in data/reference/audits.csv in the place of those in the page."""
    lines = list(figures())[2:]
    first = int(lines[0].split(",")[0].removeprefix("| "))
    kept = [
        line for line in text.split("\n") if not re.match(r"\| \d+\b", line) or int(line.split()[1].strip(",")) < first
    ]
    last = max(index for index, line in enumerate(kept) if re.match(r"\| \d+\b", line))
    return "\n".join([*kept[: last + 1], *lines, *kept[last + 1 :]])


def versions_page(text: str) -> str:
    """Put the kinds of changes, with the bump that each asks for, between the marks in the page."""
    lines = ["| change | | of | bump |", "|---|---|---|---|"]
    for kind in KINDS.values():
        loss = "loss" if kind.is_loss else ""
        lines.append(f"| {kind.title} (`{kind.id}`) | {loss} | {kind.scope} | {kind.bump.word} |")
    table = "\n".join(lines)
    return re.sub(r"(<!-- kinds -->\n).*(<!-- /kinds -->)", rf"\1\n{table}\n\n\2", text, flags=re.DOTALL)


def data_dictionary(package: Package) -> str:
    """Describe every table and column, from the schemas."""
    lines = [
        "# Data dictionary",
        "",
        "Made from `schemas/` by `make docs`. Columns in bold are required; `key` marks the columns that identify a",
        "record. Terms of every vocabulary stand, with a definition each, in `data/reference/terms.csv`.",
        "",
        "| table | file | what it holds |",
        "|---|---|---|",
    ]
    resources = package.resources.values()
    lines += [f"| [{r.name}](#{r.name}) | `{r.path}` | {_cell(r.schema['description'])} |" for r in resources]
    for resource in resources:
        lines += ["", f"## {resource.name}", "", resource.schema["description"], ""]
        lines += _columns(resource)
    return "\n".join(lines) + "\n"


def rule_catalogue() -> str:
    """Describe every rule, from the rules themselves."""
    queries = {item.rule.id for item in sql_rules()}
    lines = [
        "# Rules",
        "",
        "Made from the rules by `make docs`. `enforcement-web check` prints the id of the rule that a problem breaks;",
        "`enforcement-web explain RULE` prints what stands here. A rule about records is one SQL file in",
        "`src/enforcement_web/check/rules/`, with a bad and a good example that the tests run.",
    ]
    for rule in all_rules():
        kind = f"SQL, `rules/{rule.id}.sql`" if rule.id in queries else "Python"
        lines += ["", f"## {rule.id}", "", f"**{rule.title}.** ({rule.severity}; {kind})", ""]
        lines += [f"- Why: {rule.why}", f"- Mend: {rule.mend}"]
    return "\n".join(lines) + "\n"


def command_pages() -> str:
    """Describe every command and option, from the argument parser."""
    parser = build_parser()
    lines = [
        "# The command",
        "",
        "Made from the argument parser by `make docs`.",
        "",
        f"{parser.description}",
        "",
        f"{parser.epilog}",
        "",
        *_options(parser),
    ]
    for name, command in commands_of(parser).items():
        lines += ["", f"## enforcement-web {name}", "", f"{command.description}", "", *_options(command)]
    return "\n".join(lines) + "\n"


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Give the parser of each command by its name."""
    groups = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return {name: command for group in groups for name, command in group.choices.items()}


def _options(parser: argparse.ArgumentParser) -> list[str]:
    rows = ["| argument | meaning |", "|---|---|"]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        names = ", ".join(action.option_strings) or str(action.metavar)
        value = f" {action.metavar}" if action.option_strings and action.metavar else ""
        rows.append(f"| `{names}{value}` | {_cell(str(action.help))} |")
    return rows


def _columns(resource: Resource) -> list[str]:
    if resource.format == "json":
        items = resource.schema["items"]
        return _members(items, "")
    rows = ["| column | type | meaning | example |", "|---|---|---|---|"]
    targets = {column: table for column, table, _ in resource.foreign_keys}
    for field in resource.fields:
        required = field.get("constraints", {}).get("required")
        name = f"**{field['name']}**" if required else field["name"]
        key = ", key" if field["name"] in resource.key else ""
        kind = _kind(field) + key
        rows.append(
            f"| {name} | {kind} | {_cell(field['description'])}{_link(field, targets.get(field['name']))} "
            f"| {_cell(str(field.get('example', '')))} |"
        )
    return rows


def _members(schema: dict[str, Any], path: str) -> list[str]:
    rows = ["| member | type | meaning | example |", "|---|---|---|---|"] if not path else []
    for name, child in schema["properties"].items():
        required = name in schema["required"]
        shown = f"{path}{name}"
        target = child.get("foreignKey", {}).get("resource")
        example = next((value for value in child.get("examples", []) if isinstance(value, str)), "")
        rows.append(
            f"| {f'**{shown}**' if required else shown} | {_kind(child)} "
            f"| {_cell(child.get('description', ''))}{_link(child, target)} | {_cell(example)} |"
        )
        items = child.get("items", {})
        if items.get("type") == "object":
            rows += _members(items, f"{shown}[].")
        elif child["type"] == "object":
            rows += _members(child, f"{shown}.")
        elif child["type"] == "array":
            target = items.get("foreignKey", {}).get("resource")
            about = _cell(items.get("description", "")) + _link(items, target)
            example = next((value for value in items.get("examples", []) if isinstance(value, str)), "")
            rows.append(f"| {shown}[] | {_kind(items)} | {about} | {_cell(example)} |")
    return rows


def _kind(field: dict[str, Any]) -> str:
    if field.get("dateFormat") == "reduced":
        return "partial date"
    return str(field["type"])


def _link(field: dict[str, Any], target: str | None) -> str:
    text = ""
    if target:
        text += f" Refers to [{target}](#{target})."
    if field.get("vocabulary"):
        text += f" Vocabulary: {field['vocabulary']}."
    return text


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the documents that differ."""
    for name, text in documents(Package.open(ROOT)).items():
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{name}: written")


if __name__ == "__main__":
    main()
