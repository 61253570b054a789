"""Damage the files of the sample package at random, many times over: the check must always end in a report.

Four inputs in five damage a table, one in five the descriptor or a schema. Every input is read and goes through the
checks of texts; every twentieth also through the queries, which take a hundred times as long.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from enforcement_web import Package, PackageError
from enforcement_web.check import check, text_problems
from enforcement_web.check.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from sample import make_package  # noqa: E402

TODAY = date(2026, 11, 30)
WITH_QUERIES = 20
PIECES = [
    b"",
    b"null",
    b'"',
    b'""',
    b"\n",
    b"\r\n",
    b",",
    b";",
    b"[]",
    b"{}",
    b"[[",
    b"0",
    b"-1e999",
    b"true",
    b"\0",
    b"\xff",
]
PIECES += [
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\\u0000",
    b"9999-99-99",
    "é\u0301\u200b\u202e".encode(),
    b"x" * 70_000,
]
PIECES += [
    b'"type": "list"',
    b'"pattern": "[[a"',
    b'"pattern": "(?=a)"',
    b'"minLength": 1e3',
    b"../",
    b"/etc/passwd",
    b"\\",
]


class Fuzzer:
    """Damages a package of its own, in a folder and in memory."""

    def __init__(self, seed: int):
        self.seed = seed
        self.folder = tempfile.TemporaryDirectory()
        self.root = make_package(Path(self.folder.name) / "package")
        self.snapshot = Snapshot(Package.open(self.root), TODAY)
        self.tables = list(self.snapshot.reading.package.resources.values())
        self.descriptions = [self.root / "datapackage.json"] * 20 + sorted((self.root / "schemas").glob("*.json"))

    def look(self, number: int) -> str:
        """Make the input with a number and check it. Returns what came of it, or a traceback."""
        chance = Random(f"{self.seed}/{number}")  # noqa: S311
        try:
            return self._table(chance, number) if chance.random() < 0.8 else self._description(chance, number)
        except Exception:
            return f"input {number}\n{traceback.format_exc()}"

    def _table(self, chance: Random, number: int) -> str:
        resource = chance.choice(self.tables)
        data = damaged(self.snapshot.reading.package.read(resource), chance)
        if number % WITH_QUERIES == 0:
            return "problems" if list(self.snapshot.problems(resource, data)) else "clean"
        reading = self.snapshot.reading.replaced(resource, data)
        return "problems" if [*reading.problems, *text_problems(reading, resource.name)] else "clean"

    def _description(self, chance: Random, number: int) -> str:
        path = chance.choice(self.descriptions)
        before = path.read_bytes()
        try:
            path.write_bytes(damaged(before, chance))
            package = Package.examine(self.root)
            if number % WITH_QUERIES == 0:
                return "problems" if check(package, TODAY).problems else "clean"
            return "problems" if package.problems else "clean"
        except PackageError as error:
            return "problems" if error.problems and str(error) else "an error that says nothing"
        finally:
            path.write_bytes(before)


def damaged(data: bytes, chance: Random) -> bytes:
    """Cut, repeat, overwrite or insert something in one to four places."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice([0, 0, 1, 2, 5, 30, 400]))
        noise = bytes(chance.randrange(256) for _ in range(chance.randint(0, 6)))
        data = data[:start] + chance.choice([*PIECES, noise, noise, data[start:end] * 2]) + data[end:]
    return data


_fuzzer: Fuzzer


def _begin(seed: int) -> None:
    global _fuzzer
    _fuzzer = Fuzzer(seed)


def _look(number: int) -> str:
    return _fuzzer.look(number)


def main() -> int:
    """Check damaged inputs. Returns 1 when one of them gave a traceback."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000, help="how many (default: 100,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same inputs (default: 1)")
    parser.add_argument("--processes", type=int, default=2, help="processes (default: 2)")
    options = parser.parse_args()
    start = time.perf_counter()
    with multiprocessing.Pool(options.processes, _begin, (options.seed,)) as pool:
        results = Counter(pool.imap_unordered(_look, range(options.inputs), chunksize=100))
    print(f"{options.inputs:,} inputs in {time.perf_counter() - start:.0f} s")
    for result, count in results.most_common():
        print(f"{count:>9,} {result}")
    return 0 if set(results) <= {"problems", "clean"} else 1


if __name__ == "__main__":
    sys.exit(main())
