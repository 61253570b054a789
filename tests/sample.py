"""A small sound package for tests that break one thing at a time."""

import json
import re
import shutil
import signal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

SUMMARY = "A sentence that says what this record is."
CSV: dict[str, list[str]] = {
    "data/agencies.csv": [
        f"fbi-cjis,FBI CJIS Division,,,division,federal,,false,,US,,,,,,{SUMMARY}",
        f"ice,Immigration and Customs Enforcement,ICE,,component,federal,,false,,US,2003-03,,,https://www.ice.gov,,{SUMMARY}",
    ],
    "data/databases.csv": [
        f"ident,Biometrics,IDENT,,biometric,ice,,,false,,US,operational,1994,,,fingerprints,travelers,,,{SUMMARY}",
        f"ngi,Identification,NGI,,biometric,fbi-cjis,,,false,,US,operational,,,,fingerprints,arrestees,,,{SUMMARY}",
    ],
    "data/flows.csv": [
        f"ngi-to-ident,fbi-cjis,ngi,ice,ident,,jail-booking,automatic-match,system,,fingerprints,{SUMMARY}",
    ],
    "data/flow_status.csv": [f"ngi-to-ident-us,ngi-to-ident,US,2008-10,by,,active,usc-28-534,{SUMMARY}"],
    "data/flow_laws.csv": ["ngi-to-ident-usc-28-534,ngi-to-ident,usc-28-534,authorizes"],
    "data/laws.csv": [f"usc-28-534,28 U.S.C. § 534,Exchange of records,statute,US,fbi-cjis,,,,,code,{SUMMARY}"],
    "data/touchpoints.csv": [f"jail-booking,Booking,arrestees,{SUMMARY}"],
    "data/gaps.csv": [
        "when-it-began,flows,ngi-to-ident,US,When did it begin in each county?,The notice,2026-11-01",
        "who-asked-for-it,flows,ngi-to-ident,US,Who asked for it at first?,The notice,2026-11-01",
    ],
    "data/reference/exceptions.csv": ["term-unused,terms,*,The sample is small and uses few terms.,2999-12-31"],
    "data/registers/local_agencies.csv": ["AL0010000,Jefferson,county,US-AL,Jefferson,195393,755,190,2025"],
}
EVIDENCE = [
    ("actions", "ask"),
    ("agencies", "fbi-cjis"),
    ("agencies", "ice"),
    ("databases", "ident"),
    ("databases", "ngi"),
    ("findings", "they-match"),
    ("flow_laws", "ngi-to-ident-usc-28-534"),
    ("flow_status", "ngi-to-ident-us"),
    ("flows", "ngi-to-ident"),
    ("laws", "usc-28-534"),
]
DATED = {
    "ice": "A sentence that tells of March 2003.",
    "ident": "A sentence that tells of 1994.",
    "ngi-to-ident-us": "A sentence that tells of October 2008.",
}
CSV["data/evidence.csv"] = [
    f"{table},{record},,code,Section 534,{'authority' if table == 'flow_laws' else 'existence'},supports,full,"
    f"2026-11-01,{DATED.get(record, SUMMARY)}"
    for table, record in EVIDENCE
]
JSON: dict[str, list[dict[str, Any]]] = {
    "data/sources.json": [
        {
            "id": "code",
            "type": "legislation",
            "title": "United States Code",
            "author": [{"literal": "Congress"}],
            "accessed": {"date-parts": [[2026, 11, 1]]},
            "publisher": "Office of the Law Revision Counsel",
            "URL": "https://uscode.house.gov/browse",
            "custom": {"tier": "primary", "is_mirror": False},
        }
    ],
    "data/actions.json": [
        {
            "id": "ask",
            "title": "Ask for the logs",
            "kind": "find-out",
            "actors": ["journalist"],
            "summary": SUMMARY,
            "steps": ["Write a letter."],
            "interrupts": [{"flow_id": "ngi-to-ident", "effect": "exposes"}],
            "legal_basis": ["usc-28-534"],
            "precedents": [
                {"jurisdiction_id": "US-WA", "date": "2025-10", "what": "Logs were asked for.", "source_ids": ["code"]}
            ],
            "cautions": [],
        }
    ],
    "data/findings.json": [
        {
            "id": "they-match",
            "source_id": "code",
            "locator": "Bullet 1",
            "statement": SUMMARY,
            "records": [{"table": "flows", "id": "ngi-to-ident"}],
            "status": "holds",
            "as_of": "2026-11-01",
            "since": SUMMARY,
            "review_by": "2999-12-31",
        }
    ],
}


def descriptor() -> str:
    """The descriptor of the real package, at a version and day of the sample's own."""
    text = (ROOT / "datapackage.json").read_text(encoding="utf-8")
    own = {"version": "0.1.0", "schemaVersion": "0.1.0", "created": "2026-11-23T00:00:00Z"}
    for name, value in own.items():
        text = re.sub(rf'^  "{name}": ".*"', f'  "{name}": "{value}"', text, count=1, flags=re.MULTILINE)
    return text


def make_package(folder: Path) -> Path:
    """Write the sample package into a folder and return it."""
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (folder / "datapackage.json").write_text(descriptor(), encoding="utf-8")
    (folder / "data" / "reference").mkdir(parents=True)
    for name in ("jurisdictions", "terms"):
        shutil.copy(ROOT / "data" / "reference" / f"{name}.csv", folder / "data" / "reference")
    for resource in json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        path = folder / resource["path"]
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if resource["path"] in JSON:
            text = json.dumps(JSON[resource["path"]], indent=2, ensure_ascii=False)
        else:
            schema = json.loads((folder / resource["schema"]).read_text(encoding="utf-8"))
            header = ",".join(field["name"] for field in schema["fields"])
            text = "\n".join([header, *CSV.get(resource["path"], [])])
        path.write_text(text + "\n", encoding="utf-8")
    return folder


def heed_interrupts() -> None:
    """Let a new process be interrupted, though the tests may run where SIGINT is ignored, as in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def without_counts(text: str) -> str:
    """Leave out how many records were checked: the sample has the real places and terms, of which there come more."""
    text = re.sub(r"[\d,]+ records in \d+ tables", "N records in N tables", text)
    return re.sub(r'"(records|tables)": \d+', r'"\1": "N"', text)
