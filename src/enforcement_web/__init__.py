"""How personal data reaches US immigration enforcement: an open data package, its check and its loader.

>>> import enforcement_web as ew
>>> ew.load("flows").columns[0]
'id'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from enforcement_web.dates import date_bounds
from enforcement_web.package import Package
from enforcement_web.problem import PackageError, Problem

if TYPE_CHECKING:
    __version__: str
    from enforcement_web.citing import cite
    from enforcement_web.frames import describe, load, sql, tables
    from enforcement_web.web import Web, changes, chokepoints, graph, reach, trace

__all__ = [
    "Package",
    "PackageError",
    "Problem",
    "Web",
    "changes",
    "chokepoints",
    "cite",
    "date_bounds",
    "describe",
    "graph",
    "load",
    "reach",
    "sql",
    "tables",
    "trace",
]


_LAZY = {
    "cite": "citing",
    **dict.fromkeys(("describe", "load", "sql", "tables"), "frames"),
    **dict.fromkeys(("Web", "changes", "chokepoints", "graph", "reach", "trace"), "web"),
}


def __getattr__(name: str) -> Any:
    """Import what is slow to import only when it is asked for, so that the command starts fast."""
    if name == "__version__":
        from importlib.metadata import version

        return version("enforcement-web")
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
