"""Runs stored evidence again and says whether the same comes back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Evidence, Principal, Replay, Row, digest_of
from pesut.database.access import reading_as
from pesut.errors import ForbiddenError
from pesut.evidence.methods import derived
from pesut.evidence.rendering import Rendered
from pesut.evidence.rows import fetch

MOST_DIFFERENCES = 20
_NAMING = ("district", "village", "agency", "category", "status", "channel", "classification", "item", "program",
           "period", "code", "number", "id", "year")  # fmt: skip
REPLAY_LIMIT = timedelta(seconds=30)  # longer than a question waits: nobody but the checker waits for a replay


def ensure_may_see(principal: Principal, evidence: Evidence) -> None:
    """Raises ForbiddenError when the evidence was gathered under a scope that lets through more than the principal's."""
    if not principal.scope.covers(evidence.scope):
        raise ForbiddenError(
            "This evidence rests on data that your role may not see.",
            remedy="Ask the question yourself to see the part that is open to you.",
        )


async def replay(engine: AsyncEngine, evidence: Evidence, limit: timedelta = REPLAY_LIMIT) -> Replay:
    """Run the stored SQL with the stored parameters under the stored scope, and its method over the rows.

    `difference` names, in Indonesian, up to MOST_DIFFERENCES cells or rows that differ. Raises as `fetch` does.
    """
    async with reading_as(engine, evidence.scope, limit) as connection:
        fetched = derived(await fetch(connection, Rendered(evidence.sql, evidence.parameters)), evidence.derivation)
    digest = digest_of(fetched.rows)
    same = digest == evidence.digest
    return Replay(
        evidence_id=evidence.id,
        same=same,
        digest=evidence.digest,
        replayed_digest=digest,
        replayed_at=datetime.now(UTC),
        difference=() if same else _shortened(list(differences(evidence.result, fetched.rows))),
    )


def looked_again(evidence: Evidence, digest: str) -> Replay:
    """What was read once more for a page, against the digest that the page showed before."""
    return Replay(
        evidence_id=evidence.id,
        same=evidence.digest == digest,
        digest=digest,
        replayed_digest=evidence.digest,
        replayed_at=datetime.now(UTC),
    )


def differences(before: Sequence[Row], after: Sequence[Row]) -> Iterator[str]:
    """One sentence per cell that changed and per row that came or went; rows are matched by what they are about."""
    old, new = _named(before), _named(after)
    for name, row in old.items():
        if name not in new:
            yield f"{name}: baris ini tidak ada lagi"
            continue
        for column in row | new[name]:
            was, became = row.get(column), new[name].get(column)
            if was != became:
                yield f"{name}: {column} {was} menjadi {became}"
    yield from (f"{name}: baris ini baru" for name in new if name not in old)
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield "urutan baris berubah"


def _named(rows: Sequence[Row]) -> dict[str, Row]:
    names = [" / ".join(str(row[column]) for column in _NAMING if row.get(column) is not None) for row in rows]
    if "" in names or any(count > 1 for count in Counter(names).values()):
        names = [f"baris {position}" for position in range(1, len(rows) + 1)]
    return dict(zip(names, rows, strict=True))


def _shortened(sentences: list[str]) -> tuple[str, ...]:
    if not sentences:
        return ("isi baris sama, tetapi penulisannya berbeda",)
    if len(sentences) <= MOST_DIFFERENCES:
        return tuple(sentences)
    return (*sentences[:MOST_DIFFERENCES], f"dan {len(sentences) - MOST_DIFFERENCES} perbedaan lain")
