WITH place AS (
    SELECT code, CASE level WHEN 'district' THEN code WHEN 'village' THEN parent_code END AS district
    FROM region WHERE recorded_at <= %(as_of)s AND superseded_at > %(as_of)s
), counted AS (
    SELECT coalesce(p.district, '') AS district, coalesce(s.category, '') AS category,
           date_trunc('day', s.submitted_at, %(zone)s) AS day, count(*) AS n,
           min(s.submitted_at) AS first, max(s.submitted_at) AS last, bool_or(s.sample) AS sample
    FROM report_state s LEFT JOIN place p ON p.code = s.region_code
    WHERE s.submitted_at >= %(start)s AND s.submitted_at < %(end)s
      AND s.recorded_at <= %(as_of)s AND s.superseded_at > %(as_of)s
    GROUP BY 1, 2, 3
), chosen AS (
    SELECT district, category,
           row_number() OVER (ORDER BY district = '' OR category = '', sum(n) DESC,
                              district COLLATE "C", category COLLATE "C") AS rank
    FROM counted GROUP BY district, category ORDER BY rank LIMIT %(groups)s
)
SELECT nullif(c.district, '') AS district, nullif(c.category, '') AS category,
       to_char(day AT TIME ZONE %(zone)s, 'YYYY-MM-DD') AS period, coalesce(n, 0) AS value,
       first AS _first, last AS _last, coalesce(sample, false) AS _sample
FROM chosen c
CROSS JOIN generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 microsecond', interval '1 day',
                           %(zone)s) AS day
LEFT JOIN counted USING (district, category, day)
ORDER BY day, c.rank
