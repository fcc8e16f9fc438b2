"""A citizen's report as a row of a file tells it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pesut.catalog.models import Catalog, Term
from pesut.contracts import EARLIEST
from pesut.intake.kinds.base import FieldRow, Setting
from pesut.intake.kinds.categories import Categories
from pesut.intake.kinds.polygons import Polygons
from pesut.intake.kinds.registry import Found, Registry
from pesut.intake.names import term_names
from pesut.reports.classification.flags import Flag
from pesut.reports.privacy.arrival import MASKING, Arrival, ReportText, masked_at_arrival
from pesut.reports.privacy.masking import Masker

AHEAD = timedelta(days=1)  # clocks and time zones differ; what lies further ahead is a slip of the pen
LONGEST_BODY = 100_000  # characters
LONGEST_TITLE = 200
TITLE_FROM_BODY = 80

AGENCY_TOLD = "agency_told"
_STEPS = {"closed_at": ("done", "selesai"), "responded_at": ("in process", "in_process", "diproses", "dalam proses")}


@dataclass(frozen=True)
class ReportRecord:
    """`said`: columns of `report`; `state`: the decided columns that the row gives, `fallback`: those of a new report when it
    does not; `decided`: how each was decided, `settled`: what is decided of the row alone, once. `told` is what was said
    before anything was masked, to be compared and forgotten. `guessed` and `guesses` are columns, and how they were decided, by
    a machine: for a new report alone. `aside` is what the row says but cannot hold, `noticed` what is odd besides the text.
    """

    row: FieldRow
    told: dict[str, Any]
    arrival: Arrival
    said: dict[str, Any]
    state: dict[str, Any]
    fallback: dict[str, Any]
    decided: dict[str, Any]
    aside: dict[str, Any] = field(default_factory=dict[str, Any])
    noticed: tuple[Flag, ...] = ()
    guessed: dict[str, Any] = field(default_factory=dict[str, Any])
    guesses: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def settled(self) -> dict[str, Any]:
        return self.arrival.decided | self.aside

    @property
    def key(self) -> tuple[str, str]:
        return self.said["source"], self.said["source_key"]


class ReportReader:
    """Reads reports of one batch against what they may refer to."""

    def __init__(self, setting: Setting, registry: Registry, polygons: Polygons | None) -> None:
        catalog = setting.catalog
        self._setting = setting
        self._registry = registry
        self._polygons = polygons
        self._masker = Masker(registry.names())
        self._categories = Categories(setting)
        self._terms = {
            "status": term_names(catalog.statuses),
            "classification": term_names(catalog.classifications),
            "channel": term_names(catalog.channels),
        }
        self._steps = {step: status_called(catalog, *words) for step, words in _STEPS.items()}
        self._fallback = {
            "status": _usual(catalog.statuses, "waiting"),
            "classification": _usual(catalog.classifications, "complaint"),
            "channel": setting.channel,
        }

    def read(self, row: FieldRow) -> ReportRecord:
        """Raises CellError for what cannot be a report of this city."""
        arrival = self._arrival(row)
        said = self._said(row, arrival.shown)
        state, decided = self._state(row)
        said["channel"] = state.get("channel", self._fallback["channel"])
        told = told_as(arrival.original or arrival.shown, _moment(row))
        aside = self._aside(row)
        odd = {
            Flag.ELSEWHERE: self._is_elsewhere(said),
            Flag.FUTURE: "submitted_at" in aside,
            Flag.UNKNOWN_AGENCY: AGENCY_TOLD in aside,
        }
        noticed = tuple(flag for flag, holds in odd.items() if holds)
        return ReportRecord(row, told, arrival, said, state, self._fallback, decided, aside, noticed)

    def _aside(self, row: FieldRow) -> dict[str, Any]:
        """What the row says that cannot be so: `report_state.decided` keeps it."""
        aside: dict[str, Any] = {}
        if lies_ahead(_moment(row)):
            aside["submitted_at"] = {"by": "arrival", "said": _moment(row).isoformat()}
        if (said := row.get("agency")) is not None and self._registry.agency_named(said) is None:
            aside[AGENCY_TOLD] = {"by": "source", "said": self._masker.mask(said).text}
        return aside

    def _arrival(self, row: FieldRow) -> Arrival:
        """The first thing done with a row: whatever comes after sees its words masked."""
        told = ReportText(title=row.get("title") or "", body=row.get("body") or "", address=row.get("address") or "")
        return masked_at_arrival(self._masker, told, [row.get("reporter") or "", row.get("reporter_name") or ""])

    def _said(self, row: FieldRow, shown: ReportText) -> dict[str, Any]:
        body, submitted_at = row.get("body") or "", _moment(row)
        if len(body) > LONGEST_BODY:
            raise row.fault("body", f"has more than {LONGEST_BODY} characters", body[:100])
        if submitted_at < EARLIEST:
            raise row.fault("submitted_at", "lies before 1990", submitted_at)
        key = row.get("key") or self._key(row, submitted_at)
        reporter = row.get("reporter")
        return {
            "source": row.get("source") or self._setting.origin,
            "source_key": key,
            "number": row.get("number") or key,
            "title": titled(shown),
            "body": shown.body,
            "reporter": self._setting.pseudonym(reporter) if reporter else "",
            "submitted_at": datetime.now(UTC) if lies_ahead(submitted_at) else submitted_at,
            "address": shown.address,
            "masked_by": MASKING,
            **self._point(row),
        }

    def _key(self, row: FieldRow, submitted_at: datetime) -> str:
        """Of a row without a number: what it says and when, as a keyed hash, from which nobody can find out what was masked."""
        parts = (row.get("body") or "", row.get("title") or "", str(submitted_at), row.get("reporter") or "")
        return self._setting.pseudonym("\n".join(parts))

    def _point(self, row: FieldRow) -> dict[str, float | None]:
        latitude, longitude = row.get("latitude"), row.get("longitude")
        if latitude is None or longitude is None or latitude == longitude == 0:
            return {"latitude": None, "longitude": None}
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise row.fault("latitude", "is no place on earth (WGS 84 degrees)", f"{latitude}, {longitude}")
        return {"latitude": latitude, "longitude": longitude}

    def _state(self, row: FieldRow) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the row decides, by column of `report_state`, and how."""
        found = {
            "agency_code": self._agency(row),
            "region_code": self._place(row),
            "category": self._category(row),
        }
        state: dict[str, Any] = {name: each.code for name, each in found.items() if each}
        decided = {name.removesuffix("_code"): self._how(each) for name, each in found.items() if each}
        for name in self._terms:
            if (said := row.get(name)) is not None:
                state[name] = self._term(row, name, said)
        if "classification" in state:
            decided["classification"] = {"by": "source"}
        for step in ("responded_at", "closed_at"):
            if (moment := row.get(step)) is not None:
                state[step] = self._after(row, step, moment)
        return self._with_status(state), decided

    def _agency(self, row: FieldRow) -> Found | None:
        """None also where the city does not have it."""
        said = row.get("agency")
        return self._registry.agency_named(said) if said is not None else None

    def _how(self, found: Found) -> dict[str, str]:
        return found.decided | {"said": self._masker.mask(found.said).text}

    def _place(self, row: FieldRow) -> Found | None:
        found = self._registry.place(row)
        point = self._point(row)
        if found or self._polygons is None or point["latitude"] is None or point["longitude"] is None:
            return found
        code = self._polygons.at(point["latitude"], point["longitude"])
        return Found(code, "point", f"{point['latitude']}, {point['longitude']}") if code else None

    def _is_elsewhere(self, said: dict[str, Any]) -> bool:
        latitude, longitude = said["latitude"], said["longitude"]
        return self._polygons is not None and latitude is not None and self._polygons.leave_out(latitude, longitude)

    def _category(self, row: FieldRow) -> Found | None:
        said = row.get("category")
        return self._categories.find(row, "category", said) if said is not None else None

    def _term(self, row: FieldRow, field: str, said: str) -> str:
        match = self._terms[field].find(said)
        if match.code is None:
            raise row.fault(field, f"{match.why} as a {field} of the catalog")
        return match.code

    def _after(self, row: FieldRow, field: str, moment: datetime) -> datetime:
        moment = moment.astimezone(UTC)
        if moment < row.get("submitted_at"):
            raise row.fault(field, "lies before the report was submitted", moment)
        return moment

    def _with_status(self, state: dict[str, Any]) -> dict[str, Any]:
        """What was closed is done and what was answered in process, where the file does not say otherwise."""
        step = next((field for field in _STEPS if field in state), None)
        status = self._steps[step] if step and "status" not in state else None
        return state | {"status": status} if status else state


def status_called(catalog: Catalog, *words: str) -> str | None:
    """The status that the catalog calls so."""
    matches = (term_names(catalog.statuses).find(word) for word in words)
    return next((match.code for match in matches if match.how == "name"), None)


def closed_status(catalog: Catalog) -> str | None:
    """The status of reports that were dealt with."""
    return status_called(catalog, *_STEPS["closed_at"])


def _usual(terms: Sequence[Term], code: str) -> str:
    """`code` where the catalog has it, else the catalog's first."""
    return code if not terms or any(term.code == code for term in terms) else terms[0].code


def _moment(row: FieldRow) -> datetime:
    """When the row says that it was submitted, UTC."""
    moment: datetime = row.get("submitted_at")
    return moment.astimezone(UTC)


def lies_ahead(moment: datetime, arrived_at: datetime | None = None) -> bool:
    """Whether a report that arrived then, or arrives now, cannot have been submitted at `moment` (UTC): it counts from its arrival."""
    return moment > (arrived_at or datetime.now(UTC)) + AHEAD


def titled(text: ReportText) -> str:
    """The title, or without one the beginning of the body."""
    return (text.title or shortened(text.body))[:LONGEST_TITLE]


def told_as(text: ReportText, submitted_at: datetime) -> dict[str, Any]:
    """What must be the same for two rows to be one report."""
    return {"title": titled(text), "body": text.body, "submitted_at": submitted_at}


def shortened(body: str) -> str:
    """The beginning of a text, up to a whole word."""
    line = " ".join(body.split())
    if len(line) <= TITLE_FROM_BODY:
        return line
    return line[:TITLE_FROM_BODY].rsplit(" ", 1)[0] + "…"
