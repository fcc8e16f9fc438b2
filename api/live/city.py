"""The live city: a board for each kind of reader, made when the first of them comes."""

from sqlalchemy.ext.asyncio import AsyncEngine

from api.live.board import Board
from pesut.city.models import City
from pesut.contracts import Scope
from pesut.database.listener import Listener
from pesut.database.news import NEWS


class LiveCity:
    """One per process. Scopes are few: one per role, and one per agency."""

    def __init__(self, engine: AsyncEngine, city: City) -> None:
        self._engine, self._city = engine, city
        self._listener = Listener(engine, NEWS)
        self._boards: dict[Scope, Board] = {}

    def board(self, scope: Scope) -> Board:
        if scope not in self._boards:
            self._boards[scope] = Board(self._engine, self._city, scope, self._listener)
        return self._boards[scope]

    async def close(self) -> None:
        for board in self._boards.values():
            await board.close()
        await self._listener.close()
