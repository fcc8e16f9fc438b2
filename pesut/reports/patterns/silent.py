"""Villages from which fewer reports come than inhabitants and past let one expect."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scipy carries no types of its own.)

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.discovery import Floats, discoveries, negative_binomial

LEAST_REPORTS = 30
_NORMAL_MEDIAN = 0.4549  # of chi-square with one degree of freedom


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of a SilentQuery from those of `tools.patterns.silent`. Raises InvalidInputError for too few reports.

    Relative rates of villages are Gamma distributed around the city's (Clayton & Kaldor 1987, Biometrics 43, by moments), so that
    what a village may be expected to report by its inhabitants, and by its own past shrunk towards the others', are negative
    binomial. A village is silent where either, doubled for the two tests, is a discovery (Benjamini-Hochberg). The interval of the
    ratio is exact (Garwood 1936, Biometrika 28).
    """
    villages = [row for row in rows if row["village"]]
    now, before = _column(villages, "value"), _column(villages, "before")
    if now.sum() < LEAST_REPORTS or before.sum() < LEAST_REPORTS:
        raise InvalidInputError(
            f"Laporan yang diketahui kelurahannya kurang dari {LEAST_REPORTS}; terlalu sedikit untuk mengenali yang diam.",
            remedy="Tanyakan masa yang lebih panjang, atau seluruh kota.",
        )
    share = _shares(villages)
    by_people, by_past, chance = _judged(now, before, share)
    silent = discoveries(chance, float(cast("float", parameters["false_alarms_share"])))
    unplaced = sum(int(cast("int", row["value"])) for row in rows if not row["village"])
    order = sorted(range(len(villages)), key=lambda each: (not silent[each], chance[each], now[each] - by_people[each]))
    whole = bool(parameters.get("whole"))
    found = order if whole else [each for each in order if silent[each]] or order[:3]
    return [
        _row(villages[each], float(by_people[each]), float(by_past[each]), float(chance[each]))
        | {
            "silent": bool(silent[each]),
            "tested": len(villages),
            "unplaced_share": round(unplaced / float(now.sum() + unplaced), 4),
        }
        | ({"missing_share": round(max(1 - float(now[each] / by_people[each]), 0.0), 3)} if whole else {})
        for each in found
    ]


def _judged(now: Floats, before: Floats, share: Floats) -> tuple[Floats, Floats, Floats]:
    """What inhabitants and what the past let one expect, and the chance of so few by the unlikelier of the two."""
    due, past = share * now.sum(), share * before.sum()
    shape = _shape(before, past)
    people = _tail(now, due, due**2 / shape)
    relative = (shape + before) / (shape + past)
    by_past = due * relative
    own = _tail(now, by_past, by_past**2 / (shape + before))
    return due, by_past, np.minimum(2 * np.minimum(people, own), 1.0)


def _shape(before: Floats, past: Floats) -> float:
    """The shape of the Gamma prior with mean 1, by moments over the past; the fewer, the more villages differ."""
    ratio = before / np.maximum(past, 1e-9)
    between = float((past * (ratio - 1) ** 2).sum() / past.sum()) - len(past) / float(past.sum())
    return 1 / max(between, 0.01)


def _tail(now: Floats, mean: Floats, between: Floats) -> Floats:
    """P(X <= now). The spread in time, common to all, is taken from the median of squared residuals, which the silent hardly move."""
    pearson = (now - mean) ** 2 / np.maximum(mean + between, 1e-9)
    scatter = max(float(np.median(pearson)) / _NORMAL_MEDIAN, 1.0)
    return np.asarray(negative_binomial(mean, scatter * (mean + between)).cdf(now), dtype=np.float64)


def _shares(villages: Sequence[Row]) -> Floats:
    """Each village's part of the inhabitants; where they are not known, of the mean."""
    people = np.array(
        [np.nan if row["inhabitants"] is None else float(cast("float", row["inhabitants"])) for row in villages]
    )
    if np.isnan(people).all():
        raise InvalidInputError(
            "Penduduk per kelurahan tidak diketahui, sehingga yang diam tidak dapat dikenali.",
            remedy="Muat data penduduk (`population` dalam katalog) dengan `pesut import`.",
        )
    people = np.where(np.isnan(people), np.nanmean(people), people)
    return people / people.sum()


def _row(village: Row, by_people: float, by_past: float, chance: float) -> Row:
    from scipy.stats import chi2

    value = int(cast("int", village["value"]))
    low = float(chi2.ppf(0.025, 2 * value)) / 2 if value else 0.0
    high = float(chi2.ppf(0.975, 2 * value + 2)) / 2
    return {
        **{name: village[name] for name in ("village", "village_name", "district_name", "inhabitants")},
        "value": value,
        "expected": round(by_people, 1),
        "expected_past": round(by_past, 1),
        "ratio": round(value / by_people, 3),
        "ratio_low": round(low / by_people, 3),
        "ratio_high": round(high / by_people, 3),
        "chance_share": float(f"{chance:.3g}"),
        "last": village["last"],
    }


def _column(rows: Sequence[Row], name: str) -> Floats:
    return np.array([float(cast("int", row[name])) for row in rows], dtype=np.float64)
