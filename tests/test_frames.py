from pathlib import Path

import duckdb
import pandas as pd
import pytest

import enforcement_web as ew
from sample import make_package


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return make_package(tmp_path)


def test_the_shipped_tables_are_listed_in_order() -> None:
    assert ew.tables()[:4] == ["agencies", "databases", "flows", "actions"]
    assert len(ew.tables()) == 22


def test_columns_have_their_types(sample: Path) -> None:
    (sample / "data/registers/local_agencies.csv").write_text(
        "ori,name,kind,jurisdiction_id,counties,population,officers,civilians,data_year\n"
        "NA0010000,NA,county,US-AL,Jefferson;Shelby,,12,0,2025\n",
        encoding="utf-8",
    )
    frame = ew.load("local_agencies", sample)
    assert {str(kind) for kind in frame.dtypes[["ori", "name"]]} == {"string"}
    assert {str(kind) for kind in frame.dtypes[["population", "officers"]]} == {"Int64"}
    row = frame.iloc[0]
    assert row["name"] == "NA"
    assert row["ori"] == "NA0010000"
    assert row["counties"] == ["Jefferson", "Shelby"]
    assert pd.isna(row["population"])
    assert (row["officers"], row["civilians"]) == (12, 0)


def test_leading_zeros_and_dates_of_reduced_precision_stay_text(sample: Path) -> None:
    path = sample / "data/laws.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("28 U.S.C. § 534,", "0028,"), encoding="utf-8")
    assert ew.load("laws", sample)["citation"][0] == "0028"
    status = ew.load("flow_status", sample)
    assert status["started"][0] == "2008-10"
    assert ew.date_bounds(status["started"][0])[1].isoformat() == "2008-10-31"


def test_booleans_full_dates_and_empty_lists(sample: Path) -> None:
    agencies = ew.load("agencies", sample)
    assert str(agencies["is_group"].dtype) == "boolean"
    assert agencies["also_known_as"][0] == []
    evidence = ew.load("evidence", sample)
    assert evidence["read_on"][0] == pd.Timestamp("2026-11-01")
    assert evidence["read_on"].dtype == "datetime64[s]"


def test_json_tables_keep_their_lists_and_objects(sample: Path) -> None:
    actions = ew.load("actions", sample)
    assert actions["interrupts"][0] == [{"flow_id": "ngi-to-ident", "effect": "exposes"}]
    assert str(actions["title"].dtype) == "string"
    assert ew.load("sources", sample)["custom"][0] == {"tier": "primary", "is_mirror": False}


def test_a_table_without_records_has_its_columns(sample: Path) -> None:
    frame = ew.load("redirects", sample)
    assert list(frame.columns) == ["table", "old_id", "new_ids", "retired_on", "reason"]
    assert len(frame) == 0


def test_sql_sees_the_same_types(sample: Path) -> None:
    frame = ew.sql("select id, is_group, also_known_as from agencies where not is_group order by id", sample)
    assert frame["id"].tolist() == ["fbi-cjis", "ice"]
    assert frame["also_known_as"][0] == []
    nested = ew.sql("select unnest(interrupts).flow_id as flow from actions", sample)
    assert nested["flow"].tolist() == ["ngi-to-ident"]
    lists = ew.sql("select data_categories from flows", sample)
    assert lists["data_categories"][0] == ["fingerprints"]


def test_an_edit_shows_in_the_next_query(sample: Path) -> None:
    assert len(ew.sql("from agencies", sample)) == 2
    path = sample / "data/agencies.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").split("\n")[:2]) + "\n", encoding="utf-8")
    assert len(ew.sql("from agencies", sample)) == 1


def test_a_wrong_query_says_so() -> None:
    with pytest.raises(duckdb.Error, match="agencie"):
        ew.sql("select * from agencie")


def test_an_unknown_table_names_the_nearest() -> None:
    with pytest.raises(KeyError, match='no table "flow"'):
        ew.load("flow")
    with pytest.raises(KeyError, match='did you mean "databases"'):
        ew.describe("database")


def test_a_broken_table_is_not_loaded_in_part(sample: Path) -> None:
    with (sample / "data/agencies.csv").open("a", encoding="utf-8") as file:
        file.write("half,a record\n")
    with pytest.raises(ew.PackageError, match=r"data/agencies\.csv:4:1 csv-width"):
        ew.load("agencies", sample)


@pytest.mark.parametrize("table", ew.tables())
def test_describe_has_every_column_of_load(table: str) -> None:
    described = ew.describe(table)
    assert described["name"].tolist() == list(ew.load(table).columns)
    assert described["description"].str.len().min() > 0


def test_describe_tells_which_table_a_column_refers_to() -> None:
    targets = {table: ew.describe(table).set_index("name")["refers_to"].to_dict() for table in ew.tables()}
    assert targets["flows"]["source_agency_id"] == "agencies"
    assert targets["flows"]["responds_to"] == "flows"
    assert targets["evidence"]["source_id"] == "sources"
    assert targets["findings"]["source_id"] == "sources"
    assert targets["actions"]["legal_basis"] == "laws"
    assert targets["flows"]["summary"] == ""


@pytest.mark.parametrize("table", ew.tables())
def test_load_and_sql_say_the_same(table: str) -> None:
    frame, answer = ew.load(table), ew.sql(f'from "{table}"')
    assert list(frame.columns) == list(answer.columns)
    assert len(frame) == len(answer)
    for name in frame.columns:
        for mine, other in zip(frame[name], answer[name], strict=True):
            if isinstance(mine, list | dict):
                assert without_nulls(mine) == without_nulls(other)
            else:
                assert (pd.isna(mine) and pd.isna(other)) or mine == other


def without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_nulls(child) for key, child in value.items() if child is not None}
    return [without_nulls(child) for child in value] if isinstance(value, list) else value


def test_plain_pandas_reads_the_same_cells() -> None:
    path = ew.Package.open().path(ew.Package.open().resources["agencies"])
    plain = pd.read_csv(path, dtype=str, keep_default_na=False)
    mine = ew.load("agencies")
    assert plain["id"].tolist() == mine["id"].tolist()
    assert plain["name"].tolist() == mine["name"].tolist()


def test_the_graph_has_every_flow_as_an_edge() -> None:
    graph, flows = ew.graph(), ew.load("flows")
    assert {key for _, _, key in graph.edges(keys=True)} == set(flows["id"])
    assert graph.number_of_nodes() == len(ew.load("agencies")) + len(ew.load("databases"))
    flow = flows[flows["source_database_id"].notna()].iloc[0]
    assert graph.has_edge(
        f"databases/{flow['source_database_id']}",
        f"databases/{flow['target_database_id']}"
        if pd.notna(flow["target_database_id"])
        else f"agencies/{flow['target_agency_id']}",
        flow["id"],
    )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute"):
        ew.nothing  # noqa: B018
