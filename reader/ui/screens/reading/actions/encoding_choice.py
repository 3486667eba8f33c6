"""Reads the document again in an encoding that the user chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from reader.document import DocumentError, load, one_line
from reader.document.encoding import encoding_name
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.action_table import ActionTable

if TYPE_CHECKING:
    from reader.document import Document
    from reader.reading import Reading
    from reader.ui.dialogs.prompts import Prompts

ENCODINGS: Final = (
    ("utf-8", "Unicode"),
    ("cp1252", "Western European"),
    ("cp1250", "Central European: Czech, Hungarian, Polish, …"),
    ("iso8859-2", "Central European, ISO"),
    ("cp852", "Central European, DOS"),
    ("cp1251", "Cyrillic"),
    ("koi8-r", "Russian"),
    ("koi8-u", "Ukrainian"),
    ("iso8859-5", "Cyrillic, ISO"),
    ("cp866", "Russian, DOS"),
    ("cp1253", "Greek"),
    ("iso8859-7", "Greek, ISO"),
    ("cp1254", "Turkish"),
    ("cp1255", "Hebrew"),
    ("cp1256", "Arabic"),
    ("cp1257", "Baltic: Estonian, Latvian, Lithuanian"),
    ("gb18030", "Chinese, simplified"),
    ("big5", "Chinese, traditional"),
    ("cp932", "Japanese, Shift JIS"),
    ("euc_jp", "Japanese, EUC"),
    ("iso2022_jp", "Japanese, ISO"),
    ("cp949", "Korean"),
    ("cp874", "Thai"),
    ("iso8859-15", "Western European with the euro sign, ISO"),
    ("cp850", "Western European, DOS"),
    ("mac-roman", "Western European, old Mac"),
    ("mac-cyrillic", "Cyrillic, old Mac"),
    ("utf-16-le", "Unicode, two bytes"),
    ("utf-16-be", "Unicode, two bytes, high byte first"),
)
"""The encodings that are offered, and what they are for. Others can be typed."""


class RereadScreen(Protocol):
    """The reading screen, as the choice of an encoding sees it."""

    reading: Reading
    prompts: Prompts

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line about the command."""

    async def replace_by(self, document: Document) -> None:
        """Show the document as it was read anew."""


def matching_encodings(typed: str) -> list[tuple[int, Choice]]:
    """Return the encodings with what was typed in their names or languages, each with its number."""
    words = typed.casefold().split()
    return [
        (number, Choice(name, note))
        for number, (name, note) in enumerate(ENCODINGS)
        if all(word in f"{name} {note}".casefold() for word in words)
    ]


async def choose_encoding(screen: RereadScreen) -> None:
    """Ask for an encoding, and show the document as it reads in it. Decisions are carried over by their anchors."""
    document = screen.reading.document
    if document.source == "-":
        screen.show_message("standard input cannot be read again: use --encoding")
        return
    chosen = await screen.prompts.ask_among(f"Which encoding? Now: {document.encoding}", choices_for)
    if chosen is None:
        return
    number, typed = chosen
    encoding = ENCODINGS[number][0] if number < len(ENCODINGS) else encoding_name(typed)
    screen.show_message(f"reading it as {encoding} …")
    try:
        read_again = await run_in_thread(load, document.source, encoding=encoding)
    except DocumentError as error:
        screen.show_message(one_line(str(error)), alarm=True)
        return
    if read_again.digest == document.digest:
        screen.show_message(f"the text is the same in {encoding}")
        return
    await screen.replace_by(replace(read_again, language=document.language))


def choices_for(typed: str) -> list[tuple[int, Choice]]:
    """Return the encodings that match what was typed; or the one of that name, if it is none of those offered."""
    matches = matching_encodings(typed)
    if not matches and (name := encoding_name(typed)):
        return [(len(ENCODINGS), Choice(name, "any name of an encoding"))]
    return matches


ENCODING_ACTIONS: Final = ActionTable[RereadScreen](plain={"encoding": choose_encoding})
