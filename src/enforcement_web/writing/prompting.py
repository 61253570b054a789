"""Ask one question on a terminal: what it is about, what may be answered, and the answer."""

from collections.abc import Iterator
from typing import Protocol

from enforcement_web.wrapping import wrapped
from enforcement_web.writing.choices import choices, near
from enforcement_web.writing.draft import Draft
from enforcement_web.writing.questions import Question

PROMPT = "> "
# More choices than this are not listed unless asked for.
_FEW = 60


class Terminal(Protocol):
    """Where questions are asked. ``ask`` raises EOFError when there are no more answers."""

    def ask(self, prompt: str) -> str:
        """Ask for one line."""

    def say(self, line: str = "") -> None:
        """Show one line."""


class Prompter:
    """Asks questions on a terminal. A choice can be given by its number in the list that was shown last."""

    def __init__(self, draft: Draft, terminal: Terminal):
        self.draft = draft
        self.terminal = terminal
        self._shown: list[str] = []

    def heading(self, title: str, text: str) -> None:
        """Say what the questions that follow are about."""
        self._say("", title, "-" * len(title), *wrapped(text, 0, 0))

    def introduce(self, question: Question, suggestion: str) -> None:
        """Say what a question is about and what enter does."""
        self._shown = []
        self._say("", *wrapped(f"{question.title}: {question.description}"))
        for hint in self._hints(question):
            self._say(*wrapped(hint, 2))
        if suggestion:
            self._say(*wrapped(f"Enter keeps: {suggestion}", 2))
        elif not question.is_required:
            self._say("  Enter skips it.")

    def answers(self, question: Question, suggestion: str) -> list[str]:
        """Read the answers to a question; none when it is skipped."""
        while True:
            line = self._line()
            if line != "?":
                break
            self._explain(question)
        if not line:
            return [suggestion] if suggestion else []
        found = [self._meant(question, line)]
        while question.form in ("lines", "names") and (line := self._line()):
            found.append(line)
        return found

    def complain(self, question: Question, answers: list[str], complaints: list[str]) -> None:
        """Say what is wrong with answers, and what may be meant."""
        for complaint in complaints:
            self._say(*wrapped(complaint, 2, 4))
        known = choices(self.draft, question)
        items = [item.strip() for answer in answers for item in answer.split(";")]
        unknown = next((item for item in items if item not in known), None) if known else None
        self._shown = near(unknown, known) if unknown else []
        if self._shown:
            self._say("  Did you mean one of these? Give its number.")
        for number, choice in enumerate(self._shown, start=1):
            self._say(*wrapped(f"{number}  {choice}  {known[choice]}".rstrip(), 4, 7))

    def _line(self) -> str:
        return " ".join(self.terminal.ask(PROMPT).split())

    def _meant(self, question: Question, line: str) -> str:
        """Put the choices of the list that was shown last in the place of their numbers."""
        parts = line.split(";") if question.form == "terms" else [line]
        numbers = {str(number): choice for number, choice in enumerate(self._shown, start=1)}
        return ";".join(numbers.get(part.strip(), part) for part in parts)

    def _hints(self, question: Question) -> Iterator[str]:
        known = choices(self.draft, question)
        several = "Several are joined by ;." if question.form == "terms" else ""
        if question.target:
            fresh = "new makes a new source." if question.name == "source_id" else several
            yield f"An id of {question.target}, or words to look for. {fresh}".rstrip()
        elif 0 < len(known) <= _FEW:
            yield f"{'Of' if several else 'One of'}: {', '.join(known)}. {several}".rstrip()
        elif question.form in ("lines", "names"):
            yield "One a line; an empty line ends them."
        elif several:
            yield several
        if question.vocabulary:
            yield "? explains them."
        if question.example and (question.target or not known):
            yield f"For example: {question.example}"

    def _explain(self, question: Question) -> None:
        known = choices(self.draft, question)
        if question.target:
            self._say(f"  {question.target} has {len(known):,} records; give a word of the name.")
        elif not known:
            self._say(*wrapped(question.description, 2))
        else:
            for choice, meaning in known.items():
                self._say(*wrapped(f"{choice}: {meaning}" if meaning else choice, 2, 6))

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.terminal.say(line)
