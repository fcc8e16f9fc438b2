WITH wanted AS (
    SELECT plainto_tsquery('indonesian', %(one)s) && plainto_tsquery('indonesian', %(other)s) AS words
), found AS (
    SELECT r.id, ts_rank_cd(r.search, wanted.words, 32) AS rank, r.submitted_at
    FROM wanted JOIN report r ON r.search @@ wanted.words
    JOIN report_state s ON s.report_id = r.id
    WHERE s.recorded_at <= %(as_of)s AND s.superseded_at > %(as_of)s
    ORDER BY rank DESC, r.submitted_at DESC, r.id LIMIT 100
)
SELECT r.id, r.title, r.body
FROM found JOIN report r USING (id)
ORDER BY found.rank DESC, found.submitted_at DESC, r.id
LIMIT %(limit)s
