"""Which metric a clause asks for."""

from agents.reasoners.offline.choosing.choice import Choice, How
from agents.reasoners.offline.choosing.naming import by_name, by_turn
from agents.reasoners.offline.choosing.pointing import by_group, by_item, by_kind_of_item, by_term, by_threshold
from agents.reasoners.offline.choosing.refining import refined
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Lexicon
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import by_words

__all__ = ["Choice", "How", "choose", "refined"]

_WHOLE = 0.95  # share of a name's weight from which it counts as whole


def choose(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """The metric of a clause, or None where nothing in it points to one."""
    found = (
        by_turn(clause, wishes, lexicon)
        or by_name(clause, wishes, lexicon)
        or _scattered(clause, lexicon)
        or by_threshold(clause, wishes)
        or by_item(clause, lexicon)
        or by_term(clause, lexicon)
        or by_group(clause, wishes, lexicon)
        or by_kind_of_item(clause, wishes, lexicon)
        or _by_words(clause, lexicon)
    )
    return refined(found, clause, wishes, lexicon) if found else None


def _scattered(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """A metric whose name of several words is there whole, in whatever order ("puskesmas mana yang antreannya …")."""
    codes = by_words(clause, lexicon, least=_WHOLE, shortest=2)
    return Choice(codes[:1], How.WORDS) if codes else None


def _by_words(clause: Clause, lexicon: Lexicon) -> Choice | None:
    codes = by_words(clause, lexicon)
    return Choice(codes, How.WORDS) if codes else None
