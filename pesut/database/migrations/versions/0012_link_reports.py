"""Link reports that tell of one matter, or tell it in one text"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SEEN = "EXISTS (SELECT FROM report_state s WHERE s.report_id = report_link.{})"


def upgrade() -> None:
    op.create_table(
        "report_link",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("like_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["report.id"], name=op.f("fk_report_link_first_id_report")),
        sa.ForeignKeyConstraint(["like_id"], ["report.id"], name=op.f("fk_report_link_like_id_report")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_link_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_link")),
    )
    op.create_index("ix_report_link_first_id", "report_link", ["first_id"])
    op.execute("GRANT SELECT ON report_link TO pesut_reader")
    op.execute("ALTER TABLE report_link ENABLE ROW LEVEL SECURITY")
    seen = " AND ".join(SEEN.format(column) for column in ("report_id", "first_id", "like_id"))
    op.execute(f"CREATE POLICY visible ON report_link FOR SELECT TO pesut_reader USING ({seen})")
    op.execute("CREATE POLICY all_visible ON report_link FOR SELECT TO pesut_full_reader USING (true)")


def downgrade() -> None:
    op.drop_table("report_link")
