"""A request that somebody sends, as a report that arrives."""

from datetime import UTC, datetime
from uuid import UUID

from api.open311.schemas import NewRequest
from api.services import Services
from pesut.contracts import Principal, new_id
from pesut.errors import InvalidInputError
from pesut.intake.pseudonyms import Pseudonyms
from pesut.intake.report_intake import Delivery
from pesut.reports.service_requests import report_of

SOURCE = "open311"
_FIELDS = (
    "key", "body", "submitted_at", "category", "address", "latitude", "longitude", "reporter", "reporter_name",
)  # fmt: skip


async def send(services: Services, sender: Principal, sent: NewRequest, key: str | None) -> UUID:
    """The report's id, once it is stored; with the same `key` (Idempotency-Key) again the same one.

    Raises InvalidInputError without a place, and what `ReportIntake.take` does.
    """
    if not (_given(sent.lat) and _given(sent.long)) and not _given(sent.address_string) and not _given(sent.address_id):
        raise InvalidInputError("A location is needed: lat and long, address_string, or address_id.")
    number = Pseudonyms.of(services.settings.data_dir)(f"{sender.id}/{key}") if key else str(new_id())
    row = _row(sent) | {"key": number, "submitted_at": datetime.now(UTC).isoformat()}
    columns = {name: name for name in _FIELDS}
    content = sent.model_dump(exclude={"api_key"})
    await services.reports.take(Delivery(SOURCE, SOURCE, [row], columns, sender.id, key, content))
    found = await report_of(services.engine, SOURCE, number)
    assert found is not None, "what was taken is there"
    return found


def _row(sent: NewRequest) -> dict[str, object]:
    name = " ".join(part for part in (sent.first_name, sent.last_name) if part)
    who = (sent.account_id, sent.email, sent.phone, sent.device_id, name)
    return {
        "body": sent.description,
        "category": sent.service_code,
        "address": sent.address_string or sent.address_id,
        "latitude": sent.lat,
        "longitude": sent.long,
        "reporter": next((each for each in who if each), None),
        "reporter_name": name,
    }


def _given(text: str | None) -> bool:
    return bool(text and text.strip())
