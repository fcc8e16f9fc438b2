"""Which periods a clause speaks of, what it compares them with, and how it splits them."""

from dataclasses import dataclass

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind, Mention
from pesut.contracts import Comparison, Grain
from pesut.language.periods import PeriodKind, PeriodMention
from pesut.language.periods.vocabulary import PAST

_GRAINS = tuple((f"{lead}_{grain.value}", grain) for grain in Grain for lead in ("grain", "when"))
_LINKS = frozenset({"dengan", "to", "with", "pada", "periode", "the", "same", "di", "in", "from", "dari", "than"})
_AGAINST = frozenset({"terhadap"})


@dataclass(frozen=True)
class Times:
    """`period` is what is asked about, `more` further periods beside it, `baseline` what it is held against."""

    period: PeriodMention | None = None
    words: str = ""
    more: tuple[PeriodMention, ...] = ()
    baseline: PeriodMention | None = None
    comparison: Comparison | None = None
    change: bool = False
    grain: Grain | None = None
    trend: bool = False


def times_of(clause: Clause) -> Times:
    """Periods and comparisons of a clause."""
    mentions = clause.of(Kind.PERIOD)
    baseline = next((each for each in mentions if _is_baseline(each, clause)), None)
    own = [each for each in mentions if each is not baseline]
    periods = [clause.sentence.period(each) for each in own]
    periods.sort(key=_says_nothing_more)
    ends = periods[0].ends if len(periods) == 1 and baseline is None and _sets_ends_apart(periods[0], clause) else None
    return Times(
        period=ends[1] if ends else periods[0] if periods else None,
        words=clause.sentence.words(own[0]) if own else "",
        more=tuple(each for each in periods[1:] if not _says_nothing_more(each)),
        baseline=clause.sentence.period(baseline) if baseline else ends[0] if ends else None,
        comparison=_comparison(clause) or _the_same_before(baseline, clause),
        change=clause.cue("change") is not None,
        grain=next((grain for cue, grain in _GRAINS if _tells_steps(cue, clause)), None),
        trend=clause.cue("trend") is not None,
    )


def _sets_ends_apart(period: PeriodMention, clause: Clause) -> bool:
    """ "perubahan dari 2024 ke 2025", "sebelum dan sesudah Lebaran"."""
    return period.kind is PeriodKind.BESIDE or clause.cue("compare", "change") is not None


def _tells_steps(cue: str, clause: Clause) -> bool:
    """ "per jam", but not "berapa jam", which asks for a length of time."""
    return any(mention.cue(cue) and clause.word(mention.start - 1) != "berapa" for mention in clause.mentions)


def _says_nothing_more(period: PeriodMention) -> bool:
    """Beside another period: "sekarang", "sampai hari ini"."""
    return period.kind in {PeriodKind.NOW, PeriodKind.UNTIL}


def _comparison(clause: Clause) -> Comparison | None:
    """A comparison told without a period of its own."""
    if clause.cue("same_last_year"):
        return Comparison.LAST_YEAR
    return Comparison.PREVIOUS_PERIOD if clause.cue("previous") else None


def _the_same_before(baseline: Mention | None, clause: Clause) -> Comparison | None:
    """ "7 hari terakhir dibanding 7 hari sebelumnya": as long a time, just before."""
    if baseline is None or baseline.end - baseline.start < 3:
        return None
    return Comparison.PREVIOUS_PERIOD if clause.sentence.period(baseline).moves else None


def _is_baseline(mention: Mention, clause: Clause) -> bool:
    """Whether "dibanding" or the like stands before the period, with only small words between; or "dari" after a change."""
    before = mention.start - 1
    while clause.word(before) in _LINKS:
        before -= 1
    led = [each for each in clause.mentions if before < each.end <= mention.start]
    compared = any(each.cue("compare") for each in led) or (
        len(clause.of(Kind.PERIOD)) > 1 and any(each.cue("above", "below") for each in led)
    )
    if clause.word(mention.start - 1) in _AGAINST and len(clause.of(Kind.PERIOD)) > 1:
        return True
    from_word = clause.word(mention.start - 1) in {"dari", "from"} or clause.word(mention.start) in {"dari", "from"}
    gone = clause.word(mention.end - 1) in PAST
    return compared or (from_word and clause.weighs and (gone or len(clause.of(Kind.PERIOD)) > 1))
