SELECT v.report_id AS id
FROM report_vector v JOIN report_state s ON s.report_id = v.report_id
WHERE v.space = {space} AND s.recorded_at <= %(as_of)s AND s.superseded_at > %(as_of)s
ORDER BY v.vector::halfvec({dimension}) <=> %(vector)s::halfvec({dimension})
LIMIT 100
