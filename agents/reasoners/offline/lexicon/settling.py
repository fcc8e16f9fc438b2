"""Which of overlapping mentions stand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from agents.reasoners.offline.lexicon.senses import Kind, Mention, Sense
from pesut.language.matter import is_light
from pesut.language.tokens import Token

JOINERS = frozenset({"dan", "atau", "serta", "and", "or", "-", "/"})
_AGGREGATES = ("average", "median", "maximum", "minimum")
_WEIGHING = ("compare", "more_or_less", "rank_high", "rank_low", "rank_best", "rank_worst")
_HEAD_ALONE = 0.9
_ELLIPTIC = (Kind.REGION, Kind.ITEM, Kind.TERM, Kind.METRIC)


def settled(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Of overlapping mentions those that explain most words best; on a draw periods before others, then those that do not begin
    with a word for a mean or the like, which stands by itself too ("rata-rata | waktu tanggap kebakaran"), then the earlier.
    """
    known = tuple(mentions)
    turns = {each.start for each in known if each.cue(*_AGGREGATES)}
    chosen: list[Mention] = []
    for mention in sorted(known, key=lambda each: _weight(each, turns), reverse=True):
        if not any(_overlap(mention, each) for each in chosen):
            chosen.append(mention)
    return tuple(sorted(chosen, key=lambda each: each.start))


def merged(mentions: Sequence[Mention]) -> list[Mention]:
    """With "gangguan air bersih" for "gangguan air" and "air bersih": what two overlapping mentions both mean, over both."""
    found = list(mentions)
    for first in mentions:
        for second in mentions:
            senses = tuple(sense for sense in first.senses if sense in second.senses and sense.kind in _ELLIPTIC)
            if senses and first.start < second.start < first.end < second.end:
                found.append(Mention(first.start, second.end, senses, min(first.quality, second.quality)))
    return found


def opened(
    chosen: tuple[Mention, ...], considered: Sequence[Mention], datasets: Callable[[str], frozenset[str]]
) -> tuple[Mention, ...]:
    """Beside an item, words that name a category but hold the item's metric mean the metric: "telur | harganya | naik"."""
    items = {sense.within for mention in chosen for sense in mention.of(Kind.ITEM)}
    found: list[Mention] = []
    for mention in chosen:
        inside = [each for each in considered if mention.covers(each) and each.length < mention.length]
        owns = any(datasets(sense.code) & items for each in inside for sense in each.of(Kind.METRIC))
        only_term = bool(mention.of(Kind.TERM)) and not mention.of(Kind.METRIC) and not mention.of(Kind.ITEM)
        found += settled(inside) if only_term and owns else [mention]
    return tuple(found)


def interlocked(
    chosen: tuple[Mention, ...], considered: Iterable[Mention], datasets: Callable[[str], frozenset[str]]
) -> tuple[Mention, ...]:
    """Lets the words that end a metric's name also begin one of its items: "penerimaan pajak | pajak restoran".

    `datasets` gives the datasets that a metric's code rests on.
    """
    standing = list(chosen)
    for item in considered:
        owner = next(
            (each for each in standing if each.of(Kind.METRIC) and each.start < item.start < each.end < item.end), None
        )
        if owner is None or not _owns(owner, item, datasets):
            continue
        rest = [each for each in standing if each is not owner and not _overlap(each, item)]
        blocking = [each for each in standing if each is not owner and _overlap(each, item) and not item.covers(each)]
        if not blocking:
            standing = [*rest, replace(owner, end=item.start), item]
    return tuple(sorted(standing, key=lambda each: each.start))


def after_reports(
    chosen: tuple[Mention, ...], considered: Sequence[Mention], counts_reports: Callable[[Mention], bool]
) -> tuple[Mention, ...]:
    """Right after a word for reports, what begins with one of their categories is no metric of its own: "laporan | sampah | per
    1.000 penduduk".
    """
    found: list[Mention] = []
    for place, mention in enumerate(chosen):
        before = chosen[place - 1] if place else None
        follows = before is not None and before.end == mention.start and counts_reports(before)
        inside = [each for each in considered if mention.covers(each) and each.length < mention.length]
        category = any(each.start == mention.start and each.of(Kind.TERM) for each in inside)
        if follows and category and mention.of(Kind.METRIC) and not mention.of(Kind.TERM):
            found += settled(inside)
        else:
            found.append(mention)
    return tuple(found)


def completed(
    chosen: tuple[Mention, ...], tokens: Sequence[Token], lookup: Callable[[Sequence[str]], Mention | None]
) -> tuple[Mention, ...]:
    """Adds what a list leaves unsaid: "cabai rawit dan merah", "Teluk Lerong Ulu dan Ilir"."""
    found = list(chosen)
    for mention in chosen:
        place = mention.end + 1
        if mention.length < 2 or place >= len(tokens) or tokens[place - 1].word not in JOINERS:
            continue
        if place + 1 < len(tokens) and tokens[place].word == "yang":
            place += 1
        if any(each.start <= place < each.end and not _weak(each) for each in chosen):
            continue
        words = [token.word for token in tokens[mention.start : mention.end - 1]]
        other = lookup([*words, tokens[place].word])
        if other and any(other.of(kind) and mention.of(kind) for kind in _ELLIPTIC):
            found = [each for each in found if not each.start <= place < each.end]
            found.append(replace(other, start=place, end=place + 1))
    return tuple(sorted(found, key=lambda each: each.start))


def headed(
    chosen: tuple[Mention, ...],
    tokens: Sequence[Token],
    heads: Mapping[str, Sense],
    counts_reports: Callable[[Mention], bool],
) -> tuple[Mention, ...]:
    """Adds categories called by the chief word of their name alone, right after a word for reports or across an "atau" from
    another category: "laporan jalan", "sampah atau jalan".
    """
    found = {place: mention for mention in chosen for place in range(mention.start, mention.end)}
    for place, token in enumerate(tokens):
        if place in found or token.word not in heads or _runs_on(tokens[place + 1 : place + 2], place + 1 in found):
            continue
        before = found.get(place - 1)
        across = [found.get(place + 2 * step) for step in (-1, 1) if _joins(place + step, tokens)]
        if (before and counts_reports(before)) or any(each and each.of(Kind.TERM) for each in across):
            found[place] = Mention(place, place + 1, (heads[token.word],), _HEAD_ALONE)
    return tuple(sorted(set(found.values()), key=lambda each: each.start))


def alike(chosen: tuple[Mention, ...], tokens: Sequence[Token]) -> tuple[Mention, ...]:
    """What is weighed across a "dan" or "atau" is of one kind: "lebih parah macet atau jalan rusak" sets two categories against
    each other, not a speed and a length.
    """
    if not any(each.cue(*_WEIGHING) for each in chosen) and all(token.word != "lebih" for token in tokens):
        return chosen
    found = {each: each for each in chosen}
    for first, second in pairwise(chosen):
        if second.start == first.end + 1 and tokens[first.end].word in JOINERS and _differ(first, second):
            found |= {first: _as_term(first), second: _as_term(second)}
    return tuple(found.values())


def _differ(first: Mention, second: Mention) -> bool:
    shared = set(first.of(Kind.METRIC)) & set(second.of(Kind.METRIC))
    return bool(first.of(Kind.TERM) and second.of(Kind.TERM)) and not shared


def _as_term(mention: Mention) -> Mention:
    return replace(mention, senses=tuple(sense for sense in mention.senses if sense.kind is not Kind.METRIC))


def _joins(place: int, tokens: Sequence[Token]) -> bool:
    return 0 <= place < len(tokens) and tokens[place].word in JOINERS


def _runs_on(following: Sequence[Token], known: bool) -> bool:
    """Whether the word after belongs to what the word before begins, as a street's name does."""
    return bool(following) and not (known or following[0].broken or is_light(following[0].word))


def _weight(mention: Mention, turns: set[int]) -> tuple[float, bool, bool, int]:
    plain = mention.start not in turns
    return (mention.length * mention.quality, bool(mention.of(Kind.PERIOD)), plain, -mention.start)


def _overlap(first: Mention, second: Mention) -> bool:
    return first.start < second.end and second.start < first.end


def _owns(owner: Mention, item: Mention, datasets: Callable[[str], frozenset[str]]) -> bool:
    within = {sense.within for sense in item.of(Kind.ITEM)}
    return any(datasets(sense.code) & within for sense in owner.of(Kind.METRIC))


def _weak(mention: Mention) -> bool:
    """A mention of one word that may give way: a status or a turn of phrase that the word happens to be too."""
    return (
        mention.length == 1
        and not mention.of(Kind.REGION)
        and not mention.of(Kind.ITEM)
        and not mention.of(Kind.PERIOD)
    )
