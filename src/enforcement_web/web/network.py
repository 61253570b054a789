"""The web as a networkx graph: agencies and databases are nodes, flows are edges."""

import networkx as nx

from enforcement_web.frames import PathLike, records
from enforcement_web.package import Package
from enforcement_web.web.model import Web
from enforcement_web.web.records import CLAIMS

_SIDES = ("source", "target")


def graph(package: PathLike | Web = None) -> "nx.MultiDiGraph[str]":
    """Return the flows as edges between the ends that they name.

    Of a package, or of the shipped one: every recorded flow, whatever its status. Of a ``Web``: the flows in force
    there and then, with the status that holds and the strongest claim of their evidence.

    An end is the database where one is named, else the agency. Nodes are ``agencies/<id>`` and ``databases/<id>``,
    with the record's columns as attributes; edge keys are flow ids, edge attributes the columns of the flow.
    """
    web = package if isinstance(package, Web) else None
    opened = package.records.package if isinstance(package, Web) else Package.open(package)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for table in ("agencies", "databases"):
        for record in records(table, opened):
            network.add_node(f"{table}/{record['id']}", table=table, **record)
    for flow in records("flows", opened):
        if web is None:
            source, target = (_name(flow[f"{side}_agency_id"], flow.get(f"{side}_database_id", "")) for side in _SIDES)
            network.add_edge(source, target, key=flow["id"], **flow)
        elif edge := web.edges.get(flow["id"]):
            marks = {"status": edge.status.status if edge.status else "", "claim": CLAIMS[edge.claim]}
            network.add_edge(_name(*edge.source), _name(*edge.target), key=edge.id, **marks, **flow)
    return network


def _name(agency: str, database: str) -> str:
    return f"databases/{database}" if database else f"agencies/{agency}"
