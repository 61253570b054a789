"""Rules that look at bytes, schemas, chains or whole files, and so are Python rather than SQL."""

from enforcement_web.check.rule import Rule

_FIX = "Run enforcement-web check --fix."
_AGENCIES, _ACTIONS, _DESCRIPTOR = "data/agencies.csv", "data/actions.json", "datapackage.json"


def _agencies(
    rule: str, title: str, why: str, mend: str, bad: str, good: str = "\nice,", is_fixable: bool = False
) -> Rule:
    return Rule(rule, title, why, mend, bad, good, _AGENCIES, is_fixable=is_fixable)


def _actions(rule: str, title: str, why: str, mend: str, bad: str, good: str = "[\n", is_fixable: bool = False) -> Rule:
    return Rule(rule, title, why, mend, bad, good, _ACTIONS, is_fixable=is_fixable)


_FILES = (
    Rule(
        "descriptor",
        "The descriptor lists every table, each with its schema",
        "Tools find the tables, their schemas and their licenses through datapackage.json alone.",
        "Mend the entry of the resource in datapackage.json.",
        '"path": ""',
        '"path": "data/agencies.csv"',
        _DESCRIPTOR,
    ),
    Rule(
        "file-missing",
        "Every file that the descriptor names is there",
        "A package without one of its tables answers questions wrongly without saying so.",
        "Put the file back, or remove its resource from datapackage.json.",
        '"path": "data/agencys.csv"',
        '"path": "data/agencies.csv"',
        _DESCRIPTOR,
    ),
    Rule(
        "file-outside",
        "Every file lies inside the package",
        "A path or a link that leads out of the package reads files that are not part of it.",
        "Put the file itself into the package and name it there.",
        '"path": "../agencies.csv"',
        '"path": "data/agencies.csv"',
        _DESCRIPTOR,
    ),
    Rule(
        "schema-form",
        "Every schema file has the parts that the check needs",
        "A schema without fields or a key cannot be enforced.",
        "Give a Table Schema fields and a primaryKey, a JSON Schema items with properties.",
        '"primarykey"',
        '"primaryKey"',
        "schemas/gaps.schema.json",
    ),
    Rule(
        "schema-vocabulary",
        "The enums in the schemas are the terms of their vocabulary",
        "Terms and schemas that disagree would let a value pass in one tool and fail in another.",
        "Edit data/reference/terms.csv, then run make schemas.",
        '"vendors"',
        '"vendor"',
        "schemas/agencies.schema.json",
    ),
)

_CSV = (
    Rule(
        "csv-empty",
        "A CSV file has a header",
        "Without a header nobody can tell which column is which.",
        "Write the header that the message gives.",
        "",
        "table,old_id,new_ids,retired_on,reason\n",
        "data/reference/redirects.csv",
    ),
    Rule(
        "csv-delimiter",
        "Cells are separated by commas",
        "Some spreadsheet programs save with semicolons or tabs, which other tools read as one column.",
        "Save the file as comma-separated values.",
        "table;old_id;new_ids;retired_on;reason",
        "table,old_id,new_ids,retired_on,reason",
        "data/reference/redirects.csv",
    ),
    _agencies(
        "csv-header",
        "The header has the columns of the schema, each once, in its order",
        "A renamed or swapped column would put every cell under a wrong name.",
        "Write the header that the message gives.",
        "name,id,acronym",
        "id,name,acronym",
    ),
    _agencies(
        "csv-width",
        "Every record has as many cells as the header",
        "A missing or extra comma shifts every later cell of the line into a wrong column.",
        "Add the missing comma, or put quotes around the cell that holds one.",
        ",ICE,,,component,",
        ",ICE,,component,",
    ),
    _agencies(
        "csv-quote",
        "Quotes enclose a whole cell and are closed on its line",
        "A stray quote makes a reader swallow the lines that follow.",
        "Wrap the cell in quotes and double each quote inside it, or remove the quote.",
        'ice,"Immigration',
        "ice,Immigration",
    ),
    _agencies(
        "csv-blank-line",
        "There are no blank lines",
        "Readers disagree on whether a blank line is a record.",
        _FIX,
        "\n\nice,",
        is_fixable=True,
    ),
    Rule(
        "csv-final-newline",
        "The last line ends like every other",
        "Otherwise the next record that is added changes two lines in a diff.",
        _FIX,
        "table,old_id,new_ids,retired_on,reason",
        "table,old_id,new_ids,retired_on,reason\n",
        "data/reference/redirects.csv",
        is_fixable=True,
    ),
    _agencies(
        "csv-line-end",
        "Lines end in LF",
        "Mixed line ends make every line differ in a diff.",
        _FIX,
        "\r\nice,",
        is_fixable=True,
    ),
    _agencies(
        "csv-bom",
        "There is no byte order mark",
        "It becomes part of the first column's name in many tools.",
        _FIX,
        "\ufeffid,name,acronym",
        "id,name,acronym",
        is_fixable=True,
    ),
    _agencies(
        "csv-encoding",
        "CSV files are UTF-8",
        "A byte in another encoding shows as a wrong letter, or stops a reader.",
        "Save the file as UTF-8 and write the letter anew.",
        "Cust\udcf6ms",
        "Customs",
    ),
    _agencies(
        "csv-character",
        "No invisible characters in CSV files",
        "Control, zero-width and direction marks make two equal-looking texts differ.",
        "Delete the character that the message names.",
        "Cus\u200btoms",
        "Customs",
    ),
    _agencies(
        "csv-size",
        "No line is longer than a record can be",
        "A line of many thousand letters is a lost line end or a file that is not a table.",
        "Look at the line that the message names, and restore its line ends.",
        "Customs" + " and so on" * 11_000,
        "Customs",
    ),
)

_JSON = (
    _actions(
        "json-bom",
        "There is no byte order mark",
        "JSON does not allow one (RFC 8259, section 8.1).",
        _FIX,
        "\ufeff[\n",
        is_fixable=True,
    ),
    _actions(
        "json-encoding",
        "JSON files are UTF-8",
        "A byte in another encoding stops a reader.",
        "Save the file as UTF-8 and write the letter anew.",
        "Ask f\udcf6r",
        "Ask for",
    ),
    _actions(
        "json-character",
        "No invisible characters in JSON files",
        "Control, zero-width and direction marks make two equal-looking texts differ.",
        "Delete the character that the message names.",
        "Ask\u200b for",
        "Ask for",
    ),
    _actions(
        "json-syntax",
        "JSON files hold one sound list of records",
        "A cut-off file or a doubled member loses data in some readers without a word.",
        "Mend the text at the place that the message gives.",
        "[[\n",
    ),
    _actions(
        "json-member",
        "Records have only the members that the schema knows",
        "A misspelled member would be ignored by every reader.",
        "Use the member that the message suggests, or remove it.",
        '"cautions": [],\n    "caution": []',
        '"cautions": []',
    ),
    Rule(
        "json-schema",
        "JSON records keep their schema",
        "Readers rely on the shapes that the schema promises.",
        "Mend the value as the message says.",
        '"not": {"const": "Ask for the logs"}',
        '"maxLength": 150',
        "schemas/actions.schema.json",
    ),
)

_FORM = (
    _agencies(
        "canonical-text",
        "Texts have no outer or doubled spaces and are NFC",
        "Equal texts must be equal bytes.",
        _FIX,
        "Immigration  and",
        "Immigration and",
        is_fixable=True,
    ),
    Rule(
        "canonical-list",
        "List items stand in order, each once",
        "Equal lists must be equal bytes.",
        _FIX,
        ",photograph;fingerprints,",
        ",fingerprints,",
        "data/flows.csv",
        is_fixable=True,
    ),
    _agencies(
        "canonical-quote",
        "Quotes only where they are needed",
        "Equal records must be equal bytes.",
        _FIX,
        'ice,"Immigration and Customs Enforcement",',
        "ice,Immigration and Customs Enforcement,",
        is_fixable=True,
    ),
    Rule(
        "canonical-order",
        "Records stand in order of their key",
        "A diff then shows only what changed.",
        _FIX,
        "\nzero-hour,flows",
        "\nwhen-it-began,flows",
        "data/gaps.csv",
        is_fixable=True,
    ),
    _actions(
        "canonical-json",
        "JSON files have one layout",
        "A diff then shows only what changed.",
        _FIX,
        "[",
        is_fixable=True,
    ),
)

_CELLS = (
    _agencies(
        "field-required",
        "Required cells are filled",
        "The schema marks what a record cannot do without.",
        "Fill the cell. What is not known goes to gaps.csv, without the record.",
        "ice,,",
        "ice,Immigration and Customs Enforcement,",
    ),
    _agencies(
        "field-type",
        "Cells have the type of their column",
        "Readers turn them into numbers and dates.",
        "Write it as the message says.",
        ",no,,US,2003",
        ",false,,US,2003",
    ),
    Rule(
        "field-bounds",
        "Numbers lie within the bounds of their column",
        "A figure out of bounds is a slip.",
        "Check the figure in its source.",
        ",0,755,",
        ",195393,755,",
        "data/registers/local_agencies.csv",
    ),
    Rule(
        "field-length",
        "Texts are as long as their column asks",
        "A summary must say something and stay readable.",
        "Write a shorter or fuller text.",
        ",Too short.",
        ",A sentence that says what this record is.",
        _AGENCIES,
    ),
    _agencies(
        "field-pattern",
        "Cells have the form of their column",
        "Ids, dates and addresses are read by programs.",
        "Follow the example in the message.",
        "2003-13",
        "2003-03",
    ),
    _agencies(
        "field-term",
        "Cells hold terms of their vocabulary",
        "One word for one thing lets people count and join.",
        "Use the term that the message suggests; data/reference/terms.csv defines them all.",
        "componnent,",
        "component,",
    ),
    Rule(
        "key-unique",
        "Ids and keys are unique",
        "Evidence and citations point at one record.",
        "Give the record its own id, or merge the two.",
        "\nwho-asked-for-it,flows",
        "\nwhen-it-began,flows",
        "data/gaps.csv",
    ),
    Rule(
        "foreign-key",
        "Ids point at records that exist",
        "A row that points nowhere drops out of every join.",
        "Use the id that the message suggests, or add the record that is missing.",
        ",fbi-cji,ngi,",
        ",fbi-cjis,ngi,",
        "data/flows.csv",
    ),
    _agencies(
        "chain-cycle",
        "Parents, groups, successors, answers do not run in a circle",
        "A record that is its own ancestor sends readers round forever.",
        "Find the wrong link among those that the message lists and change it.",
        "component,federal,ice,",
        "component,federal,,",
    ),
    _agencies(
        "personal-data",
        "No personal data",
        "E-mail addresses, phone, Social Security, A- and badge numbers belong to people; this is about institutions.",
        "Remove it, and name the office instead.",
        "Call 202-555-0143 and say",
        "A sentence that says",
    ),
    _agencies(
        "look-alike",
        "No letter of another alphabet stands in for a Latin one",
        "A Cyrillic or Greek letter that looks Latin hides a word from searches, and two equal-looking ids differ.",
        "Write the letter anew on a Latin keyboard.",
        "Imm\u0456gration",
        "Immigration",
    ),
    _agencies(
        "formula-cell",
        "No cell begins like a formula",
        "A spreadsheet runs a cell that begins with =, +, - or @ when the file is opened.",
        "Begin the text with a letter or a digit.",
        "ice,=Immigration",
        "ice,Immigration",
    ),
)

_EXCEPTIONS = "data/reference/exceptions.csv"
_EXCEPTION = "table-shrank,releases,0.1.0/gaps,Answered questions were removed.,2026-12-31\n"
_HEADER = "rule,table,record,reason,expires\n"
_EXCEPTED = (
    Rule(
        "exception-unneeded",
        "An exception excepts something",
        "An exception that is no longer needed would hide the next breach of its rule.",
        "Remove the line from data/reference/exceptions.csv.",
        _HEADER + _EXCEPTION,
        _HEADER,
        _EXCEPTIONS,
    ),
    Rule(
        "exception-expired",
        "An exception is in date",
        "An exception is a debt; its day has come.",
        "Mend what it excepts, or set a new day and say why.",
        _HEADER + _EXCEPTION.replace("2026", "2020"),
        _HEADER,
        _EXCEPTIONS,
    ),
    Rule(
        "exception-rule",
        "An exception names a rule about records",
        "A misspelled rule excepts nothing, and faults of form are never excepted.",
        "Use the id that enforcement-web explain lists.",
        _HEADER + _EXCEPTION.replace("shrank", "shrunk"),
        _HEADER,
        _EXCEPTIONS,
    ),
)

BUILT_IN = (*_FILES, *_CSV, *_JSON, *_FORM, *_CELLS, *_EXCEPTED)
