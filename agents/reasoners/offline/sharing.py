"""What clauses of one question share: "laporan banjir dan curah hujan di Palaran bulan lalu" means both there and then."""

from dataclasses import replace

from agents.reasoners.offline.choosing import choose
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import is_level, same_kind
from agents.reasoners.offline.lexicon import Lexicon
from agents.reasoners.offline.wishes import Places, Wishes
from pesut.contracts import Dimension

Wished = tuple[tuple[Clause, Wishes], ...]


def shared(wished: Wished, lexicon: Lexicon) -> tuple[Wishes, ...]:
    """Each clause's wishes, completed from its neighbours.

    Place and period are taken over from the clause before; and, where no mark parts the two, all that was said last but holds
    for both from the clause after. Categories and agencies pass only between metrics over the same kind of rows.
    """
    found = [wishes for _, wishes in wished]
    clauses = [clause for clause, _ in wished]
    for place in range(len(found) - 2, -1, -1):
        if not clauses[place + 1].tight:
            found[place] = _with_period(found[place], found[place + 1], clauses[place], lexicon)
        else:
            found[place] = _completed(
                found[place], found[place + 1], clauses[place], clauses[place + 1], lexicon, backward=True
            )
    for place in range(1, len(found)):
        found[place] = _completed(
            found[place], found[place - 1], clauses[place], clauses[place - 1], lexicon, backward=False
        )
    return tuple(found)


def _completed(
    own: Wishes, other: Wishes, clause: Clause, neighbour: Clause, lexicon: Lexicon, *, backward: bool
) -> Wishes:
    if not _has_place(own.places) and not own.items:
        own = replace(own, places=other.places)
    if own.period is None and own.baseline is None:
        own = replace(own, period=other.period, period_words=other.period_words)
    if not backward and neighbour.asks_quantity:
        own = replace(own, counted=True)
    own = _with_items(own, other, clause, lexicon)
    if backward or clause.tight:
        own = _with_shape(own, other)
    if _alike(own, other, clause, neighbour, lexicon):
        own = replace(
            own,
            terms={**_lasting(other.terms), **own.terms},
            excluded={**_lasting(other.excluded), **own.excluded},
            agencies=own.agencies or other.agencies,
        )
    return own


def _with_period(own: Wishes, other: Wishes, clause: Clause, lexicon: Lexicon) -> Wishes:
    """The period named last, beyond a mark, where the clause counts what came about in some period but names none."""
    choice = choose(clause, own, lexicon) if own.period is None and own.baseline is None and other.period else None
    metric = lexicon.catalog.metric(choice.metrics[0]) if choice else None
    if metric is None or is_level(metric, lexicon.catalog):
        return own
    return replace(own, period=other.period, period_words=other.period_words)


def _lasting(terms: dict[Dimension, tuple[str, ...]]) -> dict[Dimension, tuple[str, ...]]:
    """Without the status: "berapa laporan masuk, berapa yang selesai" sets the two against each other."""
    return {dimension: codes for dimension, codes in terms.items() if dimension is not Dimension.STATUS}


def _with_items(own: Wishes, other: Wishes, clause: Clause, lexicon: Lexicon) -> Wishes:
    """The items of the neighbour, where the clause names none and its own metric knows them: "siswa dan guru SD"."""
    choice = choose(clause, own, lexicon) if other.items and not own.items else None
    if choice is None:
        return own
    known = lexicon.datasets_of(choice.metrics[0])
    items = tuple(each for each in other.items if each[0] in known)
    return replace(own, items=items, items_said=other.items_said) if items else own


def _with_shape(own: Wishes, other: Wishes) -> Wishes:
    """Groups, steps and comparison, where the clause has none of its own."""
    if own.baseline is None and own.comparison is None and not own.change:
        own = replace(own, baseline=other.baseline, comparison=other.comparison, change=other.change)
    if not own.groups and own.rank is None and other.rank is None:
        own = replace(own, groups=other.groups)
    if own.grain is None and not own.trend:
        own = replace(own, grain=other.grain, trend=other.trend)
    return own


def _has_place(places: Places) -> bool:
    return bool(places.named or places.whole)


def _alike(own: Wishes, other: Wishes, clause: Clause, neighbour: Clause, lexicon: Lexicon) -> bool:
    if not (other.terms or other.excluded or other.agencies):
        return False
    first, second = choose(clause, own, lexicon), choose(neighbour, other, lexicon)
    if first is None or second is None or own.terms.keys() & other.terms.keys():
        return False
    metrics = (lexicon.catalog.metric(first.metrics[0]), lexicon.catalog.metric(second.metrics[0]))
    return metrics[0] is not None and metrics[1] is not None and same_kind(metrics[0], metrics[1], lexicon.catalog)
