"""Which metric a clause asks for."""

from agents.reasoners.offline.choosing.choice import Choice, How
from agents.reasoners.offline.choosing.naming import by_name, by_pair, by_turn
from agents.reasoners.offline.choosing.pointing import (
    by_group,
    by_item,
    by_item_and_words,
    by_joined_terms,
    by_kind_of_item,
    by_statuses,
    by_term,
    by_threshold,
    by_unit,
)
from agents.reasoners.offline.choosing.refining import refined
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import is_fraction, plain_reports
from agents.reasoners.offline.lexicon import Kind, Lexicon
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import by_words
from pesut.catalog.models import RatioMetric, ReportMetric
from pesut.contracts import Dimension, Show

__all__ = ["Choice", "How", "choose", "refined"]

_WHOLE = 0.95  # share of a name's weight from which it counts as whole


def choose(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """The metric of a clause, or None where nothing in it points to one."""
    found = (
        by_statuses(clause, lexicon)
        or by_turn(clause, wishes, lexicon)
        or by_pair(clause, wishes.show, lexicon)
        or by_joined_terms(clause, wishes, lexicon)
        or _named(clause, wishes, lexicon)
        or by_unit(clause, lexicon)
        or _scattered(clause, lexicon)
        or by_threshold(clause, wishes)
        or by_item(clause, lexicon)
        or by_item_and_words(clause, lexicon)
        or by_term(clause, lexicon)
        or by_group(clause, wishes, lexicon)
        or by_kind_of_item(clause, wishes, lexicon)
        or _by_words(clause, wishes, lexicon)
    )
    return refined(found, clause, wishes, lexicon) if found else None


def _named(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    found = by_name(clause, wishes, lexicon)
    plain = plain_reports(lexicon.catalog)
    return _timed(clause, lexicon) or found if found and plain and found.metrics == (plain.code,) else found


def _timed(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """A time of reports whose name is there whole around the reports' own: "lama keluhan digarap"."""
    times = tuple(each.code for each in lexicon.catalog.metrics if isinstance(each, ReportMetric) and not each.counts)
    reports = next((each for each in clause.of(Kind.METRIC) if lexicon.counts_reports(each)), None)
    codes = by_words(clause, lexicon, times, least=_WHOLE, shortest=2, besides=reports) if times and reports else ()
    return Choice(codes[:1], How.WORDS, dropped=(Dimension.STATUS,)) if codes else None


def _scattered(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """A metric whose name of several words is there whole, in whatever order ("puskesmas mana yang antreannya …")."""
    codes = by_words(clause, lexicon, least=_WHOLE, shortest=2)
    return Choice(codes[:1], How.WORDS) if codes else None


def _by_words(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """Of several that fit, the shares where a share is asked for, and what is counted where a number is."""
    codes = by_words(clause, lexicon)
    wanted: tuple[str, ...] = ()
    if wishes.show is Show.SHARE:
        wanted = tuple(code for code in codes if is_fraction(lexicon.catalog.metric(code)))
    elif clause.cue("quantity"):
        wanted = tuple(code for code in codes if not isinstance(lexicon.catalog.metric(code), RatioMetric))
    return Choice(wanted or codes, How.WORDS) if codes else None
