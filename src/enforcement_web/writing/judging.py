"""Say what is wrong with answers, by the same check as for the whole package."""

from collections.abc import Sequence
from typing import Any

from enforcement_web.check.rules import sql_rules
from enforcement_web.problem import Problem
from enforcement_web.writing.draft import Draft, Entry
from enforcement_web.writing.questions import AnswerError, Question, at


def plain(answer: str) -> str:
    """Put an answer on one line with single spaces. Raises AnswerError when it is not text."""
    try:
        answer.encode()
    except UnicodeEncodeError:
        raise AnswerError("it is not UTF-8 text") from None
    return " ".join(answer.split())


def complaints(draft: Draft, entry: Entry, question: Question, answers: Sequence[str]) -> list[str]:
    """Put the answers to a question into a record and say what is wrong with them; then the record is as before."""
    before = at(entry.record, question.path)
    try:
        entry.put(question.path, question.value(answers))
    except AnswerError as error:
        return [str(error)]
    taken = draft.taken(entry.resource.name, answers[0]) if question.name == "id" else ""
    found = [] if taken else [p for p in draft.faults(entry, question.name) if _concerns(p, question, answers)]
    lost = [problem for problem in found if problem.rule == "foreign-key"]
    found_wrong = [taken] if taken else [said(problem) for problem in lost or found]
    if found_wrong:
        entry.drop(question.path)
        if before is not None:
            entry.put(question.path, before)
    return found_wrong


def blamed(entry: Entry, questions: Sequence[Question], problem: Problem) -> str:
    """Give the name of the question about a record whose answer a problem is about; an empty text when it is none."""
    key = "/".join(str(entry.record.get(name, "")) for name in entry.resource.key)
    if (problem.table, problem.record) != (entry.resource.name, key):
        return ""
    given = {question.name: (question, _texts(at(entry.record, question.path))) for question in questions}
    found = (name for name, (question, texts) in given.items() if texts and _concerns(problem, question, texts))
    return next(found, "")


def _concerns(problem: Problem, question: Question, answers: Sequence[str]) -> bool:
    """Whether a problem is one of an answer; a problem of no field is, when its value stands in the answer."""
    if problem.field:
        return f"{problem.field}/".startswith(f"{question.pointer}/")
    return any(problem.value in answer for answer in answers)


def said(problem: Problem) -> str:
    """Say what is wrong and, where a rule about records says it, how to mend it."""
    mend = next((item.rule.mend for item in sql_rules() if item.rule.id == problem.rule), "")
    return f"{problem.message}. {mend}".rstrip(". ") + "." * bool(mend)


def _texts(value: Any) -> list[str]:
    """Give every text within a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [] if value in (None, "") else [str(value)]
