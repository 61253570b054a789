"""A seeded sample of what scripts/mutate.py does 10,000 times."""

import pytest

from enforcement_web.check.rules import all_rules
from mutate import Mutant, mutants, report
from mutation import OPERATORS
from sample import ROOT


@pytest.fixture(scope="module")
def made() -> list[Mutant]:
    """One mutant of each operator."""
    return list(mutants(ROOT, seed=2, count=len(OPERATORS), processes=1))


def test_every_mutant_that_cannot_be_a_right_edit_is_caught(made: list[Mutant]) -> None:
    legal = {operator.name for operator in OPERATORS if operator.legal}
    assert [mutant for mutant in made if not mutant.rule and mutant.operator not in legal] == []


def test_the_same_seed_makes_the_same_mutants(made: list[Mutant]) -> None:
    assert list(mutants(ROOT, seed=2, count=3, processes=1)) == made[:3]
    assert [one.what for one in mutants(ROOT, seed=3, count=9, processes=1)] != [one.what for one in made[:9]]


def test_operators_have_names_of_their_own_and_say_what_they_do() -> None:
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS) >= 60
    assert all(operator.does for operator in OPERATORS)


def test_the_report_has_a_line_an_operator(made: list[Mutant]) -> None:
    assert report(made).count("\n") == len(OPERATORS) + 1


def test_mutants_are_caught_by_rules_that_exist(made: list[Mutant]) -> None:
    assert {mutant.rule for mutant in made} - {""} <= {rule.id for rule in all_rules()}
