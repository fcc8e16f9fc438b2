SELECT s.indicator_code AS indicator, i.name, i.unit, s.region_code AS region, s.item, o.value, o.observed_at, o.recorded_at,
       d.code AS dataset, s.agency_code AS agency, d.staleness_seconds, o.sample
FROM series s
JOIN indicator i ON i.code = s.indicator_code
JOIN dataset d ON d.code = i.dataset_code
CROSS JOIN LATERAL (
    SELECT value, observed_at, recorded_at, sample FROM observation
    WHERE series_id = s.id AND observed_at <= %(as_of)s AND recorded_at <= %(as_of)s AND superseded_at > %(as_of)s
    ORDER BY observed_at DESC LIMIT 1
) o
WHERE s.indicator_code = ANY (%(indicators)s)
ORDER BY 1, 4, 5
LIMIT 2000
