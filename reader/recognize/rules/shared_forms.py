"""Decide what a form means that a company and a person share: "Marlow" of Marlow Inc. and Christopher Marlow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.names.normal import surface
from reader.recognize.mention import Mention
from reader.recognize.rules.context.company_cues import is_of_company
from reader.recognize.rules.votes import company_short_forms, surname_forms


class SharedForms:
    """Forms that are both a company's short form and a surname, and the first full name of each kind."""

    def __init__(self, text: str, forms: Iterable[str], mentions: Sequence[Mention]) -> None:
        """Find the first full name of each label for each form.

        Args:
            text: The text, in normal form.
            forms: Forms that are both.
            mentions: The mentions that the recognizer found, sorted.
        """
        self._text = text
        self._first_offsets: dict[str, dict[str, int]] = {form: {} for form in forms}
        for mention in mentions if self._first_offsets else ():
            name = surface(text[mention.start : mention.end])
            if " " not in name:
                continue
            short_forms: Iterable[str] = ()
            if mention.label == "PERSON":
                short_forms = surname_forms(name)
            elif mention.label == "ORG":
                short_forms = (form for form, _ in company_short_forms(name))
            for form in short_forms:
                if form in self._first_offsets:
                    self._first_offsets[form].setdefault(mention.label, mention.start)

    def label_at(self, form: str, start: int) -> str:
        """Return the label of a form at an offset; "" if it is uncertain.

        The words before it decide ("a spokeswoman for"), or that only one of the two was mentioned by then.
        """
        offsets = self._first_offsets.get(form)
        if not offsets:
            return ""
        if is_of_company(self._text, start):
            return "ORG"
        earlier = [label for label, offset in offsets.items() if offset < start]
        return earlier[0] if len(earlier) == 1 else ""
