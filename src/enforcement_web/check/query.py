"""A question to the store of tables, and what its rows mean for the package."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enforcement_web.check.reading import Reading
from enforcement_web.problem import Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Query:
    """``run`` asks the store; ``place`` turns the rows into problems at their places in the files."""

    run: Callable[["DuckDBPyConnection"], list[Row]]
    place: Callable[[Reading, list[Row]], Iterator[Problem]]

    def problems(self, reading: Reading, store: "DuckDBPyConnection") -> Iterator[Problem]:
        """Ask, and give the problems."""
        yield from self.place(reading, self.run(store))
