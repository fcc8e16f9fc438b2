"""Calling Temporal: how long a call may take, and what is said when it does not answer."""

from datetime import timedelta

from pesut.errors import UnavailableError

LONGEST_CALL = timedelta(seconds=5)


def temporal_away(duty: str) -> UnavailableError:
    """`duty`: what Temporal is there for ("keeps imports going")."""
    return UnavailableError(f"Temporal, which {duty}, does not answer.", remedy="See `pesut doctor`.")
