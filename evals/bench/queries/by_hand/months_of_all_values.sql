SELECT to_char(every.month, 'YYYY-MM-DD') AS period, round(summed.total, 2) AS value
FROM generate_series(%(first)s::date, %(last)s::date - 1, interval '1 month') AS every (month)
LEFT JOIN (
    SELECT m.month, sum(m.total) AS total
    FROM observation_month m JOIN series s ON s.id = m.series_id
    WHERE s.indicator_code = %(indicator)s AND m.month >= %(first)s AND m.month < %(last)s
      AND m.recorded_at <= %(as_of)s AND m.superseded_at > %(as_of)s
    GROUP BY m.month
) summed ON summed.month = every.month
ORDER BY every.month
