"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2): the city's categories as services, its reports as requests."""
