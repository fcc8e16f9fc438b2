"""Working days of a city: its weekdays without the country's public holidays."""

from datetime import UTC, date, datetime, time, timedelta

from pesut.city.models import City

_DAY = timedelta(days=1)


def workday(start: date, days: int, city: City) -> date:
    """The day that lies `days` working days after `start` in the city's calendar, or before it where `days` is negative."""
    import holidays  # slow to import, and who only prints dates needs none of it

    free = holidays.country_holidays(city.calendar.holidays)
    step = _DAY if days > 0 else -_DAY
    day, left = start, abs(days)
    while left > 0:
        day += step
        if day.weekday() in city.calendar.weekdays and day not in free:
            left -= 1
    return day


def workday_from(moment: datetime, days: int, city: City) -> datetime:
    """The end (UTC) of the day that lies `days` working days after the day of `moment` in the city's zone."""
    return end_of(workday(moment.astimezone(city.zone).date(), days, city), city)


def start_of(day: date, city: City) -> datetime:
    """When `day` begins in the city's zone, in UTC."""
    return datetime.combine(day, time(), city.zone).astimezone(UTC)


def end_of(day: date, city: City) -> datetime:
    """When `day` is over in the city's zone, in UTC."""
    return start_of(day + _DAY, city)


def workdays(first: date, last: date, city: City) -> list[date]:
    """The working days from `first` to `last`, both inclusive."""
    import holidays  # slow to import, and who only prints dates needs none of it

    free = holidays.country_holidays(city.calendar.holidays)
    days = (first + number * _DAY for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() in city.calendar.weekdays and day not in free]
