"""An outcome in Indonesian sentences, which say no more than the values carry."""

import contextlib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pesut.catalog.models import Metric
from pesut.contracts import Dimension, Evidence, Language, ValueFormat
from pesut.contracts.outcome import Difference, Outcome, OutcomeVerdict
from pesut.decisions.expecting import name_within, target_in_words, value_in_words
from pesut.placeholders import PlaceholderError, Sources, render
from pesut.placeholders.formats import written
from pesut.placeholders.names import joined, place_of
from tools.context import ToolContext

_JUDGED = {
    OutcomeVerdict.BETTER: "Dibanding sebelum keputusan, keadaannya membaik.",
    OutcomeVerdict.WORSE: "Dibanding sebelum keputusan, keadaannya memburuk.",
    OutcomeVerdict.UNCHANGED: "Dibanding sebelum keputusan, keadaannya tidak berubah.",
    OutcomeVerdict.UNKNOWN: "Data tidak cukup untuk mengatakan apakah keadaannya membaik.",
}
_CHANCE = 0.1  # of a difference as good as this one if the decision had no effect
_AFTER = "Sejak keputusan ({O1.period|period}) tercatat {name}: {O1.rows[0].value|measure}."
_BEFORE = "Dalam kurun yang sama panjang sebelumnya ({O2.period|period}): {O2.rows[0].value|measure}."
_LAST_YEAR = "Kurun yang sama setahun sebelumnya: {O1.rows[0].previous|measure}."
_STALE = "Data terakhirnya {O1.freshness[0].newest|date}, jadi angka sesudah keputusan belum lengkap."


def outcome_text(outcome: Outcome, metric: Metric, evidence: Sequence[Evidence], context: ToolContext) -> str:
    """What was seen, against the target, the time before, and other regions."""
    sources = Sources(
        evidence={each.label: each for each in evidence},
        catalog=context.catalog,
        gazetteer=context.gazetteer,
        city=context.city,
        language=Language.ID,
        now=context.as_of.astimezone(context.city.zone),
    )
    return " ".join([*_seen(metric, sources), *_judged(outcome, metric), *_compared(outcome, metric, sources)])


def lost_text(reason: str) -> str:
    return f"Hasil keputusan ini tidak dapat dihitung: {reason.rstrip('.')}."


def _seen(metric: Metric, sources: Sources) -> Iterator[str]:
    own = sources.evidence["O1"]
    about = ", ".join(f"{{O1.query.filters[{each}]|names}}" for each in range(len(getattr(own.query, "filters", ()))))
    name = name_within(metric, about)
    stale = (_STALE,) if any(each.stale for each in own.freshness[:1]) else ()
    for text in (_AFTER, _BEFORE, _LAST_YEAR, *stale):
        with contextlib.suppress(PlaceholderError):  # this value is not known
            yield render(text.replace("{name}", name), sources)


def _judged(outcome: Outcome, metric: Metric) -> Iterator[str]:
    target = outcome.expectation.target
    if target is None or outcome.after is None:
        yield _JUDGED.get(outcome.verdict, "")
        return
    reached = "tercapai" if outcome.verdict is OutcomeVerdict.MET else "tidak tercapai"
    yield f"Sasaran {target_in_words(target, metric)} {reached}."


def _compared(outcome: Outcome, metric: Metric, sources: Sources) -> Iterator[str]:
    found = outcome.difference
    if found is None:
        yield f"Pembanding antarwilayah tidak ada: {outcome.no_difference.rstrip('.')}."
        yield "Karena itu perubahan ini belum membuktikan bahwa keputusanlah penyebabnya."
        return
    title = (sources.city.district_title if found.level is Dimension.DISTRICT else sources.city.village_title).id
    own = joined([place_of(code, sources) for code in found.treated], Language.ID)
    means = (found.treated_before, found.treated_after, found.controls_before, found.controls_after)
    was, became, others_were, others_became = (_mean(each, metric) for each in means)
    yield (
        f"Rata-rata {own} berubah dari {was} menjadi {became}, sedangkan {len(found.controls)} {title} lain tanpa keputusan"
        f" serupa dari {others_were} menjadi {others_became}; selisih perubahannya {_signed(found.estimate, metric)} per {title}."
    )
    yield from _cautions(found, metric, title)


def _cautions(found: Difference, metric: Metric, title: str) -> Iterator[str]:
    """What keeps the difference from being taken for the effect of the decision."""
    if found.earlier is None:
        yield "Apakah keduanya searah sebelum keputusan tidak dapat diperiksa."
    else:
        yield f"Sekurun sebelum keputusan selisih itu {_signed(found.earlier, metric)}."
    if found.as_good is not None:
        some = str(found.as_good) if found.as_good else "Tidak satu pun"
        said = f"{some} dari {len(found.controls)} {title} pembanding berubah sama baik atau lebih baik"
        doubtful = (found.as_good + 1) / (len(found.controls) + 1) > _CHANCE
        yield said + (", jadi pengaruh keputusan belum dapat dibedakan dari kebetulan." if doubtful else ".")


def _mean(number: float, metric: Metric) -> str:
    """With a decimal where the metric itself is whole."""
    if metric.format is not ValueFormat.INTEGER:
        return value_in_words(number, metric)
    finer = metric.described.model_copy(update={"format": ValueFormat.DECIMAL, "decimals": 1})
    return written(Decimal(str(round(number, 6))), finer, Language.ID)


def _signed(number: float, metric: Metric) -> str:
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + _mean(abs(number), metric)
