SELECT agency_code AS agency,
       round((percentile_cont(%(percentile)s) WITHIN GROUP (ORDER BY date_part('epoch', closed_at - submitted_at)))::numeric
             / 3600, 1) AS value,
       min(submitted_at) AS _first, max(submitted_at) AS _last, bool_or(sample) AS _sample
FROM report_state
WHERE submitted_at >= %(start)s AND submitted_at < %(end)s AND recorded_at <= %(as_of)s AND superseded_at > %(as_of)s
GROUP BY agency_code
HAVING count(closed_at) > 0
ORDER BY agency_code IS NULL, value DESC, agency_code COLLATE "C"
