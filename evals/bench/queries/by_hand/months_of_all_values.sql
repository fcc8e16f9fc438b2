SELECT to_char(every.month, 'YYYY-MM-DD') AS period, round(summed.total, 2) AS value,
       summed.first AS _first, summed.last AS _last, coalesce(summed.sample, false) AS _sample
FROM generate_series(%(first)s::date, %(last)s::date - 1, interval '1 month') AS every (month)
LEFT JOIN (
    SELECT m.month, sum(m.total) AS total, min(m.first_observed_at) AS first, max(m.last_observed_at) AS last,
           bool_or(m.sample) AS sample
    FROM observation_month m JOIN series s ON s.id = m.series_id
    WHERE s.indicator_code = %(indicator)s AND m.month >= %(first)s AND m.month < %(last)s
      AND m.recorded_at <= %(as_of)s AND m.superseded_at > %(as_of)s
    GROUP BY m.month
) summed ON summed.month = every.month
ORDER BY every.month
