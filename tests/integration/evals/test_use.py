"""What people found wrong becomes a proposed case once; accepted, it is asked; a duplicate or a case without an answer is refused."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.evaluation import ground_for
from evals.importing import Importer
from evals.planning.suite import KIND
from evals.use import accept_case
from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.contracts import Principal, Role
from pesut.errors import ConflictError, InvalidInputError, NotFoundError
from pesut.evaluations.proposals import Origin, dismiss, gather, proposals, thumbs_down
from pesut.intake.mapping import ImportKind
from pesut.principals.store import service_principal
from pesut.reports.classification.queue import Correction, correct
from pesut.settings import Settings

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
ASKED = "Berapa panen ikan di danau bulan lalu?"


@pytest.fixture
async def settings(engine: AsyncEngine, database_url: str, tmp_path: Path) -> Settings:
    await load_city(engine, HALIMUN)
    return Settings(data_dir=tmp_path, city=HALIMUN, database_url=database_url)


async def _judged(engine: AsyncEngine, settings: Settings, question: str, *notes: str) -> UUID:
    ground = await ground_for(engine, settings)
    answer = await ground.asker.ask(question)
    for note in notes:
        await thumbs_down(engine, ground.asker.principal, answer.run_id, note)
    [proposed] = [each for each in await proposals(engine) if each.subject == str(answer.run_id)]
    assert (proposed.origin, proposed.text, proposed.note) == (Origin.THUMBS_DOWN, question, notes[-1])
    return proposed.id


async def test_a_thumbs_down_becomes_a_case_that_is_asked(engine: AsyncEngine, settings: Settings) -> None:
    person = await service_principal(engine, "operator", Role.OPERATOR)
    one = await _judged(engine, settings, ASKED, "salah", "datanya tidak ada")
    with pytest.raises(InvalidInputError, match="expect"):
        await accept_case(engine, person, one, "planning", {})
    await accept_case(engine, person, one, "planning", {"expect": ["abstain"]})
    with pytest.raises(ConflictError):
        await dismiss(engine, one, person, "too late")
    async with KIND.opened(await ground_for(engine, settings), "open") as suite:
        [case] = [each for each in suite.cases if each.metadata and each.metadata.part == "use"]
    assert case.metadata and case.metadata.question == ASKED
    again = await _judged(engine, settings, f"{ASKED.lower()}!", "lagi")
    with pytest.raises(InvalidInputError, match="asks that already"):
        await accept_case(engine, person, again, "planning", {"expect": ["abstain"]})
    await dismiss(engine, again, person, "sudah ada")
    assert await proposals(engine) == []


async def test_a_case_whose_rows_cannot_be_read_is_refused(engine: AsyncEngine, settings: Settings) -> None:
    person = await service_principal(engine, "operator", Role.OPERATOR)
    one = await _judged(engine, settings, "Berapa keluhan hama dua pekan ini?", "angkanya lain")
    table = {"columns": ["value"], "sql": "SELECT count(*) FROM nothing WHERE recorded_at <= :now"}
    given = {"phrasings": ["a?", "b?", "c?"], "expect": {"tables": [table]}}
    with pytest.raises(InvalidInputError, match="cannot be run"):
        await accept_case(engine, person, one, "data", given)
    with pytest.raises(InvalidInputError, match="no table"):
        await accept_case(engine, person, one, "data", given | {"expect": {}})
    table["sql"] = "SELECT count(*) AS value FROM report_state WHERE recorded_at <= :now"
    await accept_case(engine, person, one, "data", given)
    with pytest.raises(InvalidInputError, match="takes no cases"):
        await accept_case(engine, person, one, "safety", {})


async def test_a_correction_is_proposed_once_with_its_label(
    engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "keluhan.csv"
    file.write_text("ID Laporan,Isi Laporan,Tanggal\nK-1,Tikus sawah habiskan padi kami,01/11/2026 08:00\n")
    city = read_city(HALIMUN)
    await Importer(engine, city, tmp_path).take_in(ImportKind.REPORTS, file)
    person = await service_principal(engine, "operator", Role.OPERATOR)
    await correct(engine, city, person, "K-1", Correction(agency="dinas_tani", category="hama"))
    assert [await gather(engine), await gather(engine)] == [1, 0]
    [proposed] = await proposals(engine)
    assert (proposed.origin, proposed.subject) == (Origin.CORRECTION, "K-1")
    case = await accept_case(engine, person, proposed.id, "reports", {})
    assert case.model_dump()["category"] == "hama"


async def test_nobody_judges_an_answer_to_another(engine: AsyncEngine, settings: Settings) -> None:
    ground = await ground_for(engine, settings)
    answer = await ground.asker.ask(ASKED)
    stranger: Principal = await service_principal(engine, "stranger", Role.ANALYST)
    with pytest.raises(NotFoundError):
        await thumbs_down(engine, stranger, answer.run_id, "")
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM proposed_case"))).scalar_one() == 0
