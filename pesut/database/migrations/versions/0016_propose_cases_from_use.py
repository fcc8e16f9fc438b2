"""Keep what evaluation runs came to, and cases that use of the answers proposed"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())


def upgrade() -> None:
    op.add_column("evaluation_run", sa.Column("results", JSON, nullable=True))
    op.create_table(
        "proposed_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("got", JSON, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("suite", sa.String(), nullable=True),
        sa.Column("written", JSON, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["proposed_by"], ["principal.id"], name=op.f("fk_proposed_case_proposed_by_principal")),
        sa.ForeignKeyConstraint(["decided_by"], ["principal.id"], name=op.f("fk_proposed_case_decided_by_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_case")),
        sa.UniqueConstraint("origin", "subject", name=op.f("uq_proposed_case_origin_subject")),
    )
    op.create_index("ix_proposed_case_status", "proposed_case", ["status"])


def downgrade() -> None:
    op.drop_table("proposed_case")
    op.drop_column("evaluation_run", "results")
