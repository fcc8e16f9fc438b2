"""A question cut into clauses that each ask for one thing."""

from dataclasses import dataclass
from functools import cached_property

from agents.reasoners.offline.lexicon import Kind, Mention, Sentence
from pesut.language.tokens import Token

REPORTS = ("show_reports", "newest_reports", "oldest_reports", "what_people_say")
TITLED = ("procedures", "plans")  # words that stand in papers' titles
DOCUMENTS = ("documents", "regulations", "decisions", *TITLED)
RANKS = ("rank_high", "rank_low", "rank_slow", "rank_fast", "rank_best", "rank_worst", "rank_any")
_QUANTITIES = (
    "quantity",
    "average",
    "maximum",
    "minimum",
    "median",
    "trend",
    "change",
    "compare",
    "share",
    "per_capita",
)
_HOW_MANY = ("quantity", "how_many_times")
_FAR_SOURCE = 5  # words between "according to" and the paper: "the water company's business plan"
_READS = (*REPORTS, *DOCUMENTS)
_BETWEEN = frozenset({"dengan", "terhadap", "with", "to"})
_LISTED = frozenset({Kind.REGION, Kind.AGENCY, Kind.PERIOD})


@dataclass(frozen=True)
class Clause:
    """The tokens `start` to `end` (exclusive) of a sentence. `tight`: no mark parts it from the clause before."""

    sentence: Sentence
    start: int
    end: int
    tight: bool = True

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(each for each in self.sentence.mentions if self.start <= each.start and each.end <= self.end)

    @cached_property
    def cues(self) -> frozenset[str]:
        """The names of all cues in it."""
        return frozenset(sense.code for mention in self.mentions for sense in mention.of(Kind.CUE))

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens[self.start : self.end]

    def of(self, kind: Kind) -> tuple[Mention, ...]:
        return tuple(mention for mention in self.mentions if mention.of(kind))

    def cue(self, *names: str) -> Mention | None:
        """The first mention of one of these cues."""
        return next((mention for mention in self.mentions if mention.cue(*names)), None)

    @property
    def asks_quantity(self) -> bool:
        """Whether it asks for a value at all ("berapa", "tren", "paling banyak")."""
        inside = (each for mention in self.of(Kind.METRIC) for each in self.sentence.within(mention))  # "berapa orang"
        asked = self.cue(*_QUANTITIES, *RANKS, "above", "below", "how_many_times")
        return asked is not None or any(each.cue("quantity") for each in inside)

    @property
    def tells(self) -> bool:
        """Whether a word of it, that nothing else explains, is one by which few metrics are called."""
        return any(self.start <= place < self.end for place in self.sentence.telling)

    @property
    def weighs(self) -> bool:
        """Whether more is set against less: "naik dari …", "lebih banyak dari …", "tinggian mana"."""
        return self.cue("change", "more_or_less") is not None or any(token.word == "lebih" for token in self.tokens)

    @property
    def cites(self) -> bool:
        """Whether a document is named as the source of the answer: "menurut perda", "isi SOP"."""
        papers = [each for each in self.mentions if each.cue(*DOCUMENTS)]
        return any((before := self.previous(each)) and before.cue("within") for each in papers) or any(
            0 <= paper.start - source.end <= _FAR_SOURCE
            for paper in papers
            for source in self.mentions
            if source.cue("source")
        )

    def word(self, place: int) -> str:
        """The word at a place of the sentence; "" outside this clause."""
        return self.sentence.tokens[place].word if self.start <= place < self.end else ""

    def next(self, mention: Mention) -> Mention | None:
        """The mention that follows, with at most one word between and no mark."""
        near = [each for each in self.mentions if 0 <= each.start - mention.end <= 1]
        found = near[0] if near else None
        return found if found and not self.sentence.tokens[found.start].broken else None

    def previous(self, mention: Mention) -> Mention | None:
        """The mention before, with at most one word between and no mark."""
        near = [each for each in self.mentions if 0 <= mention.start - each.end <= 1]
        return near[-1] if near and not self.sentence.tokens[mention.start].broken else None


def clauses_of(sentence: Sentence) -> tuple[Clause, ...]:
    """Cuts where both sides ask for something of their own: "berapa laporan banjir, dan berapa serapan anggaran DLH?"."""
    if not sentence.tokens:
        return ()
    edges = [0]
    for place in _possible_edges(sentence):
        left = Clause(sentence, edges[-1], place)
        right = Clause(sentence, place, _next_edge(sentence, place))
        if _asks(left) and _asks_after(right, left) and not (edges == [0] and _only_cites(left)):
            edges.append(place)
    ends = [*edges[1:], len(sentence.tokens)]
    return tuple(
        Clause(sentence, start, end, tight=start == 0 or not _marked(sentence, start))
        for start, end in zip(edges, ends, strict=True)
    )


def _only_cites(first: Clause) -> bool:
    """ "Menurut rencana bisnis, …": the source of what is asked after it."""
    opening = first.mentions[0] if first.mentions else None
    return opening is not None and opening.start == 0 and opening.cue("source") and first.cites


def _possible_edges(sentence: Sentence) -> list[int]:
    taken = {place for mention in sentence.mentions for place in range(mention.start + 1, mention.end)}
    joiners = {
        mention.start
        for mention in sentence.mentions
        if mention.cue("joiner", "compare") and not _between_two_of_a_kind(mention, sentence)
    }
    return [
        place
        for place, token in enumerate(sentence.tokens)
        if place and place not in taken and (place in joiners or token.broken or token.word in _BETWEEN)
    ]


def _between_two_of_a_kind(joiner: Mention, sentence: Sentence) -> bool:
    """ "Palaran lawan Sambutan": a list of places, agencies or periods, not two questions."""
    before = {sense.kind for each in sentence.mentions if each.end == joiner.start for sense in each.senses}
    after = {sense.kind for each in sentence.mentions if each.start == joiner.end for sense in each.senses}
    return bool(before & after & _LISTED)


def _next_edge(sentence: Sentence, place: int) -> int:
    """Where the part that begins here ends: before the next mark or joining word."""
    return next((edge for edge in _possible_edges(sentence) if edge > place + 1), len(sentence.tokens))


def _marked(sentence: Sentence, start: int) -> bool:
    return sentence.tokens[start].broken


def _asks(clause: Clause) -> bool:
    """Whether a clause names what it asks for: a metric, reports to read, or documents; or how much of an item or the like."""
    if clause.cue(*_READS) or clause.of(Kind.METRIC):
        return True
    return clause.cue("quantity") is not None and bool(clause.of(Kind.ITEM) or clause.tells)


def _asks_after(right: Clause, left: Clause) -> bool:
    """Whether the right part asks for something else than the left: not when it only lists another category or item."""
    if right.cue(*_READS):
        return True
    quantity = right.cue(*_HOW_MANY) is not None
    if (
        quantity
        and left.cue(*_HOW_MANY)
        and (right.tells or _of_other_term(right, left) or _of_other_item(right, left))
    ):
        return True
    for mention in right.of(Kind.METRIC):
        also_term = bool(mention.of(Kind.TERM) or mention.of(Kind.ITEM))
        if quantity or not also_term or not (left.of(Kind.TERM) or left.of(Kind.ITEM)):
            return True
    return False


def _of_other_term(right: Clause, left: Clause) -> bool:
    """ "…, dan berapa yang sudah selesai": a term of another dimension than those before."""
    own, before = (
        {sense.within for mention in clause.of(Kind.TERM) for sense in mention.of(Kind.TERM)}
        for clause in (right, left)
    )
    return bool(own) and not own & before


def _of_other_item(right: Clause, left: Clause) -> bool:
    """ "…, DBD berapa": an item of other data than the items before."""
    own, before = (
        {sense.within for mention in clause.of(Kind.ITEM) for sense in mention.of(Kind.ITEM)}
        for clause in (right, left)
    )
    return bool(own) and not own & before
