"""Spoil the package in one place at a time, many times over, and report which mutants the check catches.

A mutant is caught when the check finds a problem that the package does not have without it, warnings included.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from enforcement_web import Package
from enforcement_web.check import check
from enforcement_web.check.snapshot import Snapshot
from enforcement_web.problem import Problem
from mutation import OPERATORS, NotApplicableError, Operator, Table

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 30)
# Written by a script from the other tables; a change in them is a change of history, not of data.
LEFT_OUT = {"releases", "released_ids"}


@dataclass(frozen=True)
class Mutant:
    """What was done to which table, and the rule that caught it ("" when none did)."""

    number: int
    operator: str
    table: str
    what: str
    rule: str


class Mutator:
    """Makes mutants of a package and looks whether the check catches them."""

    def __init__(self, root: Path, seed: int):
        self.snapshot = Snapshot(Package.open(root), TODAY)
        self.resources = [r for r in self.snapshot.reading.package.resources.values() if r.name not in LEFT_OUT]
        self.seed = seed
        self._known: dict[str, set[tuple[str, ...]]] = {}

    def mutant(self, number: int, operator: Operator) -> Mutant:
        """Make the mutant with a number by an operator, in a table that it can change, and look for it."""
        chance = Random(f"{self.seed}/{number}")  # noqa: S311
        for resource in chance.sample(self.resources, len(self.resources)):
            table = Table(self.snapshot.reading, resource, chance)
            for _ in range(20):
                try:
                    data = operator.make(table)
                except NotApplicableError:
                    break
                if data != table.data:
                    found = self._new(resource.name, data)
                    return Mutant(number, operator.name, resource.name, table.what, found)
        raise LookupError(f"operator {operator.name} can change no table")

    def _new(self, table: str, data: bytes) -> str:
        resource = self.snapshot.reading.package.resources[table]
        if table == "exceptions":  # a snapshot does not apply them
            problems = check(self.snapshot.reading.package.replaced({resource.path: data}), TODAY).problems
            return next((problem.rule for problem in problems), "")
        found = self.snapshot.problems(resource, data)
        try:
            return next((problem.rule for problem in found if _key(problem) not in self.known(table)), "")
        finally:
            found.close()

    def known(self, table: str) -> set[tuple[str, ...]]:
        """The problems that the package has as it is, exceptions not applied, where a look at a table finds them."""
        if table not in self._known:
            package = self.snapshot.reading.package
            with Snapshot(package, TODAY) as other:  # the first is in the middle of looking at a mutant
                resource = package.resources[table]
                self._known[table] = set(map(_key, other.problems(resource, package.read(resource))))
        return self._known[table]


def _key(problem: Problem) -> tuple[str, ...]:
    return problem.rule, problem.table, problem.record, problem.field, problem.message


_mutator: Mutator


def _begin(root: Path, seed: int) -> None:
    global _mutator
    _mutator = Mutator(root, seed)


def _make(number: int) -> Mutant:
    return _mutator.mutant(number, OPERATORS[number % len(OPERATORS)])


def mutants(root: Path, seed: int, count: int, processes: int) -> Iterator[Mutant]:
    """Make a number of mutants, the operators in turn."""
    if processes == 1:
        _begin(root, seed)
        yield from map(_make, range(count))
        return
    with multiprocessing.Pool(processes, _begin, (root, seed)) as pool:
        yield from pool.imap(_make, range(count), chunksize=20)


def report(made: list[Mutant]) -> str:
    """Write a Markdown table with one line an operator."""
    by_operator: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in made:
        by_operator[mutant.operator].append(mutant)
    lines = ["| operator | what it does | mutants | caught | most often by |", "|---|---|---|---|---|"]
    for operator in OPERATORS:
        own = by_operator[operator.name]
        rules = Counter(mutant.rule for mutant in own if mutant.rule)
        often = ", ".join(f"`{rule}`" for rule, _ in rules.most_common(3))
        lines.append(f"| {operator.name} | {operator.does} | {len(own)} | {sum(rules.values())} | {often} |")
    return "\n".join(lines)


def main() -> int:
    """Make mutants and report. Returns 1 when a mutant that cannot be a right edit survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=10_000, help="how many (default: 10,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same mutants (default: 1)")
    parser.add_argument("--processes", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--survivors", action="store_true", help="list also the survivors that can be right edits")
    options = parser.parse_args()
    start = time.perf_counter()
    made = list(mutants(ROOT, options.seed, options.mutants, options.processes))
    legal = {operator.name: operator.legal for operator in OPERATORS}
    print(report(made))
    survivors = [mutant for mutant in made if not mutant.rule]
    faults = [mutant for mutant in survivors if not legal[mutant.operator]]
    for mutant in survivors if options.survivors else faults:
        print(f"survived: {mutant.operator} in {mutant.table}: {mutant.what} (number {mutant.number})")
    must = sum(not legal[mutant.operator] for mutant in made)
    seconds = time.perf_counter() - start
    print(f"{len(made):,} mutants in {seconds:.0f} s")
    print(f"of {must:,} faults {must - len(faults):,} were caught")
    right = len(made) - must
    print(f"of {right:,} that can be right edits {right - len(survivors) + len(faults):,} were caught")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
