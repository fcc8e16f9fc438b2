"""Finds what the words of a question may mean, and settles which readings stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agents.reasoners.offline.lexicon.lexicon import Lexicon
from agents.reasoners.offline.lexicon.senses import Kind, Mention, Sense
from agents.reasoners.offline.lexicon.settling import (
    after_reports,
    alike,
    completed,
    headed,
    interlocked,
    merged,
    opened,
    settled,
)
from pesut.language.common import ordinary_words
from pesut.language.matter import is_light
from pesut.language.periods import PeriodMention, periods_in
from pesut.language.phrases import FAR, GUESS, STEM, Match
from pesut.language.tokens import Token, tokens_of

_CLOSE = 0.015  # senses within this of the best fit of the same words stay in question
_AMOUNTS = ("above", "below", "at_least", "at_most")
_TELLING = 3.0  # weight of a word that at most about one metric in twenty has in its names
_PLACE_CUES = ("place",)
_YEAR = re.compile(r"(19|20)\d\d")
_GUESSED_PLACE = 9  # letters from which a misspelt place is believed without "di" before it


@dataclass(frozen=True)
class Sentence:
    """A question's words, the mentions that stand (left to right, none overlapping), and all that were considered. `telling` are the
    places, outside them, of words that few metrics have in their names ("meninggal").
    """

    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    considered: tuple[Mention, ...]
    periods: tuple[PeriodMention, ...]
    telling: frozenset[int] = frozenset()

    def period(self, mention: Mention) -> PeriodMention:
        """The period that a mention of kind PERIOD stands for."""
        return next(each for each in self.periods if each.start == mention.start and each.end == mention.end)

    def words(self, mention: Mention) -> str:
        """A mention as it was typed."""
        return self.text[self.tokens[mention.start].start : self.tokens[mention.end - 1].end]

    def within(self, mention: Mention) -> tuple[Mention, ...]:
        """Smaller mentions that lost to this one."""
        return tuple(each for each in self.considered if mention.covers(each) and each.length < mention.length)


def sentence_of(text: str, lexicon: Lexicon, now: datetime) -> Sentence:
    """Reads a question against a lexicon. `now` is aware, in the city's zone."""
    tokens = lexicon.corrections.mended(_unglued(tokens_of(text, lexicon.spelling), lexicon))
    named = _gathered(lexicon.index.find(tokens))
    amounts = {
        place
        for each in named
        if each.cue(*_AMOUNTS) and each.end < len(tokens) and _is_amount(each, tokens[each.end])
        for place in range(each.start, each.end + 1)
    }
    periods = periods_in(tokens, now, lexicon.city.calendar.holidays, amounts)
    found = _joined([*named, *_period_mentions(periods)])
    considered = [each for mention in merged(found) if (each := _believed(mention, tokens, found))]
    standing = _standing(considered, tokens, lexicon)
    return Sentence(text, tokens, standing, tuple(considered), periods, _telling(tokens, standing, lexicon))


def _telling(tokens: Sequence[Token], standing: Sequence[Mention], lexicon: Lexicon) -> frozenset[int]:
    taken = {place for mention in standing for place in range(mention.start, mention.end)}
    free = (place for place, token in enumerate(tokens) if place not in taken and not is_light(token.word))
    return frozenset(place for place in free if lexicon.names.weight(tokens[place].word) > _TELLING)


def _is_amount(before: Mention, token: Token) -> bool:
    """ "paling sedikit 2025" ranks the values of a year; "paling sedikit 5" is an amount."""
    ranks = before.cue("rank_high", "rank_low")
    return token.is_number and not (ranks and _YEAR.fullmatch(token.word))


def _unglued(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """ "dipalaran" as "di palaran"."""
    found: list[Token] = []
    for token in tokens:
        rest = token.word[2:]
        if token.word[:2] in {"di", "ke"} and rest in lexicon.place_words and not lexicon.corrections.known(token.word):
            middle = token.start + 2
            found.append(replace(token, text=token.text[:2], end=middle, word=token.word[:2], raw=token.word[:2]))
            found.append(replace(token, text=token.text[2:], start=middle, word=rest, raw=rest, broken=False))
        else:
            found.append(token)
    return found


def _standing(considered: Sequence[Mention], tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Mention, ...]:
    chosen = after_reports(settled(considered), considered, lexicon.counts_reports)
    chosen = opened(chosen, considered, lexicon.datasets_of)
    chosen = interlocked(chosen, considered, lexicon.datasets_of)
    chosen = completed(chosen, tokens, lambda words: _looked_up(words, lexicon))
    return alike(headed(chosen, tokens, lexicon.category_heads, lexicon.counts_reports), tokens)


def _looked_up(words: Sequence[str], lexicon: Lexicon) -> Mention | None:
    """The mention that exactly these words would be."""
    tokens = [Token(word, 0, 0, word, word) for word in words]
    whole = [match for match in lexicon.index.find(tokens) if match.start == 0 and match.end == len(words)]
    found = _gathered(whole)
    return found[0] if found else None


def _gathered(matches: Sequence[Match[Sense]]) -> list[Mention]:
    """One mention for the same words, with the senses that fit (nearly) best."""
    by_span: dict[tuple[int, int], list[Match[Sense]]] = {}
    for match in matches:
        by_span.setdefault((match.start, match.end), []).append(match)
    mentions: list[Mention] = []
    for (start, end), same in by_span.items():
        best = max(match.quality for match in same)
        senses = tuple(dict.fromkeys(match.value for match in same if match.quality >= _least(match, same) - _CLOSE))
        mentions.append(Mention(start, end, _whole_names(senses), best))
    return mentions


def _least(match: Match[Sense], same: Sequence[Match[Sense]]) -> float:
    """The best fit of the same words; a word that only might be personal ("pengadunya") outbids no name of the catalog."""
    rivals = [each for each in same if each is match or not each.value.is_personal]
    return max(each.quality for each in rivals)


def _joined(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention for the same words, whichever reader found them."""
    by_span: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        same = by_span.get((mention.start, mention.end))
        senses = (*same.senses, *mention.senses) if same else mention.senses
        by_span[(mention.start, mention.end)] = Mention(
            mention.start, mention.end, senses, max(mention.quality, same.quality if same else 0.0)
        )
    return list(by_span.values())


def _whole_names(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Without regions named in part, where others are named in full."""
    full = any(sense.kind is Kind.REGION and not sense.partly for sense in senses)
    return tuple(sense for sense in senses if not (full and sense.partly))


def _period_mentions(periods: Iterable[PeriodMention]) -> list[Mention]:
    return [Mention(period.start, period.end, (Sense(Kind.PERIOD, period.kind.value),), 1.0) for period in periods]


def _believed(mention: Mention, tokens: Sequence[Token], found: Sequence[Mention]) -> Mention | None:
    """The mention without senses that its surroundings do not bear out; None when nothing is left."""
    senses = tuple(sense for sense in mention.senses if _bears_out(sense, mention, tokens, found))
    return Mention(mention.start, mention.end, senses, mention.quality) if senses else None


def _bears_out(sense: Sense, mention: Mention, tokens: Sequence[Token], found: Sequence[Mention]) -> bool:
    """Places named by an ordinary word alone, and misspelt short ones, need a word for a place before them."""
    if sense.kind is Kind.CUE:
        return mention.quality > FAR
    words = [token.word for token in tokens[mention.start : mention.end]]
    if sense.kind is not Kind.REGION:
        return mention.quality > STEM or len(words) > 1 or not is_light(words[0])  # "mohon" asks for no "permohonan"
    guessed = mention.quality <= GUESS
    ordinary = len(words) == 1 and words[0] in ordinary_words()
    doubtful = ordinary or (guessed and len("".join(words)) < _GUESSED_PLACE)
    return not doubtful or _after_place_word(mention, found)


def _after_place_word(mention: Mention, found: Sequence[Mention]) -> bool:
    return any(each.end == mention.start and (each.cue(*_PLACE_CUES) or each.of(Kind.LEVEL)) for each in found)
