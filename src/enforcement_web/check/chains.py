"""Find circles in the columns by which a table refers to itself."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from enforcement_web.check.reading import Reading
from enforcement_web.package import Resource
from enforcement_web.problem import Problem


def check_chains(reading: Reading, resource: Resource) -> Iterator[Problem]:
    """Report each column of a table that leads from a record back to itself."""
    for column, target, _ in resource.foreign_keys:
        if target != resource.name:
            continue
        rows = reading.csv[resource.name].rows
        index = resource.columns.index(column)
        links = {cells[0]: [cells[index]] for cells in rows if cells[index]}
        while cycle := _cycle(links):
            row = next(i for i, cells in enumerate(rows) if cells[0] == cycle[0])
            message = f"{' -> '.join(cycle)} runs in a circle"
            if not reading.is_broken(resource.name, row):
                yield reading.problem(resource.name, row, column, "chain-cycle", message)
            del links[cycle[0]]


def _cycle(links: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][:-1][::-1]
        start = circle.index(min(circle))
        return [*circle[start:], *circle[:start], circle[start]]
    return []
