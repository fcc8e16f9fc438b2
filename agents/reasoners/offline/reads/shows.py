"""Whether a clause wants shares, values per head or a running total."""

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.reads.amounts import amount_of
from pesut.contracts import Show
from pesut.language.numbers import number_at

_OF_CITY = frozenset({"kota", "city"})


def show_of(clause: Clause) -> Show | None:
    """How the value is to be shown; None where nothing is said of it."""
    if clause.cue("cumulative"):
        return Show.CUMULATIVE
    if clause.cue("per_capita") or per_people(clause):
        return Show.PER_CAPITA
    if clause.cue("share") and not clause.cue("change") and amount_of(clause) is None:
        return Show.SHARE
    return None


def share_of_city(clause: Clause) -> bool:
    """ "dari seluruh kota", "of the whole city": the share is one place's of all."""
    from_place = any(clause.word(mention.start - 1) in {"dari", "from"} for mention in clause.of(Kind.REGION))
    return (
        from_place
        or clause.cue("whole_city") is not None
        or any(
            clause.word(place) in {"dari", "of"} and clause.word(place + 2) in _OF_CITY
            for place in range(clause.start, clause.end)
        )
    )


def per_people(clause: Clause) -> int | None:
    """The number of "per 1.000 penduduk", "per seribu jiwa"."""
    words = [token.word for token in clause.sentence.tokens[: clause.end]]
    for place in range(clause.start, clause.end):
        if words[place] != "per":
            continue
        number = number_at(words, place + 1)
        if number and any(each.start == number.end and _people(each.senses) for each in clause.mentions):
            return number.whole
    return None


def _people(senses: tuple[object, ...]) -> bool:
    return any(
        getattr(sense, "kind", None) is Kind.CUE and getattr(sense, "code", "") == "per_people" for sense in senses
    )
