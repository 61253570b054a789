"""web.graphml: every flow as an edge between the agencies and databases that it names, for network tools.

The graph is that of ``ew.graph()``, with lists joined by ``;``, a label for each node, and for each edge how the flow
stands on the day of the release at the place where it runs by default, and the strongest claim of its evidence.
"""

from pathlib import Path
from typing import Any

import networkx as nx

from enforcement_web.publish.release import Release
from enforcement_web.publish.standing import Standings
from enforcement_web.web import graph
from enforcement_web.web.records import CLAIMS


def write_graphml(release: Release, path: Path) -> None:
    """Write the graph, with the XML library of Python itself: another one would lay out other bytes."""
    network = graph(release.package.root)
    standings = Standings(release)
    written: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, about in network.nodes(data=True):
        written.add_node(node, label=about.get("acronym", about["name"]), **_plain(about))
    for source, target, flow, about in network.edges(keys=True, data=True):
        standing = standings.of(flow)
        status = standing.status
        marks = {"status_place": standing.place, "claim": CLAIMS[release.records.claim(flow, status)]}
        if status:
            marks |= {"status": status.status, "status_started": status.started, "status_start_is": status.start_is}
        written.add_edge(source, target, key=flow, **_plain(about), **marks)
    nx.write_graphml_xml(written, path)


def _plain(about: dict[str, Any]) -> dict[str, Any]:
    """Give the attributes that GraphML can hold: lists joined, and what is empty left out."""
    joined = {name: ";".join(value) if isinstance(value, list) else value for name, value in about.items()}
    return {name: value for name, value in joined.items() if value != ""}
