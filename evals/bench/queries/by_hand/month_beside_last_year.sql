WITH place AS (
    SELECT code, level, name, CASE level WHEN 'district' THEN code WHEN 'village' THEN parent_code END AS district
    FROM region WHERE recorded_at <= %(as_of)s AND superseded_at > %(as_of)s
), counted AS (
    SELECT p.district,
           count(*) FILTER (WHERE s.submitted_at >= %(start)s) AS value,
           count(*) FILTER (WHERE s.submitted_at < %(start)s) AS previous,
           min(s.submitted_at) FILTER (WHERE s.submitted_at >= %(start)s) AS first,
           max(s.submitted_at) FILTER (WHERE s.submitted_at >= %(start)s) AS last, bool_or(s.sample) AS sample
    FROM report_state s LEFT JOIN place p ON p.code = s.region_code
    WHERE (s.submitted_at >= %(start)s AND s.submitted_at < %(end)s
           OR s.submitted_at >= %(start_before)s AND s.submitted_at < %(end_before)s)
      AND s.recorded_at <= %(as_of)s AND s.superseded_at > %(as_of)s
    GROUP BY 1
), filled AS (
    SELECT coalesce(p.code, c.district) AS district, coalesce(p.name, 'Tidak diketahui') AS district_name,
           coalesce(c.value, 0) AS value, coalesce(c.previous, 0) AS previous,
           first, last, coalesce(sample, false) AS sample
    FROM counted c FULL JOIN (SELECT code, name FROM place WHERE level = 'district') p ON p.code = c.district
)
SELECT district, district_name, value, previous, value - previous AS change,
       round((value - previous)::numeric / nullif(previous, 0), 4) AS change_ratio,
       first AS _first, last AS _last, sample AS _sample
FROM filled
ORDER BY district IS NULL, value DESC, district COLLATE "C"
