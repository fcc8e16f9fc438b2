"""Everything that one clause wants, gathered from its readers."""

from agents.reasoners.offline.clauses import REPORTS, Clause
from agents.reasoners.offline.facts import plain_reports
from agents.reasoners.offline.lexicon import Kind, Lexicon
from agents.reasoners.offline.reads.amounts import amount_of
from agents.reasoners.offline.reads.groups import groups_of
from agents.reasoners.offline.reads.ranks import rank_of
from agents.reasoners.offline.reads.regions import places_of
from agents.reasoners.offline.reads.shows import per_people, share_of_city, show_of
from agents.reasoners.offline.reads.terms import agencies_of, is_placed, items_of, listed_of, terms_of, thresholds_of
from agents.reasoners.offline.reads.times import times_of
from agents.reasoners.offline.wishes import Wishes
from pesut.catalog.models import ReportMetric
from pesut.contracts import Dimension
from pesut.language.stems import stems_of


def wishes_of(clause: Clause, lexicon: Lexicon, *, reports: bool = False) -> Wishes:
    """What the clause wants. `reports`: words that may name a category or a metric are read as categories of reports."""
    plain = plain_reports(lexicon.catalog)
    about_reports = reports or speaks_of_reports(clause, lexicon)
    terms, excluded = terms_of(clause, reports=about_reports, counted=plain.code if plain else "")
    if about_reports and Dimension.CATEGORY not in terms:
        terms |= _scattered_category(clause, lexicon)
    times = times_of(clause)
    return Wishes(
        places=places_of(clause, lexicon),
        agencies=agencies_of(clause),
        terms=terms,
        excluded=excluded,
        items=items_of(clause),
        items_said=", ".join(clause.sentence.words(mention) for mention in clause.of(Kind.ITEM)),
        listed=listed_of(clause),
        thresholds=thresholds_of(clause),
        period=times.period,
        period_words=times.words,
        more_periods=times.more,
        baseline=times.baseline,
        comparison=times.comparison,
        change=times.change,
        grain=times.grain,
        trend=times.trend,
        groups=groups_of(clause),
        rank=rank_of(clause),
        amount=amount_of(clause),
        show=show_of(clause),
        per_people=per_people(clause),
        average=_averages(clause),
        share_of_city=share_of_city(clause),
    )


def _averages(clause: Clause) -> bool:
    """Whether a mean is asked for, be it by the metric's own name ("rata-rata ISPU")."""
    inside = (each for mention in clause.of(Kind.METRIC) for each in clause.sentence.within(mention))
    return clause.cue("average") is not None or any(each.cue("average") for each in inside)


def _scattered_category(clause: Clause, lexicon: Lexicon) -> dict[Dimension, tuple[str, ...]]:
    """The category one of whose names has all its words here, in whatever order: "kada banyu mangalir"."""
    places = {
        place for each in clause.of(Kind.REGION) if is_placed(each, clause) for place in range(each.start, each.end)
    }
    said = {
        stem
        for place, token in enumerate(clause.tokens, clause.start)
        if place not in places
        for word in (token.word, *token.guesses, *token.far_guesses)
        for stem in stems_of(word)
    }
    found = [
        (len(words), code) for code, words in lexicon.category_names if all(stems_of(word) & said for word in words)
    ]
    return {Dimension.CATEGORY: (max(found)[1],)} if found else {}


def speaks_of_reports(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause names reports, so that "sampah" beside them is a category of theirs and not tons of waste."""
    if clause.cue(*REPORTS, "hot_spots"):
        return True
    for mention in clause.of(Kind.METRIC):
        metrics = [lexicon.catalog.metric(sense.code) for sense in mention.of(Kind.METRIC)]
        only = not mention.of(Kind.ITEM) and not any(sense.within == "category" for sense in mention.of(Kind.TERM))
        if only and any(
            isinstance(base, ReportMetric) for metric in metrics if metric for base in lexicon.catalog.bases(metric)
        ):
            return True
    return False
