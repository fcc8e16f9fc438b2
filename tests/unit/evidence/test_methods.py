"""Methods are found by the names that stand in stored evidence."""

import sys

import pytest

from pesut.contracts import Derivation
from pesut.errors import InvalidInputError
from pesut.evidence.methods import derived, prepare
from pesut.evidence.rows import Fetched


def test_whatever_was_prepared_is_there_when_it_is_asked_for() -> None:
    prepare()
    assert {"scipy.stats", "h3", "pesut.reports.patterns.unusual"} <= set(sys.modules)


def test_a_method_that_this_version_does_not_know_is_named() -> None:
    with pytest.raises(InvalidInputError, match="no method 'guess-7'"):
        derived(Fetched((), None, sample=False), Derivation(method="guess-7"))
