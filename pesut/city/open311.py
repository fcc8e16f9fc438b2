"""How a city takes part in Open311 (GeoReport v2): `open311` of `city.yml`."""

from pesut.contracts.base import Contract


class Open311(Contract):
    """`jurisdiction` is the city's id there, usually the address of its site ("samarinda.go.id"); where it is empty any is taken.
    `public`: whether everybody may read requests; else only who has a key. `contact` and `key_service` tell people whom to ask
    about the service and for a key.
    """

    jurisdiction: str = ""
    public: bool = False
    contact: str = ""
    key_service: str = ""
