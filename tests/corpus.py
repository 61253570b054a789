"""Packages that are each wrong in one place: a file of the sample, a text in it, another in its place.

The fourth part of each case is how the check's problem begins. ``test_check.py`` holds the check against it,
``test_conformance.py`` holds the check against frictionless.
"""

A, F, S, E = "data/agencies.csv", "data/flows.csv", "data/flow_status.csv", "data/evidence.csv"
X = "data/reference/exceptions.csv"
CASES: list[tuple[str, str, str, str]] = [
    # structure
    (A, "ice,Imm", "ice\ufeff,Imm", f"{A}:3:4 csv-character character U+FEFF"),
    (A, "ice,Imm", "ice,Im\0m", f"{A}:3:7 csv-character character U+0000"),
    (A, "ice,Imm", "ice,Im\rm", f"{A}:3:7 csv-character character U+000D"),
    (A, "ice,Imm", "ice,Im\u202em", f"{A}:3:7 csv-character character U+202E"),
    (A, "\nice,", "\n\nice,", f"{A}:3:1 csv-blank-line "),
    (A, "\nice,", "\n  \nice,", f"{A}:3:1 csv-blank-line "),
    (A, "ice,Immigration", 'ice,"Immigration', f"{A}:3:5 csv-quote a quote opens here and never closes"),
    (A, "Customs Enf", 'Customs "Enf', f"{A}:3:29 csv-quote a quote stands inside a cell"),
    (A, ",ICE,", ',"ICE"x,', f"{A}:3:46 csv-quote a quote stands inside a cell"),
    (A, ",ICE,", ",ICE,,", f"{A}:3:1 csv-width 17 cells where the header has 16"),
    (A, ",ICE,,", ",ICE,", f"{A}:3:1 csv-width 15 cells where the header has 16"),
    (A, "id,name", "id,name,name", f"{A}:1:1 csv-header column name stands twice in the header"),
    (A, "id,name", "id,title", f"{A}:1:1 csv-header column name is missing from the header"),
    (A, "id,name", "id,name,note", f"{A}:1:1 csv-header column note is not one of this table's"),
    (A, "id,name", '"id,name', f"{A}:1:1 csv-quote a quote opens here and never closes"),
    # canonical form
    (A, "ice,Immigration and", "ice, Immigration and", f"{A}:3:5 canonical-text name: outer or doubled spaces"),
    (A, "Immigration", "Immigratio\u006e\u0303", f"{A}:3:5 canonical-text name: outer or doubled spaces, or letters"),
    (A, "Division,,,div", "Division,,Z;A,div", f"{A}:2:29 canonical-list also_known_as: list items must be in order"),
    # cells
    (A, "2003-03", "2003-3-1", f'{A}:3:75 field-pattern founded: "2003-3-1" is not a date; write YYYY'),
    (A, "2003-03", "2003-02-29", f'{A}:3:75 field-pattern founded: "2003-02-29" is not a date; write YYYY'),
    (A, "https://www.ice.gov", "www.ice.gov", f'{A}:3:85 field-pattern website: "www.ice.gov" does not have the right form'),
    (F, ",fingerprints,", ",fingerprint,", f'{F}:2:75 field-term data_categories: "fingerprint" is not a term of data-category (data/reference/terms.csv) (did you mean "fingerprints"?)'),
    (F, ",fingerprints,", ",fingerprints;,", f"{F}:2:75 canonical-list data_categories: list items must be in order"),
    (E, "2026-11-01", "2026-02-30", f'{E}:2:55 field-type read_on: "2026-02-30" is not a day of the calendar'),
    # references
    (E, "ice,,code", "ice,,coed", f'{E}:4:15 foreign-key source_id: "coed" is not in sources (did you mean "code"?)'),
    (E, "agencies,ice,", "agencies,icee,", f'{E}:4:10 evidence-record record_id: "icee" is not in agencies (did you mean "ice"?)'),
    (S, ",ngi-to-ident,US,", ",ngi-to-ident,US-XX,", f'{S}:2:30 foreign-key jurisdiction_id: "US-XX" is not in jurisdictions'),
    (S, ",ngi-to-ident,US,", ",ngi-to-iden,US,", f'{S}:2:17 foreign-key flow_id: "ngi-to-iden" is not in flows (did you mean'),
    ("data/actions.json", '"flow_id": "ngi-to-ident"', '"flow_id": "ngi-to-iden"', "data/actions.json:15:20 foreign-key interrupts/0/flow_id: "),
    # JSON
    ("data/actions.json", '"kind": "find-out"', '"kind": "find-ot"', 'data/actions.json:5:13 field-term kind: "find-ot" is not a term of action-kind (did you mean "find-out"?)'),
    ("data/actions.json", ',\n    "cautions": []', "", "data/actions.json:2:3 field-required member \"cautions\" is missing"),
    ("data/actions.json", '"precedents": [\n', '"precedents": [\n      7,\n', "data/actions.json:23:7 field-type precedents/0: must be of type object"),
    ("data/actions.json", '"interrupts": [\n', '"interrupts": [\n      "x",\n', "data/actions.json:14:7 field-type interrupts/0: must be of type object"),
    ("data/actions.json", "[\n", '[\n  "ask",\n', "data/actions.json:1:1 json-syntax the file must hold a list of objects"),
    ("data/sources.json", '"is_mirror": false', '"is_mirror": "no"', "data/sources.json:24:20 field-type custom/is_mirror: must be of type boolean"),
    ("data/sources.json", '"date-parts": [', '"date-part": [', "data/sources.json:11:17 "),
    # rules
    (S, "2008-10,by,,", "2008-10,by,2008-09,", f'{S}:2:44 period-order ended: "2008-09" is before the beginning, 2008-10'),
    (A, "federal,,false,,US,2003", "federal,ice,false,,US,2003", f"{A}:3:64 chain-cycle parent_id: ice -> ice runs in a circle"),
    (A, "Enforcement,ICE,,", "Enforcement,ICE,someone@ice.example.gov,", f'{A}:3:45 personal-data "someone@ice.example.gov" looks like an e-mail'),
    (A, "A sentence that says", "Officer with badge no. 4711 says", f'{A}:2:76 personal-data "badge no. 4711" looks like a badge number'),
    (X, "2999-12-31", "2999-13-31", f'{X}:2:61 field-type expires: "2999-13-31" is not a day of the calendar'),
]  # fmt: skip
