"""Guard what agents read: a read-only role, row-level security by scope, an audit log that only grows"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

READABLE = (
    "agency",
    "budget_line",
    "budget_realisation",
    "dataset",
    "document",
    "embedding_space",
    "indicator",
    "observation",
    "observation_month",
    "passage",
    "passage_vector",
    "region",
    "report",
    "report_event",
    "report_state",
    "report_vector",
    "series",
)

# Scalar sub-selects make PostgreSQL read the settings once per statement instead of once per row.
SUPERVISION = "(SELECT current_setting('pesut.supervision', true)) = 'on'"
AGENCIES = "(SELECT current_setting('pesut.agencies', true))"
MAY_SEE = f"({SUPERVISION} AND ({AGENCIES} = '*' OR agency_code = ANY (string_to_array({AGENCIES}, ','))))"

POLICIES = {
    "report_state": f"classification <> 'supervision' OR {MAY_SEE}",
    "series": f"NOT restricted OR {MAY_SEE}",
    "document": f"NOT restricted OR {MAY_SEE}",
    "report": "EXISTS (SELECT FROM report_state s WHERE s.report_id = report.id)",
    "report_event": "EXISTS (SELECT FROM report_state s WHERE s.report_id = report_event.report_id)",
    "passage": "EXISTS (SELECT FROM document d WHERE d.code = passage.document_code)",
    "observation": "EXISTS (SELECT FROM series s WHERE s.id = observation.series_id)",
    "observation_month": "EXISTS (SELECT FROM series s WHERE s.id = observation_month.series_id)",
}


def upgrade() -> None:
    op.execute(
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pesut_reader') THEN CREATE ROLE pesut_reader NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """
    )
    op.execute("GRANT pesut_reader TO CURRENT_USER")
    op.execute("GRANT USAGE ON SCHEMA public TO pesut_reader")
    op.execute(f"GRANT SELECT ON {', '.join(READABLE)} TO pesut_reader")
    for table, condition in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY visible ON {table} FOR SELECT TO pesut_reader USING ({condition})")
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$
        """
    )
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER only_grows ON audit_log")
    op.execute("DROP FUNCTION refuse_change()")
    for table in POLICIES:
        op.execute(f"DROP POLICY visible ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute(f"REVOKE SELECT ON {', '.join(READABLE)} FROM pesut_reader")
