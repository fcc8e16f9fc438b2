"""What is expected of a decision, in Indonesian words."""

from decimal import Decimal

from pesut.catalog.models import Metric
from pesut.contracts import Language, Operator
from pesut.contracts.decision import Expectation, Target
from pesut.placeholders import Sources
from pesut.placeholders.dates import written_date
from pesut.placeholders.formats import written
from pesut.placeholders.names import names_or_codes

_LEAST = {
    Operator.ABOVE: ("lebih dari", "more than"),
    Operator.AT_LEAST: ("paling sedikit", "at least"),
    Operator.BELOW: ("kurang dari", "less than"),
    Operator.AT_MOST: ("paling banyak", "at most"),
}
_BETTER = "lebih baik daripada sebelum keputusan"


def expected_in_words(expected: Expectation, metric: Metric, sources: Sources) -> str:
    """ "jumlah laporan warga (Banjir, Kecamatan Palaran) paling banyak 40 laporan, dilihat kembali pada 22 Februari 2027" """
    about = ", ".join(names_or_codes(each, sources) for each in expected.filters)
    goal = target_in_words(expected.target, metric) if expected.target else _BETTER
    day = written_date(expected.review_on, Language.ID)
    return f"{name_within(metric, about)} {goal}, dilihat kembali pada {day}"


def target_in_words(target: Target, metric: Metric) -> str:
    """ "paling banyak 40 laporan" """
    return f"{least_in_words(target.operator, Language.ID)} {value_in_words(target.value, metric)}"


def least_in_words(operator: Operator, language: Language) -> str:
    """ "paling banyak", "at most" """
    return _LEAST[operator][language is Language.EN]


def value_in_words(number: float, metric: Metric) -> str:
    return written(Decimal(str(round(number, 6))), metric.described, Language.ID)


def name_within(metric: Metric, about: str) -> str:
    """The metric's name within a sentence, with what it is narrowed to: "jumlah laporan warga (Banjir)"."""
    return metric.name.id[:1].lower() + metric.name.id[1:] + (f" ({about})" if about else "")
