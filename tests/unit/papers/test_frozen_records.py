"""Decisions of earlier versions: their papers keep every byte, whatever was added to papers since.

`records/` holds frozen records as they lay in the database and the SHA-256 of each of their papers on that day. A record of a new
form is added when the shape of records, or how they are set, changes; none is ever taken away or written anew.
"""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.record import DecisionRecord, digest_of_text
from pesut.papers.composing import compose
from pesut.papers.dossier import dossier_of
from pesut.papers.issuing import write

RECORDS = Path(__file__).parent / "records"
DIGESTS: dict[str, str] = json.loads((RECORDS / "digests.json").read_text())


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_a_paper_keeps_every_byte(name: str) -> None:
    record, paper = name.split("/")
    kind, format_ = paper.split(".")
    body = (RECORDS / f"{record}.json").read_text().rstrip("\n")
    dossier = dossier_of(DecisionRecord.model_validate_json(body), digest_of_text(body))
    assert sha256(write(compose(PaperKind(kind), dossier), PaperFormat(format_))).hexdigest() == DIGESTS[name]
