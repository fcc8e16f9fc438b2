"""What GeoReport v2 sends: names, order and values of fields as its specification gives them."""

from typing import Literal

from pydantic import BaseModel


class Endpoint(BaseModel):
    specification: str
    url: str
    changeset: str
    type: Literal["production", "test"]
    formats: list[str]


class Discovery(BaseModel):
    changeset: str
    contact: str
    key_service: str
    endpoints: list[Endpoint]


class Service(BaseModel):
    """`metadata`: whether a request takes further attributes, which none does here."""

    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: Literal["realtime", "batch", "blackbox"]
    keywords: str
    group: str


class ServiceDefinition(BaseModel):
    service_code: str
    attributes: list[str]


class ServiceRequest(BaseModel):
    """A report, masked. Moments are ISO 8601 with the city's offset; coordinates WGS 84 degrees."""

    service_request_id: str
    status: Literal["open", "closed"]
    status_notes: str | None = None
    service_name: str | None
    service_code: str | None
    description: str
    agency_responsible: str | None
    service_notice: str | None = None
    requested_datetime: str
    updated_datetime: str
    expected_datetime: str | None = None
    address: str | None
    address_id: str | None = None
    zipcode: str | None = None
    lat: float | None
    long: float | None
    media_url: str | None = None


class Created(BaseModel):
    service_request_id: str
    service_notice: str | None = None
    account_id: str | None = None


class Fault(BaseModel):
    code: int
    description: str


class NewRequest(BaseModel):
    """The fields of a form that sends a request. `api_key` is the token of an operator or analyst; one of `lat` with `long`,
    `address_string` and `address_id` tells the place. Of who sends it (`email` to `last_name`) only a keyed hash is kept;
    `media_url` and attributes are not.
    """

    api_key: str | None = None
    jurisdiction_id: str | None = None
    service_code: str | None = None
    lat: str | None = None
    long: str | None = None
    address_string: str | None = None
    address_id: str | None = None
    email: str | None = None
    device_id: str | None = None
    account_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    description: str | None = None
    media_url: str | None = None
