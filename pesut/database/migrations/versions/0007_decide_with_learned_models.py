"""Decide with learned models: keep each version of a classifier, what language and urgency a report has, and the order of agencies"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "classifier_model",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("data_digest", sa.String(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_digest", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("trained_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", "task", name=op.f("pk_classifier_model")),
    )
    op.create_index(
        "uq_classifier_model_current",
        "classifier_model",
        ["city", "task"],
        unique=True,
        postgresql_where=sa.text("current"),
    )
    op.add_column("report_state", sa.Column("language", sa.String(), nullable=True))
    op.add_column("report_state", sa.Column("urgency", sa.String(), nullable=True))
    op.create_index(
        "ix_report_state_queued",
        "report_state",
        ["submitted_at"],
        postgresql_where=sa.text("superseded_at = '9999-01-01 00:00:00+00' AND decided @? '$.*.by ? (@ == \"queue\")'"),
    )
    op.add_column("agency", sa.Column("ordinal", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("agency", "ordinal")
    op.drop_index("ix_report_state_queued", table_name="report_state")
    op.drop_column("report_state", "urgency")
    op.drop_column("report_state", "language")
    op.drop_index("uq_classifier_model_current", table_name="classifier_model")
    op.drop_table("classifier_model")
