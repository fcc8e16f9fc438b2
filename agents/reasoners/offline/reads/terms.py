"""Which of the catalog's terms, items and thresholds, and which agencies, a clause names."""

from collections.abc import Iterator

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind, Mention
from pesut.contracts import Dimension
from pesut.language.phrases import GUESS

_NEGATED_BEFORE = 2
Codes = dict[Dimension, tuple[str, ...]]


def terms_of(clause: Clause, *, reports: bool, counted: str = "") -> tuple[Codes, Codes]:
    """Terms by dimension: those asked for and those left out ("belum selesai", "selain banjir").

    `reports`: reports are asked for, so words that could name a metric or an agency too are read as a term of theirs; but words
    for reports as such (the metric `counted`) are no class of them.
    """
    kept: dict[Dimension, dict[str, None]] = {}
    excluded: dict[Dimension, dict[str, None]] = {}
    for mention in clause.of(Kind.TERM):
        if mention.of(Kind.REGION) and is_placed(mention, clause):
            continue
        if any(sense.code == counted for sense in mention.of(Kind.METRIC)):
            continue
        if not reports and (mention.of(Kind.METRIC) or mention.of(Kind.ITEM)):
            continue
        if mention.of(Kind.AGENCY) and _by_agency(mention, clause):
            continue
        dimension, codes = _senses(mention)
        target = excluded if _negated(mention, clause, dimension) else kept
        target.setdefault(dimension, {}).update(dict.fromkeys(codes))
    return _frozen(kept), _frozen(excluded)


def listed_of(clause: Clause) -> frozenset[Dimension]:
    """Dimensions of which several mentions name something, to be told apart: "banjir dan sampah", "beras dan cabai"."""
    found: list[Dimension] = [Dimension.ITEM for _ in clause.of(Kind.ITEM)]
    found += [Dimension.AGENCY for _ in clause.of(Kind.AGENCY)]
    found += [_senses(mention)[0] for mention in clause.of(Kind.TERM)]
    return frozenset(dimension for dimension in found if found.count(dimension) > 1)


def items_of(clause: Clause) -> tuple[tuple[str, str], ...]:
    """(dataset, item) of every item named; which of them count depends on the metric."""
    named = [*clause.of(Kind.ITEM), *_within_metrics(clause)]
    return tuple(dict.fromkeys((sense.within, sense.code) for mention in named for sense in mention.of(Kind.ITEM)))


def _within_metrics(clause: Clause) -> Iterator[Mention]:
    """ "KTP dicetak": an item whose name is a part of a metric's."""
    for mention in clause.of(Kind.METRIC):
        yield from (each for each in clause.sentence.within(mention) if each.of(Kind.ITEM) and each.quality > GUESS)


def thresholds_of(clause: Clause) -> tuple[tuple[str, str], ...]:
    """(metric, threshold) of every threshold named."""
    return tuple(
        (sense.within, sense.code) for mention in clause.of(Kind.THRESHOLD) for sense in mention.of(Kind.THRESHOLD)
    )


def agencies_of(clause: Clause) -> tuple[str, ...]:
    """Codes of agencies named; a word that is a term of reports as well counts only after "ditangani oleh" or the like."""
    return tuple(dict.fromkeys(_agencies(clause)))


def _agencies(clause: Clause) -> Iterator[str]:
    for mention in clause.of(Kind.AGENCY):
        if (mention.of(Kind.TERM) and not _by_agency(mention, clause)) or _asks(mention, clause):
            continue
        for sense in mention.of(Kind.AGENCY):
            yield sense.code


def _asks(mention: Mention, clause: Clause) -> bool:
    """ "Pak Sekda tanya, …": who wants to know is not what is asked about."""
    after = clause.next(mention)
    return after is not None and after.start == mention.end and after.cue("asking")


def _by_agency(mention: Mention, clause: Clause) -> bool:
    before = clause.previous(mention)
    return before is not None and before.cue("by_agency", "unit_agency")


def is_placed(mention: Mention, clause: Clause) -> bool:
    """Whether a word for a place stands before it: "di Pasar Pagi" is no complaint about markets."""
    before = clause.previous(mention)
    return before is not None and before.end == mention.start and (before.cue("place") or bool(before.of(Kind.LEVEL)))


def _senses(mention: Mention) -> tuple[Dimension, tuple[str, ...]]:
    """The dimension of the first sense, with all its codes of that dimension."""
    senses = mention.of(Kind.TERM)
    dimension = min((Dimension(sense.within) for sense in senses), key=_ORDER.index)
    return dimension, tuple(sense.code for sense in senses if sense.within == dimension.value)


_ORDER = (Dimension.CATEGORY, Dimension.STATUS, Dimension.CLASSIFICATION, Dimension.CHANNEL, Dimension.PROGRAM)


def _negated(mention: Mention, clause: Clause, dimension: Dimension) -> bool:
    before = clause.previous(mention)
    if before is None:
        return False
    if before.cue("except"):
        return True
    return dimension is Dimension.STATUS and before.cue("not") and mention.start - before.end < _NEGATED_BEFORE


def _frozen(found: dict[Dimension, dict[str, None]]) -> Codes:
    return {dimension: tuple(codes) for dimension, codes in found.items()}
