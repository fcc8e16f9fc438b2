"""How much sample data a scale means."""

from dataclasses import dataclass

HOURLY_DAYS, DAILY_DAYS = 45, 430  # the least that still shows a flood, and the same month last year
BULK_SERIES = 200  # more per unit of scale above 1: at 50 they make 10 M observations in 10,000 series


@dataclass(frozen=True)
class Volume:
    """What `scale` asks for, of a city with `reports` reports over `days` days.

    Below 1 there are fewer reports, and hourly and daily series begin later (weekly to yearly ones stay whole). Above 1 there
    are more reports, and more daily series of the indicators that the city's folder names for bulk.
    """

    reports: int
    hourly_days: int
    daily_days: int
    bulk_series: int

    @classmethod
    def of(cls, scale: float, reports: int, days: int) -> "Volume":
        part = min(scale, 1.0)
        return cls(
            reports=max(round(reports * scale), 50),
            hourly_days=min(max(round(days * part), HOURLY_DAYS), days),
            daily_days=min(max(round(days * part), DAILY_DAYS), days),
            bulk_series=round(BULK_SERIES * max(scale - 1, 0)),
        )
