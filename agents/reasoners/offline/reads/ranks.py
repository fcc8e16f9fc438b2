"""How a clause wants its values ordered, and how many of them."""

from dataclasses import replace
from functools import cache

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind, Mention
from agents.reasoners.offline.lexicon.gathering import cue_phrases
from agents.reasoners.offline.reads.groups import ranked_within
from agents.reasoners.offline.wishes import Group, Rank
from pesut.contracts import Within
from pesut.language.numbers import Number, number_at

_DESCENDING = {
    **dict.fromkeys(("rank_high", "rank_slow", "rank_any", "big_list"), True),
    **dict.fromkeys(("rank_low", "rank_fast"), False),
}
_SORTED = (*_DESCENDING, "rank_best", "rank_worst")
_SUBJECTS = (Kind.METRIC, Kind.TERM, Kind.ITEM)
MOST = 100


def rank_of(clause: Clause) -> Rank | None:
    """ "5 kelurahan tertinggi", "paling sedikit", "terbaik", "yang naik paling banyak", "urutkan"."""
    mention = clause.cue(*_SORTED)
    return replace(_rank(mention, clause), within=_within(clause)) if mention else None


def _within(clause: Clause) -> Group | Within | None:
    """Of each of what the first ones are wanted; the first of all where it is asked when it was."""
    asked = any(name == "when" or name.startswith("when_") for name in clause.cues)
    steps = any(name.startswith("grain_") for name in clause.cues)
    return ranked_within(clause) or (Within.WHOLE if asked else Within.PERIOD if steps else None)


def _rank(mention: Mention, clause: Clause) -> Rank:
    by_change = _changes(mention, clause)
    turned = by_change and falling(clause)
    limit = _limit(clause)
    asked = clause.cue("which", "who", "where", "when") or _asks_for_one(clause)
    single = limit is None and bool(asked) and clause.cue("all_of", "rank_any") is None
    whole = limit is None and clause.cue("rank_any") is not None
    if mention.cue("rank_best", "rank_worst"):
        return Rank(None, mention.cue("rank_best"), limit, by_change, single, whole)
    descending = next(_DESCENDING[sense.code] for sense in mention.of(Kind.CUE) if sense.code in _DESCENDING)
    if clause.cue("rank_up"):
        descending = False
    return Rank(descending is not turned, True, limit, by_change, single, whole)


def falling(clause: Clause) -> bool:
    """Whether the changes spoken of are those downwards: the greatest fall is the lowest change."""
    return bool(_said(clause) & _words("change_down")) and not _said(clause) & _words("change_up")


def _said(clause: Clause) -> frozenset[str]:
    return frozenset(clause.word(place) for place in range(clause.start, clause.end))


@cache
def _words(cue: str) -> frozenset[str]:
    return frozenset(phrase for phrase in cue_phrases()[cue] if " " not in phrase)


def asks_which(clause: Clause) -> bool:
    """ "kecamatan mana", "komoditas apa"."""
    return clause.cue("which", "all_of") is not None or any(
        each is not None and each.cue("what") for pair in _beside_units(clause) for each in pair
    )


def _asks_for_one(clause: Clause) -> bool:
    """ "bulan apa", "kategori apa", "what category"; but "apa keluhan terbanyak" asks for the foremost."""
    if any(name.startswith("when_") for name in clause.cues):
        return True
    if clause.cue("quantity", "what") and any(name.startswith("grain_") for name in clause.cues):
        return True  # "berapa hujan harian tertinggi"
    return any(each is not None and each.cue("what") for pair in _beside_units(clause) for each in pair)


def _beside_units(clause: Clause) -> list[tuple[Mention | None, Mention | None]]:
    """What stands before and after each word for a kind of thing."""
    units = [
        each for each in clause.mentions if each.of(Kind.LEVEL) or any(_is_unit(sense.code) for sense in each.senses)
    ]
    return [(clause.previous(each), clause.next(each)) for each in units]


def _is_unit(code: str) -> bool:
    return code.startswith("unit_")


def _changes(mention: Mention, clause: Clause) -> bool:
    """Whether it is the change that is ranked: "kenaikan tertinggi", "paling naik"."""
    near = (_subject_of(mention, clause), clause.next(mention))
    text = {clause.word(place) for place in range(mention.start, mention.end)}
    return any(each and each.cue("change") for each in near) or bool(text & _words("change"))


def _subject_of(mention: Mention, clause: Clause) -> Mention | None:
    """What stands before, past what it is of: "penurunan | laporan | sampah | terbesar"."""
    before = clause.previous(mention)
    while before and any(before.of(kind) for kind in _SUBJECTS) and not before.cue("change"):
        before = clause.previous(before)
    return before


def _limit(clause: Clause) -> int | None:
    """A number that counts results: before a level, a unit or a ranking word, or after "top"."""
    words = [token.word for token in clause.sentence.tokens]
    taken = {place for each in clause.of(Kind.PERIOD) for place in range(each.start, each.end)}
    for place in range(clause.start, clause.end):
        if place in taken:
            continue
        number = number_at(words[: clause.end], place)
        if number and number.whole and 1 <= number.whole <= MOST and _counts_results(number, clause):
            return number.whole
    return None


def _counts_results(number: Number, clause: Clause) -> bool:
    before = clause.word(number.start - 1)
    if before in {"top", "teratas", "terbesar", "tertinggi", "terbanyak", "terendah", "first"}:
        return True
    following = next((each for each in clause.mentions if each.start == number.end), None)
    if following is None:
        return False
    if following.of(Kind.LEVEL) or following.cue(*_SORTED):
        return True
    units = [sense for sense in following.of(Kind.CUE) if _is_unit(sense.code)]
    return bool(units) or (following.of(Kind.METRIC) != () and clause.cue(*_SORTED) is not None)


def counted_reports(clause: Clause) -> int | None:
    """ "tunjukkan 10 laporan terbaru": the number before or within the words for reports."""
    words = [token.word for token in clause.sentence.tokens[: clause.end]]
    taken = {place for each in clause.of(Kind.PERIOD) for place in range(each.start, each.end)}
    for place in range(clause.start, clause.end):
        number = number_at(words, place) if place not in taken else None
        if number and number.whole and 1 <= number.whole <= MOST and _before_reports(number, clause):
            return number.whole
    return None


def _before_reports(number: Number, clause: Clause) -> bool:
    considered = clause.sentence.considered
    newest = [each.end for each in considered if each.start == number.end and each.cue("newest")]
    near = [each for each in considered if each.start in {number.end, *newest}]
    return any(
        each.of(Kind.METRIC) or each.cue("newest_reports", "show_reports") or each.of(Kind.TERM) for each in near
    )
