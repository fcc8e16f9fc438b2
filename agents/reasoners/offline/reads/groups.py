"""By what a clause wants its values split."""

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind, Mention
from agents.reasoners.offline.wishes import PLACE, Group
from pesut.contracts import Dimension

_LEVELS = {"district": Dimension.DISTRICT, "village": Dimension.VILLAGE}
_UNITS: dict[str, Group] = {
    "unit_agency": Dimension.AGENCY,
    "unit_category": Dimension.CATEGORY,
    "unit_status": Dimension.STATUS,
    "unit_channel": Dimension.CHANNEL,
    "unit_classification": Dimension.CLASSIFICATION,
    "unit_program": Dimension.PROGRAM,
    **dict.fromkeys(("unit_item", "unit_item_gauge", "unit_item_goods", "unit_item_crossing"), Dimension.ITEM),
    "unit_place": PLACE,
}
_RANKS = ("rank_high", "rank_low", "rank_slow", "rank_fast", "rank_best", "rank_worst", "rank_any", "big_list")
_RELATIVE = frozenset({"dengan", "yang", "with", "that", "having", "where", "whose"})
_ALL = frozenset({"semua", "seluruh", "all", "every", "antar"})
_NOT = frozenset({"belum", "tidak", "not"})
_OR = frozenset({"atau", "vs", "versus", "dan", "yang", "berapa", "or", "are", "have"})
MOST_GROUPS = 3


def groups_of(clause: Clause) -> tuple[Group, ...]:
    """The dimensions to split by, in the order named: "per kecamatan", "kelurahan mana", "5 kelurahan tertinggi"."""
    found: dict[Group, None] = {}
    for mention in clause.mentions:
        group = _group(mention)
        if group is not None and _splits(mention, clause):
            found[group] = None
    if len(found) == 1 and _counts_reports(clause):
        found = {Dimension.CATEGORY: None, **found}
    if not found and tells_rest(clause):
        found[Dimension.STATUS] = None
    if not found and _asks_what_reports(clause):
        found[Dimension.CATEGORY] = None
    if not found and clause.cue("where"):
        found[_level_asked(clause) or PLACE] = None
    if not found and clause.cue("who") and clause.cue(*_RANKS):
        found[Dimension.AGENCY] = None
    return tuple(found)[:MOST_GROUPS]


def _counts_reports(clause: Clause) -> bool:
    """ "5 keluhan terbanyak di tiap kecamatan": so many kinds of reports of each."""
    ranked = [each for each in clause.of(Kind.METRIC) if (after := clause.next(each)) and after.cue(*_RANKS)]
    numbered = any(clause.word(each.start - 1).isdigit() or clause.word(each.start - 1) in _NUMBERS for each in ranked)
    return numbered and any(_group(each) is not None and _is_each(each, clause) for each in clause.mentions)


def ranked_within(clause: Clause) -> Group | None:
    """ "3 kategori teratas di tiap kecamatan": the kind of thing of each of which the first ones are asked for."""
    groups = groups_of(clause)
    each = [_group(mention) for mention in clause.mentions if _splits(mention, clause) and _is_each(mention, clause)]
    return next((group for group in each if group in groups and len(groups) == 2), None)


def _is_each(mention: Mention, clause: Clause) -> bool:
    before = clause.previous(mention)
    return before is not None and before.cue("each") and before.end == mention.start


def tells_rest(clause: Clause) -> bool:
    """ "berapa yang selesai dan berapa yang belum", "selesai vs belum": what stands otherwise is asked for too."""
    named = [each for each in clause.mentions if each.of(Kind.TERM) or each.of(Kind.METRIC)]
    known = {place for each in named for place in range(each.start, each.end)}
    follows = {each.start for kind in (Kind.PERIOD, Kind.REGION) for each in clause.of(kind)} | {clause.end}
    return any(
        clause.word(place) in _NOT and clause.word(place - 1) in _OR and place not in known and place + 1 in follows
        for place in range(clause.start + 1, clause.end)
    )


def _level_asked(clause: Clause) -> Group | None:
    """ "desa … di mana": the level that no name of a region follows."""
    levels = [each for each in clause.of(Kind.LEVEL) if not ((after := clause.next(each)) and after.of(Kind.REGION))]
    return _group(levels[0]) if levels else None


def _asks_what_reports(clause: Clause) -> bool:
    """ "keluhan apa yang terbanyak": what is asked stands right after what is counted."""
    counted = [mention for mention in clause.of(Kind.METRIC) if not mention.of(Kind.TERM)]
    return clause.cue(*_RANKS) is not None and any(
        (after := clause.next(mention)) and after.start == mention.end and after.cue("what", "which")
        for mention in counted
    )


def _group(mention: Mention) -> Group | None:
    for sense in mention.of(Kind.LEVEL):
        return _LEVELS[sense.code]
    for sense in mention.of(Kind.CUE):
        if sense.code in _UNITS:
            return _UNITS[sense.code]
    return None


def _splits(mention: Mention, clause: Clause) -> bool:
    """Whether the word for a kind of thing is there to split by it, rather than to name one of them."""
    before, after = clause.previous(mention), clause.next(mention)
    if after and after.of(Kind.REGION) and after.start == mention.end:
        return False
    if before and before.cue("each"):
        return True
    if after and after.cue("which", "what", "all_of", "none", *_RANKS):
        return True
    if before and before.cue("which", "what", *_RANKS) and before.end == mention.start:
        return True
    number = clause.word(mention.start - 1)
    counted = number.isdigit() or any(number == word for word in _NUMBERS)
    return counted or clause.word(mention.start - 1) in _ALL or _described(mention, clause)


_NUMBERS = frozenset(
    [
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "sepuluh",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)


def _described(mention: Mention, clause: Clause) -> bool:
    """ "kelurahan dengan laporan terbanyak", "kecamatan yang di atas …"."""
    end = mention.end
    place = clause.next(mention)
    region = clause.next(place) if place and place.cue("place") else None
    if region and region.of(Kind.REGION):
        end = region.end
    if clause.word(end) not in _RELATIVE:
        return False
    return clause.cue(*_RANKS, "above", "below", "at_least", "at_most") is not None
