"""What labels that were expected and given come to, beyond the share that is right."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scikit-learn leaves types open.)

from collections.abc import Sequence
from typing import Any

from pesut.evaluations.contracts import Outcome

_OPEN = {"clarify", "abstain"}  # of the planning suite's labels, those that leave a question unanswered


def measures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """By name, each from 0 to 1: macro-F1 over all labels; precision and recall of asking back and of abstaining; and over-refusal,
    the share of answerable questions that were left unanswered. Empty where no labels were given.
    """
    told = [(each.expected, each.got) for each in outcomes if each.expected]
    if not told:
        return {}
    from sklearn.metrics import f1_score, precision_score, recall_score

    expected, got = map(list, zip(*told, strict=True))
    habits: dict[str, Any] = {"zero_division": 0}
    found = {"macro-F1": float(f1_score(expected, got, labels=sorted(set(expected)), average="macro", **habits))}
    for label in sorted(_OPEN & set(expected)):
        habits |= {"labels": [label], "average": "micro"}
        found[f"{label} precision"] = float(precision_score(expected, got, **habits))
        found[f"{label} recall"] = float(recall_score(expected, got, **habits))
    if answerable := [given for wanted, given in told if wanted not in _OPEN]:
        found["over-refusal"] = sum(given in _OPEN for given in answerable) / len(answerable)
    return found
