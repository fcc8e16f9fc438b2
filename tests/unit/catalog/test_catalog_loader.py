"""A catalog loads from its folder, or every fault is named with its file and line."""

from pathlib import Path

import pytest

from pesut.catalog.loader import catalog_version, inspect_catalog, load_catalog
from pesut.catalog.models import Catalog, ObservationMetric
from pesut.errors import CatalogError
from tests.integration.metrics.world import CATALOG

GOOD = """\
population: people
datasets:
  - code: census
    title: {id: Penduduk}
    producer: dukcapil
    concept: Penduduk
    definition: Penduduk menurut kelurahan.
    schedule: yearly
    staleness: P400D
    items: [{code: g1, name: {id: Pos}}]
  - {code: inbox, title: {id: Laporan}, producer: dukcapil, concept: c, definition: d, schedule: event, staleness: P2D}
indicators:
  - {code: people, dataset: census, name: {id: Penduduk}, unit: jiwa}
  - {code: share, dataset: census, name: {id: Bagian}, unit: "%"}
categories:
  - {code: flood, name: {id: Banjir}}
statuses:
  - {code: done, name: {id: Selesai}}
metrics:
  - {code: people, form: observations, indicator: people, aggregation: sum, over_time: last, name: {id: Penduduk}, definition: d, format: integer}
  - {code: reports, form: reports, dataset: inbox, aggregation: count, name: {id: Laporan}, definition: d, format: integer}
"""
METRIC = "  - {{code: x, name: {{id: X}}, definition: d, {}}}\n"
LINE = GOOD.count("\n") + 1


def _folder(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "catalog"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text)
    return folder


def _problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogError) as failed:
        load_catalog(folder, ["dukcapil"])
    return failed.value.problems


def test_files_are_merged(tmp_path: Path) -> None:
    head, metrics = GOOD.split("metrics:\n")
    catalog = load_catalog(_folder(tmp_path, a=head, b="metrics:\n" + metrics), ["dukcapil"])
    assert catalog.population == "people"
    assert [metric.code for metric in catalog.metrics] == ["people", "reports"]
    assert [dataset.code for dataset in catalog.datasets] == ["census", "inbox"]


def test_a_metric_takes_unit_and_decimals_that_it_does_not_state(tmp_path: Path) -> None:
    text = GOOD + METRIC.format("form: observations, indicator: share, aggregation: mean")
    text += METRIC.format(
        "form: reports, dataset: inbox, aggregation: mean, measure: response_hours, format: duration"
    ).replace("x,", "y,", 1)
    catalog = load_catalog(_folder(tmp_path, a=text))
    people, x, y = (catalog.metric(code) for code in ("people", "x", "y"))
    assert people
    assert x
    assert y
    assert (people.unit, people.decimals) == ("jiwa", 0)
    assert (x.unit, x.decimals) == ("%", 2)
    assert (y.unit, y.decimals) == ("", 1)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("form: observations, indicator: peopel, aggregation: sum", "there is no indicator 'peopel'; did you mean 'people'?"),
        ("form: observations, aggregation: sum", "'indicator' is missing"),
        ("form: observations, indicator: people, aggregation: sum, over_tme: last", "unknown key 'over_tme'; did you mean 'over_time'?"),
        ("form: observation, indicator: people, aggregation: sum", "'form' must be one of observations, reports, budgets"),
        ("indicator: people, aggregation: sum", "'form' is missing"),
        ("form: observations, indicator: people, aggregation: total", "'aggregation': Input should be 'count'"),
        ("form: observations, indicator: people, aggregation: percentile", "needs `percentile:`"),
        ("form: observations, indicator: people, aggregation: mean, percentile: 0.5", "percentile is given, but the aggregation is mean"),
        ("form: observations, indicator: people, aggregation: sum, unit: orang", "its unit 'orang' is not its indicator's 'jiwa'"),
        ("form: observations, indicator: share, aggregation: mean, format: percent, unit: '%'", "wants fractions"),
        ("form: observations, indicator: people, aggregation: count", "a count is shown as integer, not as decimal"),
        ("form: observations, indicator: people, aggregation: sum, format: integer, decimals: 2", "an integer has no decimals"),
        ("form: observations, indicator: people, aggregation: sum, format: rupiah", "wants a unit that starts with Rp"),
        ("form: reports, dataset: inbox, aggregation: mean", "reports can be counted, but has no mean"),
        ("form: reports, dataset: inbocks, aggregation: count, format: integer", "there is no dataset 'inbocks'; did you mean 'inbox'?"),
        ("form: reports, dataset: inbox, aggregation: count, measure: reporter, format: integer", "counted with count_distinct"),
        ("form: budgets, dataset: inbox, measure: ceiling", "the format must be rupiah"),
        ("form: budgets, dataset: inbox, measure: ceiling, format: rupiah, finest_grain: day", "known by month, not by day"),
        ("form: ratio, numerator: x, denominator: reports", "it is computed from itself"),
        ("form: ratio, numerator: report, denominator: reports", "numerator: there is no metric 'report'; did you mean 'reports'?"),
        ("form: difference, minuend: reports, subtrahend: people, unit: ''", "its unit '' is not that of 'people', 'jiwa'"),
        ("form: difference, minuend: report, subtrahend: reports", "minuend: there is no metric 'report'; did you mean 'reports'?"),
        ("form: difference, minuend: reports, subtrahend: x", "it is computed from itself"),
        ("form: per_capita, numerator: repots", "numerator: there is no metric 'repots'"),
        (
            "form: reports, dataset: inbox, aggregation: count, format: integer, filters: [{dimension: category, values: [fire]}]",
            "there is no category 'fire'",
        ),
        (
            "form: reports, dataset: inbox, aggregation: count, format: integer, filters: [{dimension: item, values: [g1]}]",
            "reports cannot be filtered by item",
        ),
        (
            "form: observations, indicator: people, aggregation: sum, thresholds: [{code: t, name: {id: T}, operator: '>', value: 1,"
            " source: s, items: [g11]}]",
            "threshold 't': its datasets have no item 'g11'; did you mean 'g1'?",
        ),
    ],
)  # fmt: skip
def test_each_fault_of_a_metric_is_named_at_its_line(tmp_path: Path, stated: str, said: str) -> None:
    problems = _problems(_folder(tmp_path, water=GOOD + METRIC.format(stated)))
    assert len(problems) == 1
    assert problems[0].startswith(f"catalog/water.yml:{LINE}: metric 'x': ")
    assert said in problems[0]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("producer: dukcapil\n", "producer: dukcapill\n", "catalog/a.yml:5: dataset 'census': producer: there is no agency 'dukcapill'; did you mean 'dukcapil'?"),
        ("unit: jiwa", "unit: 5", "catalog/a.yml:13: indicator 'people': 'unit' must be text, not 5 (put it in quotes)"),
        ("dataset: census, name: {id: Bagian}", "dataset: cencus, name: {id: Bagian}", "catalog/a.yml:14: indicator 'share': dataset: there is no dataset 'cencus'"),
        ("code: inbox", "code: census", "catalog/a.yml:11: dataset 'census': this code is already taken at catalog/a.yml:3"),
        ("[{code: g1,", "[{code: g1, name: {id: P}}, {code: g1,", "catalog/a.yml:10: dataset 'census': the item 'g1' is listed 2 times"),
        ("population: people", "population: peple", "catalog/a.yml:1: population: there is no metric 'peple'; did you mean 'people'?"),
        ("population: people", "population: reports", "catalog/a.yml:1: population: 'reports' must be a metric over observations with `over_time: last`"),
        ("categories:", "kategori:", "catalog/a.yml:15: unknown list 'kategori'; known are datasets"),
        ("  - {code: flood, name: {id: Banjir}}", "  flood: {id: Banjir}", "catalog/a.yml:15: 'categories' must be a list"),
        ("staleness: P400D", "staleness: P400D\n    staleness: P1D", "catalog/a.yml:10: the key 'staleness' stands twice"),
        ("    schedule: yearly", "   schedule: yearly", "catalog/a.yml:8: not valid YAML"),
    ],
)  # fmt: skip
def test_each_fault_of_the_other_lists_is_named_at_its_line(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    assert was in GOOD
    problems = _problems(_folder(tmp_path, a=GOOD.replace(was, becomes, 1)))
    assert any(problem.startswith(said) for problem in problems), problems


def test_all_faults_are_told_at_once_in_order(tmp_path: Path) -> None:
    broken = GOOD.replace("dukcapil\n", "nobody\n", 1).replace("unit: jiwa", "unit: 5")
    problems = _problems(_folder(tmp_path, a=broken + METRIC.format("form: ratio, numerator: a, denominator: b")))
    lines = [int(problem.split(":")[1]) for problem in problems]
    assert lines == sorted(lines) == [5, 13, LINE, LINE]


def test_loops_over_several_metrics_are_found(tmp_path: Path) -> None:
    loop = "".join(
        METRIC.format(f"form: ratio, numerator: {numerator}, denominator: reports").replace("x,", f"{code},", 1)
        for code, numerator in (("m1", "m2"), ("m2", "m1"), ("m3", "m1"))
    )
    problems = _problems(_folder(tmp_path, a=GOOD + loop))
    assert [problem.split("'")[1] for problem in problems] == ["m1", "m2"]


def test_a_second_population_is_refused(tmp_path: Path) -> None:
    assert _problems(_folder(tmp_path, a=GOOD, b="population: people\n")) == [
        "catalog/b.yml:1: population is already named at catalog/a.yml:1"
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- a\n- b\n", b"{", b"just words"])
def test_a_file_that_is_no_catalog_is_named(tmp_path: Path, content: bytes) -> None:
    folder = _folder(tmp_path, a=GOOD)
    (folder / "b.yml").write_bytes(content)
    assert all(problem.startswith("catalog/b.yml:1: ") for problem in _problems(folder))


def test_an_empty_file_is_no_fault_and_an_empty_folder_is(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a=GOOD, b="")
    assert load_catalog(folder).population == "people"
    assert "no *.yml file" in _problems(tmp_path)[0]


def test_a_synonym_of_two_entries_is_only_a_warning(tmp_path: Path) -> None:
    text = GOOD.replace(
        "{code: flood, name: {id: Banjir}}", "{code: flood, name: {id: Banjir}, synonyms: [air, Banjir, air]}"
    )
    text = text.replace("statuses:", "  - {code: drain, name: {id: Drainase}, synonyms: [banjir]}\nstatuses:")
    found = inspect_catalog(_folder(tmp_path, a=text))
    assert found.catalog
    assert found.warnings == [
        "catalog/a.yml:16: category 'flood': the synonym 'air' stands twice here",
        "catalog/a.yml:17: category 'drain': the synonym 'banjir' stands also of 'flood' (catalog/a.yml:16)",
    ]


def test_the_version_follows_the_content_not_the_files(tmp_path: Path) -> None:
    catalog = load_catalog(CATALOG)
    reordered = catalog.model_copy(update={"metrics": tuple(reversed(catalog.metrics))})
    changed = catalog.model_copy(update={"metrics": catalog.metrics[1:]})
    assert catalog_version(reordered) == catalog_version(catalog) != catalog_version(changed)
    assert catalog_version(Catalog.model_validate(catalog.model_dump(mode="json"))) == catalog_version(catalog)


def test_a_loaded_catalog_is_as_valid_as_a_validated_one() -> None:
    catalog = load_catalog(CATALOG)
    again = Catalog.model_validate(catalog.model_dump(mode="json"))
    assert again == catalog
    assert isinstance(again.metrics[0], ObservationMetric)


def test_a_crosscheck_names_what_is_measured_where_and_how_often(tmp_path: Path) -> None:
    check = "  - {{code: {}, name: {{id: N}}, categories: [{}], metric: {}, high: {}, source: s{}}}\n"
    lines = [
        ("good", "flood", "people", "{value: 9}", ", every: week"),
        ("a", "floods", "folk", "{value: 9}", ""),
        ("b", "flood", "reports", "{value: 9}", ""),
        ("c", "flood", "people", "{value: 9, share: 0.1}", ""),
        (
            "d",
            "flood",
            "people",
            "{share: 0.1}",
            ", sites: [{regions: [r1], items: [g1, g2]}, {regions: [r1], items: [g1]}]",
        ),
    ]
    text = GOOD + "crosschecks:\n" + "".join(check.format(*each) for each in lines)
    problems = "\n".join(_problems(_folder(tmp_path, a=text)))

    assert "cross-check 'good'" not in problems
    assert "cross-check 'a': categories: there is no category 'floods'; did you mean 'flood'?" in problems
    assert "cross-check 'a': metric: there is no metric 'folk'" in problems
    assert "cross-check 'b': metric: 'reports' is not measured" in problems
    assert "cross-check 'c'" in problems and "either a value or a share" in problems
    assert "cross-check 'd': the datasets of 'people' have no item 'g2'" in problems
    assert "cross-check 'd': the region 'r1' stands in 2 sites" in problems
