"""What labels that were expected and given come to, beyond the share that is right."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scikit-learn leaves types open.)

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pesut.evaluations.contracts import Outcome

Measures = dict[str, float]
_OPEN = {"clarify", "abstain"}  # of the planning suite's labels, those that leave a question unanswered
_BINS = 10  # of the expected calibration error: fewer than usual, since a suite has hundreds of labels, not thousands


def measures(suite: str, outcomes: Sequence[Outcome]) -> Measures:
    """By name, each from 0 to 1; empty for a suite that has none."""
    found = _OF_SUITES.get(suite)
    return found(outcomes) if found else {}


def routing(outcomes: Sequence[Outcome]) -> Measures:
    """Macro-F1 over all labels; precision and recall of asking back and of abstaining; and over-refusal, the share of answerable
    questions that were left unanswered.
    """
    told = [(each.expected, each.got) for each in outcomes if each.expected]
    if not told:
        return {}
    from sklearn.metrics import precision_score, recall_score

    expected, got = map(list, zip(*told, strict=True))
    found = {"macro-F1": macro_f1(expected, got)}
    habits: dict[str, Any] = {"zero_division": 0, "average": "micro"}
    for label in sorted(_OPEN & set(expected)):
        habits |= {"labels": [label]}
        found[f"{label} precision"] = float(precision_score(expected, got, **habits))
        found[f"{label} recall"] = float(recall_score(expected, got, **habits))
    if answerable := [given for wanted, given in told if wanted not in _OPEN]:
        found["over-refusal"] = sum(given in _OPEN for given in answerable) / len(answerable)
    return found


def reading(outcomes: Sequence[Outcome]) -> Measures:
    """For each field of reports macro-F1, the share that was left open, the share right of the others, and where a confidence is
    told its expected calibration error; for reports that tell the same precision, recall and F1 of their pairs.
    """
    by_kind: dict[str, list[Outcome]] = {}
    for each in outcomes:
        by_kind.setdefault(each.kind, []).append(each)
    found: Measures = {}
    for kind, mine in sorted(by_kind.items()):
        if any(each.expected for each in mine):
            found |= _field(kind, mine)
    if "retold" in by_kind:
        found |= _pairs(by_kind["retold"], by_kind.get("linked", []))
    return found


def steadiness(outcomes: Sequence[Outcome]) -> Measures:
    """pass^k: the share of questions of which every one of the k askings is right (S. Yao et al., tau-bench, 2024, arXiv:2406.12045);
    stability: the share whose answers are all the same, right or not.
    """
    found: Measures = {}
    for kind in ("same", "noise"):
        topics: dict[str, list[Outcome]] = {}
        for each in (each for each in outcomes if each.kind == kind):
            topics.setdefault(each.topic, []).append(each)
        if topics:
            most = max(map(len, topics.values()))
            found[f"{kind} pass^{most}"] = sum(all(each.right for each in mine) for mine in topics.values()) / len(
                topics
            )
            found[f"{kind} stability"] = sum(len({each.got for each in mine}) == 1 for mine in topics.values()) / len(
                topics
            )
    return found


def _field(kind: str, outcomes: Sequence[Outcome]) -> Measures:
    decided = [each for each in outcomes if each.got]
    sure = [each for each in decided if each.confidence is not None]
    found = {
        f"{kind} macro-F1": macro_f1([each.expected for each in outcomes], [each.got for each in outcomes]),
        f"{kind} left open": 1 - len(decided) / len(outcomes),
        f"{kind} right where decided": sum(each.right for each in decided) / len(decided) if decided else 0.0,
    }
    return found | ({f"{kind} ECE": calibration_error(sure)} if sure else {})


def _pairs(retold: Sequence[Outcome], linked: Sequence[Outcome]) -> Measures:
    recall = sum(each.right for each in retold) / len(retold)
    precision = sum(each.right for each in linked) / len(linked) if linked else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"pair precision": precision, "pair recall": recall, "pair F1": f1}


def macro_f1(expected: Sequence[str], got: Sequence[str]) -> float:
    """Over the labels that are true of something."""
    from sklearn.metrics import f1_score

    labels = sorted(set(expected) - {""})
    habits: dict[str, Any] = {"average": "macro", "zero_division": 0}
    return float(f1_score(list(expected), list(got), labels=labels, **habits))


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """How far confidence is from the share right, on average over equally wide bins (M. Pakdaman Naeini et al., AAAI 2015)."""
    confidence = np.array([each.confidence for each in outcomes], dtype=float)
    right = np.array([each.right for each in outcomes], dtype=float)
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    apart = (abs((right - confidence)[bins == each].sum()) for each in np.unique(bins))
    return float(sum(apart) / len(outcomes))


_OF_SUITES: dict[str, Callable[[Sequence[Outcome]], Measures]] = {
    "planning": routing,
    "reports": reading,
    "robustness": steadiness,
}
