"""Write morning briefings: runs that are one, and decisions with their dispositions open to evidence, as far as one may see"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None

# A restricted decision is for those with supervision over all agencies, as in pesut.decisions.course.
MAY_SEE = (
    "NOT restricted OR ((SELECT current_setting('pesut.supervision', true)) = 'on'"
    " AND (SELECT current_setting('pesut.agencies', true)) = '*')"
)
POLICIES = {
    "decision": MAY_SEE,
    "decision_act": "EXISTS (SELECT FROM decision d WHERE d.id = decision_act.decision_id)",
    "disposition": "EXISTS (SELECT FROM decision d WHERE d.id = disposition.decision_id)",
    "disposition_act": "EXISTS (SELECT FROM disposition d WHERE d.id = disposition_act.disposition_id)",
}


def upgrade() -> None:
    op.add_column("run", sa.Column("briefing", sa.Date(), nullable=True))
    op.create_index(
        "ix_run_briefing", "run", ["briefing", "id"], unique=False, postgresql_where=sa.text("briefing IS NOT NULL")
    )
    op.execute(f"GRANT SELECT ON {', '.join(POLICIES)} TO pesut_reader")
    for table, condition in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY visible ON {table} FOR SELECT TO pesut_reader USING ({condition})")
        op.execute(f"CREATE POLICY all_visible ON {table} FOR SELECT TO pesut_full_reader USING (true)")


def downgrade() -> None:
    for table in POLICIES:
        op.execute(f"DROP POLICY all_visible ON {table}")
        op.execute(f"DROP POLICY visible ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute(f"REVOKE SELECT ON {', '.join(POLICIES)} FROM pesut_reader")
    op.drop_index("ix_run_briefing", table_name="run")
    op.drop_column("run", "briefing")
