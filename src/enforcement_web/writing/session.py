"""Ask for everything that a new record needs, on a terminal or from answers given before, into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from enforcement_web.card import value_text
from enforcement_web.package import Resource
from enforcement_web.problem import Problem, did_you_mean
from enforcement_web.writing.draft import Draft, Entry
from enforcement_web.writing.judging import blamed, complaints, plain, said
from enforcement_web.writing.kinds import Kind
from enforcement_web.writing.prompting import Prompter, Terminal
from enforcement_web.writing.questions import AnswerError, Question, at, questions_of

# Answers that were given before: by part and column, each once or more.
Given = Mapping[str, Mapping[str, list[str]]]
MAIN = "set"
# The table of each part of a draft beside the record itself.
PARTS = {"status": "flow_status", "evidence": "evidence", "status-evidence": "evidence", "source": "sources"}
# Columns that nobody answers, because the draft fills them.
_FILLED = {
    "evidence": {"table", "record_id"},
    "sources": {"accessed"},
    "flow_status": {"flow_id"},
    "laws": {"source_id"},
}
# Columns that are only taken from answers given before, so that the questions stay few.
_UNASKED = {
    "evidence": {"field"},
    "sources": {
        *("container-title", "collection-title", "volume", "page", "number", "authority", "language", "note"),
    },
}
NEW = "new"
_HEADINGS = {
    MAIN: ("The {}", "Enter keeps or skips, ? explains, Ctrl-C stops; nothing is written before you say so."),
    "status": ("Its first status", "Where it stands, and since when. More can be added to data/flow_status.csv."),
    "evidence": ("How do you know?", "The text that you read for it. Without one, no record: ask in data/gaps.csv."),
    "status-evidence": ("How do you know the status?", "Enter keeps what you said of the flow's evidence."),
    "source": ("The new source", "The text that you read, as it would be cited. Organizations only, no persons."),
}


class RefusedError(Exception):
    """Answers that are missing or wrong. ``missing`` and ``wrong`` say which, one a line."""

    def __init__(self, missing: list[str], wrong: list[str]):
        super().__init__("\n".join([*missing, *wrong]))
        self.missing = missing
        self.wrong = wrong


class Session:
    """Fills a draft with one record of a kind and what belongs to it.

    With a terminal it asks what was not given before; without one it takes suggestions.
    """

    def __init__(self, draft: Draft, kind: Kind, given: Given, terminal: Terminal | None = None):
        self.draft = draft
        self.kind = kind
        self.given = given
        self.prompter = Prompter(draft, terminal) if terminal else None
        self.missing: list[str] = []
        self.wrong: list[str] = []

    def fill(self) -> None:
        """Fill the draft.

        Raises RefusedError when answers name columns that are not there, and without a terminal when some are missing
        or wrong.
        """
        self._refuse_unknown()
        record = self._entry(MAIN, self.kind.table)
        name = record.record.get("id", "")
        status = self._entry("status", "flow_status", {"flow_id": name}) if self.kind.word == "flow" else None
        evidence = self._evidence("evidence", record, {})
        if status:
            same = ("source_id", "locator", "claim", "stance", "read", "read_on", "finding")
            self._evidence("status-evidence", status, {column: evidence.record.get(column, "") for column in same})
        self._settle()
        if self.missing or self.wrong:
            raise RefusedError(self.missing, self.wrong)

    def blame(self, problems: Sequence[Problem]) -> list[str]:
        """Say what is wrong with answers, from the problems that they brought; other problems as the check does."""
        lines: dict[str, None] = {}
        for problem in problems:
            near = f' (did you mean "{problem.suggestion}"?)' if problem.suggestion else ""
            found = [(entry, blamed(entry, self._questions(entry.resource), problem)) for entry in self.draft.entries]
            names = [f"--{entry.part} {name}: {said(problem)}{near}" for entry, name in found if name]
            lines[next(iter(names), str(problem))] = None
        return list(lines)

    def answers(self) -> dict[str, tuple[Entry, Question]]:
        """Give what can be answered again, by the names that a person gives it."""
        return {
            question.name if entry.part == MAIN else f"{entry.part}.{question.name}": (entry, question)
            for entry in self.draft.entries
            for question in self._questions(entry.resource)
            if question.name != "id" and question.form != "records"
        }

    def again(self, name: str) -> bool:
        """Ask one question again. Returns whether there is such a question."""
        found = self.answers().get(name)
        if found is None:
            return False
        entry, question = found
        before = at(entry.record, question.path)
        is_list = isinstance(before, list)
        kept = ";".join(map(str, before)) if is_list and question.form == "terms" else ""
        self._ask(entry, question, [], kept if is_list else value_text(before))
        self._settle()
        return True

    def _settle(self) -> None:
        """Fill what follows from the evidence: the source of a law, and which new sources are cited."""
        evidence = [entry.record for entry in self.draft.entries if entry.resource.name == "evidence"]
        cited = {record.get("source_id") for record in evidence}
        if self.kind.word == "law":
            self.draft.entries[0].record["source_id"] = evidence[0].get("source_id", "")
        self.draft.entries = [
            entry for entry in self.draft.entries if entry.resource.name != "sources" or entry.record.get("id") in cited
        ]
        self.draft.date_sources()

    def _refuse_unknown(self) -> None:
        tables = {MAIN: self.kind.table, **PARTS}
        wrong = []
        for part, columns in self.given.items():
            if part.startswith("status") and self.kind.word != "flow":
                wrong.append(f"--{part} belongs to a flow, not to {self.kind.word}")
                continue
            known = [question.name for question in self._questions(self.draft.package.resources[tables[part]])]
            for column in columns:
                if column in _FILLED.get(tables[part], ()):
                    wrong.append(f"--{part} {column}: this column is filled from the other answers")
                elif column not in known:
                    wrong.append(f"--{part} {column}: there is no such column{did_you_mean(column, known)}")
        if wrong:
            raise RefusedError([], wrong)

    def _questions(self, resource: Resource) -> list[Question]:
        """Questions about a table's records that someone answers, the id last because it is made from the others."""
        filled = _FILLED.get(resource.name, set())
        asked = [question for question in questions_of(resource) if question.name not in filled]
        return sorted(asked, key=lambda question: question.name == "id")

    def _evidence(self, part: str, about: Entry, suggestions: Mapping[str, str]) -> Entry:
        fixed = {"table": about.resource.name, "record_id": about.record.get("id", "")}
        if part == "evidence" and self.given.get("source"):
            suggestions = {**suggestions, "source_id": self._source()}
            for other in self.given.get(part, {}).get("source_id", []):
                if other != suggestions["source_id"]:
                    self.wrong.append(f'--{part} source_id: "{other}" is not the new source; give one of the two')
        return self._entry(part, "evidence", fixed, suggestions)

    def _source(self) -> str:
        count = sum(entry.resource.name == "sources" for entry in self.draft.entries)
        name = f"source-{count + 1}" if count else "source"
        day = [int(part) for part in self.draft.today.isoformat().split("-")]
        return str(self._entry(name, "sources", {"accessed": {"date-parts": [day]}}).record.get("id", ""))

    def _entry(
        self,
        part: str,
        table: str,
        fixed: Mapping[str, Any] = MappingProxyType({}),
        suggestions: Mapping[str, str] = MappingProxyType({}),
    ) -> Entry:
        """Ask for the columns of one record and add it to the draft."""
        resource = self.draft.package.resources[table]
        entry = Entry(part, resource, dict(fixed))
        if self.prompter:
            title, text = _HEADINGS[part.rstrip("-0123456789")]
            self.prompter.heading(title.format(self.kind.word), text)
        for question in self._questions(resource):
            given = self.given.get(part, {}).get(question.name)
            if given is None and self.prompter and question.name in _UNASKED.get(table, ()):
                continue
            suggestion = self._suggestion(entry, question, suggestions)
            if self.prompter:
                self._ask(entry, question, given or [], suggestion)
            else:
                self._take(entry, question, given, suggestion)
        for name in resource.schema["items"]["required"] if resource.format == "json" else ():
            if resource.schema["items"]["properties"][name]["type"] == "array":
                entry.record.setdefault(name, [])
        self.draft.entries.append(entry)
        return entry

    def _suggestion(self, entry: Entry, question: Question, suggestions: Mapping[str, str]) -> str:
        if question.name == "id":
            return self.draft.suggested_id(entry)
        usual = {"is_group": "false", "stance": "supports", "read_on": self.draft.today.isoformat()}
        if entry.resource.name == "sources" and entry.record.get("author"):
            usual["publisher"] = entry.record["author"][0]["literal"]
        return suggestions.get(question.name) or usual.get(question.name, "")

    def _take(self, entry: Entry, question: Question, given: list[str] | None, suggestion: str) -> None:
        """Put the answer given before, or the suggestion, into a record."""
        name = f"--{entry.part} {question.name}"
        try:
            answers = [suggestion] if given is None else list(map(plain, given))
            if any(answers):
                entry.put(question.path, question.value([answer for answer in answers if answer]))
                taken = self.draft.taken(entry.resource.name, answers[0]) if question.name == "id" else ""
                self.wrong += [f"{name}: {taken}"] * bool(taken)
            elif question.is_required and not self._follows(entry, question):
                self.missing.append(f"{name}=...  {question.title}: {question.description}")
        except AnswerError as error:
            self.wrong.append(f"{name}: {error}")

    def _follows(self, entry: Entry, question: Question) -> bool:
        """Whether an answer is missing only because another one is, from which it is suggested."""
        same = f"--evidence {question.name}=" if entry.part == "status-evidence" else "--"
        is_suggested = question.name == "id" or entry.part == "status-evidence"
        return is_suggested and any(text.startswith(same) for text in self.missing)

    def _ask(self, entry: Entry, question: Question, given: Sequence[str], suggestion: str) -> bool:
        """Ask until the answer is sound, or skipped. Returns whether there is one."""
        assert self.prompter is not None  # noqa: S101
        if question.form == "records" and not given:
            return self._ask_records(entry, question)
        answers = list(given)
        if not answers:
            self.prompter.introduce(question, suggestion)
        while True:
            answers = answers or self.prompter.answers(question, suggestion)
            if answers == [NEW] and question.target == "sources" and entry.resource.name == "evidence":
                answers = [self._source()]
            if not any(answers) and not question.is_required:
                entry.drop(question.path)
                return False
            wrong = self._complaints(entry, question, answers)
            if not wrong:
                return True
            self.prompter.complain(question, answers, wrong)
            answers = []

    def _complaints(self, entry: Entry, question: Question, answers: Sequence[str]) -> list[str]:
        try:
            texts = [text for text in map(plain, answers) if text]
        except AnswerError as error:
            return [str(error)]
        return complaints(self.draft, entry, question, texts) if texts else ["This one is needed."]

    def _ask_records(self, entry: Entry, question: Question) -> bool:
        """Ask for objects, member by member, until the first member of one is skipped."""
        assert self.prompter is not None  # noqa: S101
        self.prompter.heading(question.title, question.description)
        first, *others = question.members
        count = 0
        while self._ask(entry, replace(first, is_required=False).within((*question.path, count)), [], ""):
            for member in others:
                self._ask(entry, member.within((*question.path, count)), [], "")
            count += 1
        entry.record[question.name] = entry.record.get(question.name, [])[:count]
        return count > 0
