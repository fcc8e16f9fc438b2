"""Whether a draft rests on data that only supervision may see."""

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Answer, Evidence, Scope
from pesut.errors import PesutError
from pesut.evidence import replay

_OPEN = Scope()


async def rests_on_supervision(engine: AsyncEngine, answer: Answer) -> bool:
    """Whether any evidence reads otherwise without supervision; what cannot be run again counts as if it did."""
    for evidence in answer.evidence:
        if not _OPEN.covers(evidence.scope) and not await _same_without(engine, evidence):
            return True
    return False


async def _same_without(engine: AsyncEngine, evidence: Evidence) -> bool:
    try:
        return (await replay(engine, evidence.model_copy(update={"scope": _OPEN}))).same
    except PesutError:
        return False
