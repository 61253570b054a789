"""Rules that look at bytes, schemas or chains, and so are Python rather than SQL."""

from dataclasses import dataclass

from enforcement_web.problem import Severity


@dataclass(frozen=True)
class Rule:
    """What a rule is, why it holds and how to mend a breach."""

    id: str
    title: str
    why: str
    mend: str
    severity: Severity = "error"


_FIX = "Run enforcement-web check --fix."

BUILT_IN = (
    Rule(
        "descriptor",
        "The descriptor lists every table, each inside the package",
        "Tools find the tables, their schemas and their licenses through datapackage.json alone.",
        "Mend the entry of the resource in datapackage.json.",
    ),
    Rule(
        "file-missing",
        "Every file that the descriptor names is there",
        "A package without one of its tables answers questions wrongly without saying so.",
        "Put the file back, or remove its resource from datapackage.json.",
    ),
    Rule(
        "schema-form",
        "Every schema file has the parts that the check needs",
        "A schema without fields or a key cannot be enforced.",
        "Give a Table Schema fields and a primaryKey, a JSON Schema items with properties.",
    ),
    Rule(
        "schema-vocabulary",
        "The enums in the schemas are the terms of their vocabulary",
        "Terms and schemas that disagree would let a value pass in one tool and fail in another.",
        "Edit data/reference/terms.csv, then run make schemas.",
    ),
    Rule(
        "csv-empty",
        "A CSV file has a header",
        "Without a header nobody can tell which column is which.",
        "Write the header that the message gives.",
    ),
    Rule(
        "csv-header",
        "The header has the columns of the schema, in its order",
        "A renamed or swapped column would put every cell under a wrong name.",
        "Write the header that the message gives.",
    ),
    Rule(
        "csv-delimiter",
        "Cells are separated by commas",
        "Some spreadsheet programs save with semicolons or tabs, which other tools read as one column.",
        "Save the file as comma-separated values.",
    ),
    Rule(
        "csv-width",
        "Every record has as many cells as the header",
        "A missing or extra comma shifts every later cell of the line into a wrong column.",
        "Add the missing comma, or put quotes around the cell that holds one.",
    ),
    Rule(
        "csv-quote",
        "Quotes enclose a whole cell and are closed on its line",
        "A stray quote makes a reader swallow the lines that follow.",
        "Wrap the cell in quotes and double each quote inside it, or remove the quote.",
    ),
    Rule(
        "csv-blank-line",
        "There are no blank lines",
        "Readers disagree on whether a blank line is a record.",
        _FIX,
    ),
    Rule(
        "csv-final-newline",
        "The last line ends like every other",
        "Otherwise the next record that is added changes two lines in a diff.",
        _FIX,
    ),
    Rule("csv-line-end", "Lines end in LF", "Mixed line ends make every line differ in a diff.", _FIX),
    Rule(
        "csv-bom",
        "There is no byte order mark",
        "It becomes part of the first column's name in many tools.",
        _FIX,
    ),
    Rule(
        "csv-encoding",
        "CSV files are UTF-8",
        "A byte in another encoding shows as a wrong letter, or stops a reader.",
        "Save the file as UTF-8 and write the letter anew.",
    ),
    Rule(
        "csv-character",
        "No invisible characters in CSV files",
        "Control, zero-width and direction marks make two equal-looking texts differ.",
        "Delete the character that the message names.",
    ),
    Rule("json-bom", "There is no byte order mark", "JSON does not allow one (RFC 8259, section 8.1).", _FIX),
    Rule(
        "json-encoding",
        "JSON files are UTF-8",
        "A byte in another encoding stops a reader.",
        "Save the file as UTF-8 and write the letter anew.",
    ),
    Rule(
        "json-character",
        "No invisible characters in JSON files",
        "Control, zero-width and direction marks make two equal-looking texts differ.",
        "Delete the character that the message names.",
    ),
    Rule(
        "json-syntax",
        "JSON files hold one sound list of records",
        "A cut-off file or a doubled member loses data in some readers without a word.",
        "Mend the text at the place that the message gives.",
    ),
    Rule(
        "json-member",
        "Records have only the members that the schema knows",
        "A misspelled member would be ignored by every reader.",
        "Use the member that the message suggests, or remove it.",
    ),
    Rule(
        "json-schema",
        "JSON records keep their schema",
        "Readers rely on the shapes that the schema promises.",
        "Mend the value as the message says.",
    ),
    Rule(
        "canonical-text",
        "Texts have no outer or doubled spaces and are NFC",
        "Equal texts must be equal bytes.",
        _FIX,
    ),
    Rule("canonical-list", "List items stand in order, each once", "Equal lists must be equal bytes.", _FIX),
    Rule("canonical-quote", "Quotes only where they are needed", "Equal records must be equal bytes.", _FIX),
    Rule("canonical-order", "Records stand in order of their key", "A diff then shows only what changed.", _FIX),
    Rule("canonical-json", "JSON files have one layout", "A diff then shows only what changed.", _FIX),
    Rule(
        "field-required",
        "Required cells are filled",
        "The schema marks what a record cannot do without.",
        "Fill the cell. What is not known goes to gaps.csv, without the record.",
    ),
    Rule(
        "field-type",
        "Cells have the type of their column",
        "Readers turn them into numbers and dates.",
        "Write it as the message says.",
    ),
    Rule(
        "field-bounds",
        "Numbers lie within the bounds of their column",
        "A figure out of bounds is a slip.",
        "Check the figure in its source.",
    ),
    Rule(
        "field-length",
        "Texts are as long as their column asks",
        "A summary must say something and stay readable.",
        "Write a shorter or fuller text.",
    ),
    Rule(
        "field-pattern",
        "Cells have the form of their column",
        "Ids, dates and addresses are read by programs.",
        "Follow the example in the message.",
    ),
    Rule(
        "field-term",
        "Cells hold terms of their vocabulary",
        "One word for one thing lets people count and join.",
        "Use the term that the message suggests; data/reference/terms.csv defines them all.",
    ),
    Rule(
        "key-unique",
        "Ids and keys are unique",
        "Evidence and citations point at one record.",
        "Give the record its own id, or merge the two.",
    ),
    Rule(
        "foreign-key",
        "Ids point at records that exist",
        "A row that points nowhere drops out of every join.",
        "Use the id that the message suggests, or add the record that is missing.",
    ),
    Rule(
        "chain-cycle",
        "Parents, groups, successors, answers do not run in a circle",
        "A record that is its own ancestor sends readers round forever.",
        "Find the wrong link among those that the message lists and change it.",
    ),
    Rule(
        "personal-data",
        "No personal data",
        "The package is about institutions; e-mail addresses, phone, Social Security and A-numbers belong to people.",
        "Remove it, and name the office instead.",
    ),
)
