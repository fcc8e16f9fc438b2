"""The header by which a repeated request is recognised."""

from typing import Annotated

from fastapi import Header

from pesut.runs import MAX_KEY_CHARACTERS

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=MAX_KEY_CHARACTERS,
        pattern=r"^[\x21-\x7e]+$",
        description="A repeated request with the same key and content gets what the first one got; nothing is done twice.",
    ),
]
