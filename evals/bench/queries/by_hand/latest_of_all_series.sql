SELECT round(sum(o.value), 2) AS value, min(o.observed_at) AS _first, max(o.observed_at) AS _last, bool_or(o.sample) AS _sample
FROM series s
CROSS JOIN LATERAL (
    SELECT value, observed_at, sample FROM observation
    WHERE series_id = s.id AND observed_at <= %(as_of)s AND recorded_at <= %(as_of)s AND superseded_at > %(as_of)s
    ORDER BY observed_at DESC LIMIT 1
) o
WHERE s.indicator_code = %(indicator)s
