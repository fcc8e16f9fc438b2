"""Who may open the operators' console: operators, and inspectors to read."""

from typing import Annotated

from fastapi import Depends

from api.web.session import Reader
from pesut.contracts import Principal, Role
from pesut.drawing.words import later
from pesut.errors import ForbiddenError

READERS = frozenset({Role.OPERATOR, Role.INSPECTOR})


async def _watching(reader: Reader) -> Principal:
    if reader.role not in READERS:
        raise ForbiddenError(later("Konsol ini untuk operator."), remedy=later("Masuk dengan tautan untuk operator."))
    return reader


async def _operating(reader: Reader) -> Principal:
    if reader.role is not Role.OPERATOR:
        raise ForbiddenError(later("Tindakan ini hanya untuk operator."), remedy=later("Minta operator melakukannya."))
    return reader


Watcher = Annotated[Principal, Depends(_watching)]
Operator = Annotated[Principal, Depends(_operating)]
