"""The wish for sample data reaches the process that loads it."""

import pytest

from cli.preparation import arguments_for
from cli.prepare import Sample, wished


@pytest.mark.parametrize("sample", [None, Sample(), Sample(0.5), Sample(50)])
def test_a_wish_for_sample_data_survives_the_command_line(sample: Sample | None) -> None:
    assert wished(arguments_for(sample)) == sample
