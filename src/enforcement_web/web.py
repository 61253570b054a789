"""The web as a graph: agencies and databases are nodes, flows are edges."""

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd

from enforcement_web.frames import PathLike, load


def graph(package: PathLike = None) -> "nx.MultiDiGraph[str]":
    """Return every recorded flow as an edge, whatever its status, between the ends that the flow names.

    An end is the database where one is named, else the agency. Nodes are ``agencies/<id>`` and ``databases/<id>``,
    with the record's columns as attributes; edge keys are flow ids, edge attributes the columns of the flow.
    """
    web: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for table in ("agencies", "databases"):
        for record in _records(table, package):
            web.add_node(f"{table}/{record['id']}", table=table, **record)
    for flow in _records("flows", package):
        web.add_edge(_end(flow, "source"), _end(flow, "target"), key=flow["id"], **flow)
    return web


def _end(flow: Mapping[str, Any], side: str) -> str:
    database = flow.get(f"{side}_database_id")
    return f"databases/{database}" if database else f"agencies/{flow[f'{side}_agency_id']}"


def _records(table: str, package: PathLike) -> list[dict[str, Any]]:
    """Give the records of a table without their empty cells."""
    records = load(table, package).to_dict("records")
    return [
        {str(name): value for name, value in record.items() if isinstance(value, list) or not pd.isna(value)}
        for record in records
    ]
