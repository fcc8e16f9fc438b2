"""Questions that lean on the turn before: "kalau di Palaran?", "dan bulan sebelumnya?", "yang tertinggi mana?"."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from agents.reasoners.offline.clauses import DOCUMENTS, REPORTS
from agents.reasoners.offline.lexicon import Kind, Sentence
from agents.reasoners.offline.wishes import Wishes
from pesut.contracts import Dimension, MetricQuery, MetricStep, ReportStep, Step, Turn
from pesut.language.numbers import ordinal_at

_SURE = 75.0
_LEANING = frozenset(
    {
        "yang",
        "soal",
        "untuk",
        "khusus",
        "kalau",
        "bagaimana",
        "lalu",
        "lantas",
        "terus",
        "kemudian",
        "dan",
        "what",
        "how",
        "and",
        "then",
        "kalo",
    }
)
_POINTING = ("that_one",)
_HEADS = (Kind.METRIC, Kind.ITEM)


@dataclass(frozen=True)
class Leaning:
    """How a question leans. `whole`: it names nothing of its own, so all unsaid things are as before; else only place and period
    are taken over.
    """

    steps: tuple[Step, ...]
    whole: bool

    @property
    def metric(self) -> MetricQuery | None:
        """The query of the turn before that is carried on."""
        return next((step.query for step in self.steps if isinstance(step, MetricStep)), None)

    @property
    def metrics(self) -> tuple[MetricQuery, ...]:
        return tuple(step.query for step in self.steps if isinstance(step, MetricStep))


def leaning_of(sentence: Sentence, wishes: Wishes, history: tuple[Turn, ...]) -> Leaning | None:
    """Whether and how the question leans on the latest turn that had steps."""
    steps = _latest_steps(history)
    if not steps:
        return None
    cues = {sense.code for mention in sentence.mentions for sense in mention.of(Kind.CUE)}
    own = any(mention.of(kind) for mention in sentence.mentions for kind in _HEADS if not mention.of(Kind.REGION))
    reads = bool(cues & {*REPORTS, *DOCUMENTS, "advice", "why", "show", "newest"})
    leads = sentence.tokens[0].word in _LEANING if sentence.tokens else False
    points = bool(cues & set(_POINTING)) or any(
        token.word.endswith("nya") and len(token.word) > 5 for token in sentence.tokens
    )
    if own:
        return Leaning(steps, whole=False) if leads or points else None
    if not _says_something(wishes, cues) and not reads:
        return None
    if Dimension.CATEGORY in wishes.terms and not (leads or points) and "quantity" in cues:
        return None
    return Leaning(steps, whole=True)


def chosen_option(text: str, sentence: Sentence, history: tuple[Turn, ...]) -> str | None:
    """The question of the option that the text picks from what was asked back: by its label, or by its place."""
    clarify = history[-1].plan.clarify if history else None
    if clarify is None or not clarify.options:
        return None
    place = _place(sentence)
    if place is not None and 1 <= place <= len(clarify.options) and len(sentence.tokens) <= 4:
        return clarify.options[place - 1].question
    labels = {option.label.casefold(): option.question for option in clarify.options}
    found = process.extractOne(text.casefold(), list(labels), scorer=fuzz.token_set_ratio, score_cutoff=_SURE)
    return labels[found[0]] if found and len(sentence.tokens) <= 8 else None


def replaced_reports(leaning: Leaning) -> ReportStep | None:
    """The report step of the turn before, when it had nothing measured."""
    if leaning.metric is not None:
        return None
    return next((step for step in leaning.steps if isinstance(step, ReportStep)), None)


def _latest_steps(history: tuple[Turn, ...]) -> tuple[Step, ...]:
    return next((turn.plan.steps for turn in reversed(history) if turn.plan.steps), ())


def _says_something(wishes: Wishes, cues: set[str]) -> bool:
    places = wishes.places
    named = bool(places.named or places.whole or places.unknown or wishes.agencies or wishes.terms or wishes.excluded)
    timed = wishes.period is not None or wishes.grain is not None or wishes.trend or wishes.comparison is not None
    shaped = bool(wishes.groups) or wishes.rank is not None or wishes.amount is not None or wishes.show is not None
    return named or timed or shaped or wishes.change or wishes.baseline is not None or "why" in cues


def _place(sentence: Sentence) -> int | None:
    words = [
        token.word
        for token in sentence.tokens
        if token.word not in {"yang", "nomor", "pilihan", "opsi", "the", "option", "one"}
    ]
    number = ordinal_at(words, 0) if words else None
    return number.whole if number and number.end == len(words) else None
