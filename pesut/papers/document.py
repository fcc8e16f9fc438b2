"""A paper as typed data: what it says, in which order, and nothing of how a format writes it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from pesut.contracts import Contract
from pesut.papers.code import ALTERNATIVE
from pesut.papers.text import Text


class Sentence(Contract):
    """What is said, and the labels of the exhibits that it rests on."""

    text: Text
    exhibits: tuple[Text, ...] = ()


class Heading(Contract):
    """`anchor` is the label of the exhibit that begins here."""

    kind: Literal["heading"] = "heading"
    level: Literal[1, 2] = 1
    text: Text
    anchor: Text = ""


class Paragraph(Contract):
    kind: Literal["paragraph"] = "paragraph"
    sentence: Sentence


class Items(Contract):
    kind: Literal["items"] = "items"
    ordered: bool = False
    items: tuple[Sentence, ...]


class Entry(Contract):
    """A name and what stands beside it; without a value there is room to write it by hand."""

    name: Text
    value: tuple[Sentence, ...] = ()


class Entries(Contract):
    """Names and values, one pair to a line. `ruled`: as a form, with lines around each."""

    kind: Literal["entries"] = "entries"
    entries: tuple[Entry, ...]
    ruled: bool = False


class Column(Contract):
    """`share` is its part of the width, against the other columns'."""

    title: Text
    numeric: bool = False
    share: int = Field(default=1, ge=1)


class Table(Contract):
    """`cells` are rows of texts; an empty one is room to write by hand."""

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...]
    cells: tuple[tuple[Text, ...], ...]


class Signature(Contract):
    """Room for a person's signature, name and number; nobody else fills it. Without an office that is left open too."""

    kind: Literal["signature"] = "signature"
    office: Text = ""


Block = Annotated[
    Heading | Paragraph | Items | Entries | Table | Signature,
    Field(discriminator="kind"),
]


class Origin(Contract):
    """Where the paper comes from: the address in its code, and what is said beside it, the address last. `alternative` is said to
    who cannot see the code.
    """

    address: Text
    lines: tuple[Text, ...]
    alternative: Text = ALTERNATIVE


class Paper(Contract):
    """A paper of A4 pages. `notices` stand on each page, `foot` below each; the appendix begins on a page of its own.

    `moment` (UTC, whole seconds) is when what it says was settled: all that a file tells of its own making.
    """

    title: Text
    subject: Text
    moment: AwareDatetime
    letterhead: tuple[Text, ...]
    postal_address: Text
    notices: tuple[Text, ...]
    foot: Text
    body: tuple[Block, ...]
    origin: Origin
    appendix_title: Text = ""
    appendix: tuple[Block, ...] = ()
