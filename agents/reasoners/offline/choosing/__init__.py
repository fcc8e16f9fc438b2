"""Which metric a clause asks for."""

from agents.reasoners.offline.choosing.choice import Choice, How
from agents.reasoners.offline.choosing.naming import by_name, by_pair, by_turn
from agents.reasoners.offline.choosing.pointing import (
    by_group,
    by_item,
    by_item_and_words,
    by_kind_of_item,
    by_term,
    by_threshold,
)
from agents.reasoners.offline.choosing.refining import refined
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import is_fraction
from agents.reasoners.offline.lexicon import Lexicon
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import by_words
from pesut.contracts import Show

__all__ = ["Choice", "How", "choose", "refined"]

_WHOLE = 0.95  # share of a name's weight from which it counts as whole


def choose(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """The metric of a clause, or None where nothing in it points to one."""
    found = (
        by_turn(clause, wishes, lexicon)
        or by_pair(clause, wishes.show, lexicon)
        or by_name(clause, wishes, lexicon)
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


def _scattered(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """A metric whose name of several words is there whole, in whatever order ("puskesmas mana yang antreannya …")."""
    codes = by_words(clause, lexicon, least=_WHOLE, shortest=2)
    return Choice(codes[:1], How.WORDS) if codes else None


def _by_words(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """Of several that fit, the shares where a share is asked for."""
    codes = by_words(clause, lexicon)
    shares = tuple(code for code in codes if is_fraction(lexicon.catalog.metric(code)))
    wanted = shares if wishes.show is Show.SHARE and shares else codes
    return Choice(wanted, How.WORDS) if wanted else None
