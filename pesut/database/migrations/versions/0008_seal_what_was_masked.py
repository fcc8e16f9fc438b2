"""Seal what reports said before they were masked: a vault that no role of agents may read"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_original",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_original_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_original")),
    )
    op.add_column("report", sa.Column("masked_by", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_report_unmasked", "report", ["id"], postgresql_where=sa.text("masked_by = ''"))


def downgrade() -> None:
    op.drop_index("ix_report_unmasked", table_name="report")
    op.drop_column("report", "masked_by")
    op.drop_table("report_original")
