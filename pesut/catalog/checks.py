"""Holds a catalog's entries against each other: what they name must exist, and what they say must fit together."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from pesut.catalog.crosschecks import Crosscheck
from pesut.catalog.entries import LISTS, Entry
from pesut.catalog.fit import metric_faults
from pesut.catalog.models import (
    BudgetMetric,
    Catalog,
    Dataset,
    Deadline,
    DifferenceMetric,
    Indicator,
    Metric,
    MetricBase,
    ObservationMetric,
    PerCapitaMetric,
    RatioMetric,
    ReportMetric,
    Term,
)
from pesut.catalog.wording import nearest
from pesut.contracts.query import Dimension, Grain

Broken = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Checked:
    """A catalog under examination. `broken` are (list, code) of entries that could not be read, so that what refers to
    them is not reported too. `population_at` is where the population metric is named.
    """

    catalog: Catalog
    entries: list[Entry]
    agencies: Collection[str]
    broken: Broken
    population_at: str

    def codes(self, name: str) -> list[str]:
        """All codes of a list, the broken entries' too."""
        good = [entry.code for entry in self.entries if entry.list == name]
        return good + [code for broken, code in self.broken if broken == name]


def problems_of(checked: Checked) -> list[str]:
    found = _duplicate_codes(checked.entries)
    for entry in checked.entries:
        match entry.value:
            case Dataset():
                found += _dataset(entry, entry.value, checked)
            case Indicator():
                found += _reference(entry, "dataset", entry.value.dataset, checked.codes("datasets"), "dataset")
            case MetricBase():
                found += _metric(entry, checked)
            case Deadline() as deadline:
                for name in ("classifications", "categories"):
                    for code in getattr(deadline, name):
                        found += _reference(entry, name, code, checked.codes(name), LISTS[name].noun)
            case Crosscheck():
                found += _crosscheck(entry, entry.value, checked)
            case _:
                pass
    return found + _population(checked)


def warnings_of(entries: Iterable[Entry]) -> list[str]:
    """Words that stand for two entries of the same list, or twice in one: a question with them may need clarifying."""
    owner: dict[tuple[str, str], Entry] = {}
    found: list[str] = []
    for entry in entries:
        if not isinstance(entry.value, Term | MetricBase):
            continue
        for position, word in enumerate(entry.value.synonyms):
            first = owner.setdefault((entry.list, word.casefold()), entry)
            repeated = word.casefold() in {each.casefold() for each in entry.value.synonyms[:position]}
            if first is not entry or repeated:
                where = "twice here" if first is entry else f"also of '{first.code}' ({first.at('synonyms')})"
                found.append(entry.say(f"the synonym '{word}' stands {where}", "synonyms", position))
    return found


def _duplicate_codes(entries: Iterable[Entry]) -> list[str]:
    first: dict[tuple[str, str], Entry] = {}
    found: list[str] = []
    for entry in entries:
        known = first.setdefault((entry.list, entry.code), entry)
        if known is not entry:
            found.append(entry.say(f"this code is already taken at {known.at('code')}", "code"))
    return found


def _reference(entry: Entry, field: str, code: str, known: list[str], noun: str) -> list[str]:
    if code in known:
        return []
    return [entry.say(f"{field}: there is no {noun} '{code}'{nearest(code, known)}", field)]


def _dataset(entry: Entry, dataset: Dataset, checked: Checked) -> list[str]:
    found = [
        entry.say(f"the item '{code}' is listed {count} times", "items")
        for code, count in Counter(item.code for item in dataset.items).items()
        if count > 1
    ]
    if checked.agencies:
        found += _reference(entry, "producer", dataset.producer, list(checked.agencies), "agency")
    return found


def _metric(entry: Entry, checked: Checked) -> list[str]:
    metric: Metric = entry.value
    found = _references(entry, metric, checked)
    found += [entry.say(fault.message, *fault.where) for fault in metric_faults(metric, checked.catalog)]
    if isinstance(metric, ReportMetric):
        found += _filters(entry, metric, checked)
    behind = _behind(metric, checked.catalog)
    if metric.code in behind:
        return [*found, entry.say("it is computed from itself")]
    tangled = any(code in _behind(part, checked.catalog) for code in behind if (part := checked.catalog.metric(code)))
    return found if tangled else found + _thresholds(entry, metric, checked)


def _references(entry: Entry, metric: Metric, checked: Checked) -> list[str]:
    match metric:
        case ObservationMetric():
            return _reference(entry, "indicator", metric.indicator, checked.codes("indicators"), "indicator")
        case ReportMetric() | BudgetMetric():
            return _reference(entry, "dataset", metric.dataset, checked.codes("datasets"), "dataset")
        case RatioMetric():
            known = checked.codes("metrics")
            numerator = _reference(entry, "numerator", metric.numerator, known, "metric")
            return numerator + _reference(entry, "denominator", metric.denominator, known, "metric")
        case DifferenceMetric():
            known = checked.codes("metrics")
            minuend = _reference(entry, "minuend", metric.minuend, known, "metric")
            return minuend + _reference(entry, "subtrahend", metric.subtrahend, known, "metric")
        case PerCapitaMetric():
            found = _reference(entry, "numerator", metric.numerator, checked.codes("metrics"), "metric")
            if not checked.catalog.population:
                found.append(
                    entry.say("it needs `population:`, the metric that counts inhabitants, in one of the files")
                )
            return found


def _crosscheck(entry: Entry, check: Crosscheck, checked: Checked) -> list[str]:
    found = _reference(entry, "metric", check.metric, checked.codes("metrics"), "metric")
    for code in check.categories:
        found += _reference(entry, "categories", code, checked.codes("categories"), "category")
    counts = Counter(region for site in check.sites for region in site.regions)
    found += [entry.say(f"the region '{code}' stands in {n} sites", "sites") for code, n in counts.items() if n > 1]
    metric = checked.catalog.metric(check.metric)
    return found if metric is None else found + _measurement(entry, check, metric, checked.catalog)


def _measurement(entry: Entry, check: Crosscheck, metric: Metric, catalog: Catalog) -> list[str]:
    """Whether the metric is measured, where and as often as the cross-check needs it."""
    needed = Dimension.ITEM if check.sites else Dimension.DISTRICT
    if not all(isinstance(base, ObservationMetric) for base in catalog.bases(metric)):
        return [entry.say(f"metric: '{metric.code}' is not measured, but counted from reports or budgets", "metric")]
    found: list[str] = []
    if needed not in catalog.dimensions_of(metric):
        found.append(entry.say(f"metric: '{metric.code}' is not known by {needed}", "metric"))
    if tuple(Grain).index(catalog.finest_grain(metric)) > tuple(Grain).index(check.every):
        found.append(entry.say(f"every: '{metric.code}' is not known by {check.every}", "every"))
    items = [item.code for item in catalog.items_of(metric)]
    for position, site in enumerate(check.sites):
        for code in site.items:
            if code not in items:
                message = f"the datasets of '{metric.code}' have no item '{code}'{nearest(code, items)}"
                found.append(entry.say(message, "sites", position, "items"))
    return found


def _thresholds(entry: Entry, metric: Metric, checked: Checked) -> list[str]:
    items = {item.code for item in checked.catalog.items_of(metric)}
    found = [
        entry.say(f"the threshold '{code}' is listed {count} times", "thresholds")
        for code, count in Counter(threshold.code for threshold in metric.thresholds).items()
        if count > 1
    ]
    for position, threshold in enumerate(metric.thresholds):
        for item in threshold.items:
            if item not in items:
                message = (
                    f"threshold '{threshold.code}': its datasets have no item '{item}'{nearest(item, sorted(items))}"
                )
                found.append(entry.say(message, "thresholds", position, "items"))
    return found


def _filters(entry: Entry, metric: ReportMetric, checked: Checked) -> list[str]:
    known: dict[Dimension, Callable[[], list[str]]] = {
        Dimension.CATEGORY: lambda: checked.codes("categories"),
        Dimension.STATUS: lambda: checked.codes("statuses"),
        Dimension.CHANNEL: lambda: checked.codes("channels"),
        Dimension.CLASSIFICATION: lambda: checked.codes("classifications"),
        Dimension.AGENCY: lambda: list(checked.agencies),
    }
    found: list[str] = []
    for position, each in enumerate(metric.filters):
        if each.dimension not in checked.catalog.dimensions_of(metric):
            found.append(entry.say(f"reports cannot be filtered by {each.dimension}", "filters", position))
            continue
        codes = known[each.dimension]() if each.dimension in known else []
        for value in each.values:
            if codes and value not in codes:
                message = f"filters: there is no {each.dimension} '{value}'{nearest(value, codes)}"
                found.append(entry.say(message, "filters", position, "values"))
    return found


def _behind(metric: Metric, catalog: Catalog) -> set[str]:
    """Codes of all metrics that one is computed from, directly or not."""
    seen: set[str] = set()
    ahead = _parts(metric, catalog)
    while ahead:
        code = ahead.pop()
        part = catalog.metric(code)
        if part and code not in seen:
            seen.add(code)
            ahead += _parts(part, catalog)
    return seen


def _parts(metric: Metric, catalog: Catalog) -> list[str]:
    match metric:
        case RatioMetric():
            return [metric.numerator, metric.denominator]
        case DifferenceMetric():
            return [metric.minuend, metric.subtrahend]
        case PerCapitaMetric():
            return [metric.numerator, catalog.population or ""]
        case _:
            return []


def _population(checked: Checked) -> list[str]:
    code = checked.catalog.population
    if code is None:
        return []
    known = checked.codes("metrics")
    if code not in known:
        return [f"{checked.population_at}: population: there is no metric '{code}'{nearest(code, known)}"]
    metric = next((each for each in checked.catalog.metrics if each.code == code), None)
    if metric is None or (isinstance(metric, ObservationMetric) and metric.over_time == "last"):
        return []
    return [f"{checked.population_at}: population: '{code}' must be a metric over observations with `over_time: last`"]
