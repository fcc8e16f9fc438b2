"""Evidence: results that are stored with the SQL that gave them, and can be run again."""

from pesut.evidence.record import Lookup, RunView, gather, load_evidence, record
from pesut.evidence.replay import ensure_may_see, replay
from pesut.evidence.rows import TooSlowError

__all__ = ["Lookup", "RunView", "TooSlowError", "ensure_may_see", "gather", "load_evidence", "record", "replay"]
