import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import pytest

import enforcement_web as ew
from enforcement_web.check.rules import sql_rules
from enforcement_web.publish import OutputError, build
from enforcement_web.publish.folder import replacing
from sample import ROOT, heed_interrupts, make_package

METADATA = {
    "CITATION.cff",
    "croissant.json",
    "datacite.json",
    "dataset.jsonld",
    "index.json",
    "ro-crate-metadata.json",
    "sources.bib",
    "sources.csl.json",
}


def earlier_release(tmp_path: Path) -> tuple[Path, Path, dict[str, str]]:
    """Make the sample package and a release of it: their folders and the hashes of the release."""
    root, out = make_package(tmp_path / "package"), tmp_path / "dist"
    build(ew.Package.open(root), out)
    return root, out, hashes(out)


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def sound(release: Path) -> bool:
    """Whether every file of a release has its checksum."""
    lines = (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    found = hashes(release)
    found.pop("SHA256SUMS")
    return {name: digest for digest, name in (line.split("  ") for line in lines)} == found


def archive(release: Path) -> zipfile.ZipFile:
    (path,) = release.glob("*.zip")
    return zipfile.ZipFile(path)


def test_a_release_has_its_files(release: Path) -> None:
    stem = f"enforcement-web-{ew.__version__}"
    parquet = {f"parquet/{name}.parquet" for name in ew.tables()}
    readable = {f"readable/{name}_readable.csv" for name in ("actions", "agencies", "databases", "flows", "laws")}
    whole = {f"{stem}.{suffix}" for suffix in ("zip", "sqlite", "duckdb", "xlsx")}
    web = {"web.graphml", "web.jsonld"}
    assert set(hashes(release)) == {"SHA256SUMS", *whole, *web, *parquet, *readable, *METADATA}


def test_the_same_package_gives_the_same_bytes_elsewhere(release: Path, tmp_path: Path) -> None:
    out = tmp_path / "again"
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "LANG": "C"}
    command = [sys.executable, "-m", "enforcement_web.cli", "build", str(ROOT), "--out", str(out)]
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=tmp_path)
    assert hashes(out) == hashes(release)


def test_checksums_are_those_of_the_files(release: Path) -> None:
    assert sound(release)


def test_the_archive_is_a_package_whose_descriptor_is_stamped(release: Path, tmp_path: Path) -> None:
    with archive(release) as file:
        file.extractall(tmp_path)
    (root,) = tmp_path.iterdir()
    package = ew.Package.open(root)
    assert package.descriptor["version"] == ew.__version__
    assert ew.__version__ in package.descriptor["citation"]
    for entry in package.descriptor["resources"]:
        data = (root / entry["path"]).read_bytes()
        assert entry["bytes"] == len(data)
        assert entry["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert {"README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA"} <= {
        path.name for path in root.iterdir()
    }
    for name in ew.tables():
        assert ew.load(name, root).equals(ew.load(name))


def test_frictionless_finds_nothing_in_the_archive(release: Path, tmp_path: Path) -> None:
    with archive(release) as file:
        file.extractall(tmp_path)
    (root,) = tmp_path.iterdir()
    report = frictionless.Package(str(root / "datapackage.json")).validate()
    assert report.valid, report.flatten(["path", "type", "note"])
    assert len(report.tasks) == len(ew.tables())
    with (root / "data" / "gaps.csv").open("ab") as file_with_more:
        file_with_more.write(b"\n")
    assert not frictionless.Package(str(root / "datapackage.json")).get_resource("gaps").validate().valid


def test_sqlite_enforces_its_foreign_keys(release: Path, tmp_path: Path) -> None:
    (path,) = release.glob("*.sqlite")
    database = sqlite3.connect(path)
    assert database.execute("pragma foreign_key_check").fetchall() == []
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    for name in ew.tables():
        assert database.execute(f'select count(*) from "{name}"').fetchone() == (len(ew.load(name)),)
    keys = {row[2] for row in database.execute("pragma foreign_key_list(flows)")}
    assert keys == {"agencies", "databases", "touchpoints", "flows"}
    assert database.execute("pragma foreign_key_list(actions_interrupts)").fetchall()
    database.execute("pragma foreign_keys = on")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("update flows set source_agency_id = 'nobody' where rowid = 1")
    database.close()


def test_sqlite_holds_what_lists_of_objects_hold(release: Path) -> None:
    (path,) = release.glob("*.sqlite")
    database = sqlite3.connect(path)
    mine = ew.load("actions")
    expected = sorted((row["id"], item["flow_id"]) for _, row in mine.iterrows() for item in row["interrupts"])
    found = database.execute("select record_id, flow_id from actions_interrupts order by 1, 2").fetchall()
    assert found == expected
    sources = database.execute("select count(*) from actions_precedents_source_ids").fetchone()[0]
    assert sources == sum(len(item["source_ids"]) for items in mine["precedents"] for item in items)
    database.close()


def test_a_broken_package_is_not_released(tmp_path: Path) -> None:
    root = make_package(tmp_path / "package")
    path = root / "data/flows.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("jail-booking", "jail-bookng"), encoding="utf-8")
    with pytest.raises(ew.PackageError, match="jail-bookng"):
        build(ew.Package.open(root), tmp_path / "dist")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package"]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    package = ew.Package.open(make_package(tmp_path / "package"))
    out = tmp_path / "photos"
    out.mkdir()
    (out / "cat.jpg").write_bytes(b"meow")
    with pytest.raises(OutputError, match="not an earlier release"):
        build(package, out)
    assert [path.name for path in out.iterdir()] == ["cat.jpg"]


def test_an_earlier_release_is_replaced_whole(tmp_path: Path) -> None:
    package = ew.Package.open(make_package(tmp_path / "package"))
    out = tmp_path / "dist"
    build(package, out)
    (out / "parquet" / "old.parquet").write_bytes(b"old")
    build(package, out)
    assert not (out / "parquet" / "old.parquet").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]


def test_a_build_that_fails_half_way_leaves_the_earlier_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = ew.Package.open(make_package(tmp_path / "package"))
    out = tmp_path / "dist"
    build(package, out)
    before = hashes(out)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("enforcement_web.publish.write_checksums", full)
    with pytest.raises(OutputError, match="No space left"):
        build(package, out)
    assert hashes(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]


def test_the_wheel_carries_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "site")
    program = (
        "import json; import enforcement_web as ew; from enforcement_web.check.rules import sql_rules;"
        "print(json.dumps([ew.__file__, len(ew.load('flows')), ew.tables(), len(sql_rules())]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    file_name, flows, tables, rules = json.loads(answer.stdout)
    assert Path(file_name).is_relative_to(tmp_path)
    assert flows == len(ew.load("flows"))
    assert tables == ew.tables()
    assert rules == len(sql_rules())


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_killed_leaves_the_earlier_release(tmp_path: Path, sent: signal.Signals) -> None:
    root, out, before = earlier_release(tmp_path)
    program = (
        "import pathlib, sys, time, enforcement_web.publish as publish\n"
        "def slow(folder):\n"
        "    (folder / 'half').write_bytes(b'half')\n"
        "    print('half', flush=True)\n"
        "    time.sleep(60)\n"
        "publish.write_checksums = slow\n"
        "from enforcement_web import cli\n"
        f"sys.argv = ['enforcement-web', 'build', {str(root)!r}, '--out', {str(out)!r}]\n"
        "cli.run()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts
    ) as process:
        assert process.stdout and process.stdout.readline() == b"half\n"
        process.send_signal(sent)
        _, errors = process.communicate(timeout=20)
    assert process.returncode != 0
    assert b"Traceback" not in errors
    assert hashes(out) == before and sound(out)
    if sent is not signal.SIGKILL:
        assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]
    build(ew.Package.open(root), out)
    assert hashes(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]


def test_a_release_that_a_killed_build_had_moved_aside_is_put_back(tmp_path: Path) -> None:
    _, out, before = earlier_release(tmp_path)
    (tmp_path / ".dist.old-x").mkdir()
    out.rename(tmp_path / ".dist.old-x" / "release")
    with pytest.raises(RuntimeError), replacing(out, lambda _: True):
        raise RuntimeError
    assert hashes(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]


def test_two_builds_do_not_write_beside_each_other(tmp_path: Path) -> None:
    package = ew.Package.open(make_package(tmp_path / "package"))
    with replacing(tmp_path / "dist", lambda _: True), pytest.raises(OutputError, match="another build is writing"):
        build(package, tmp_path / "dist")


@pytest.mark.skipif(os.geteuid() == 0, reason="to the superuser every folder is open")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    package = ew.Package.open(make_package(tmp_path / "package"))
    (tmp_path / "shut").mkdir(mode=0o555)
    with pytest.raises(OutputError, match="Permission denied"):
        build(package, tmp_path / "shut" / "dist")


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    package = ew.Package.open(make_package(tmp_path / "package"))
    (tmp_path / "dist").write_bytes(b"mine")
    with pytest.raises(OutputError, match="not an earlier release"):
        build(package, tmp_path / "dist")
    with pytest.raises(OutputError, match="cannot be written"):
        build(package, tmp_path / "dist" / "below")
    assert (tmp_path / "dist").read_bytes() == b"mine"


@pytest.mark.parametrize("most", [1_000, 20_000, 100_000, 300_000, 1_000_000])
def test_a_build_that_may_write_no_more_leaves_the_earlier_release(tmp_path: Path, most: int) -> None:
    root, out, before = earlier_release(tmp_path)
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "from enforcement_web import cli\n"
        f"sys.argv = ['enforcement-web', 'build', {str(root)!r}, '--out', {str(out)!r}]\n"
        "cli.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(f"enforcement-web: {out} cannot be written: ")
    assert done.stderr.count("\n") == 1
    assert hashes(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "package"]
