"""Keep what is really true of sample reports, for evaluation only: no role of agents may read it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sample_truth",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("truth", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_sample_truth")),
    )


def downgrade() -> None:
    op.drop_table("sample_truth")
