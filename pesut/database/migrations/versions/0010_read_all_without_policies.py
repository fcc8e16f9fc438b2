"""Read all without policies: a role for those who may see everything, and hidden series named once per statement"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GUARDED = (
    "document",
    "observation",
    "observation_month",
    "passage",
    "report",
    "report_event",
    "report_state",
    "series",
)
OF_SERIES = ("observation", "observation_month")

# PostgreSQL leaves a policy that is always true out of the plan, so nothing is asked of each row. A member of pesut_reader, so
# that a table which gets a policy for that role alone is guarded by it for this one too.
ROLE = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pesut_full_reader') THEN
            CREATE ROLE pesut_full_reader NOLOGIN;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
"""

# Few series are restricted, and many observations read: their numbers once are less than a look at the series for each row.
# Runs as its owner, since who asks does not see the series it names.
HIDDEN_SERIES = """
    CREATE FUNCTION hidden_series() RETURNS integer[] LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT coalesce(array_agg(id), '{}') FROM public.series
        WHERE restricted AND (
            current_setting('pesut.supervision', true) = 'on'
            AND (current_setting('pesut.agencies', true) = '*'
                 OR agency_code = ANY (string_to_array(current_setting('pesut.agencies', true), ',')))
        ) IS NOT TRUE
    $$
"""


def upgrade() -> None:
    op.execute(ROLE)
    op.execute("GRANT pesut_reader TO pesut_full_reader")
    op.execute("GRANT pesut_full_reader TO CURRENT_USER")
    for table in GUARDED:
        op.execute(f"CREATE POLICY all_visible ON {table} FOR SELECT TO pesut_full_reader USING (true)")
    op.execute(HIDDEN_SERIES)
    op.execute("REVOKE EXECUTE ON FUNCTION hidden_series() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION hidden_series() TO pesut_reader")
    op.execute("CREATE INDEX ix_series_restricted ON series (id) WHERE restricted")
    for table in OF_SERIES:
        op.execute(
            f"ALTER POLICY visible ON {table} USING (series_id <> ALL ((SELECT public.hidden_series())::integer[]))"
        )


def downgrade() -> None:
    for table in OF_SERIES:
        op.execute(
            f"ALTER POLICY visible ON {table} USING (EXISTS (SELECT FROM series s WHERE s.id = {table}.series_id))"
        )
    op.execute("DROP INDEX ix_series_restricted")
    op.execute("DROP FUNCTION hidden_series()")
    for table in GUARDED:
        op.execute(f"DROP POLICY all_visible ON {table}")
