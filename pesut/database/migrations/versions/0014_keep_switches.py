"""Keep how operators flipped the switches for answering and for models"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "switch_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("switch", sa.String(), nullable=False),
        sa.Column("turned_on", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_switch_act_principal_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_switch_act")),
    )
    op.create_index("ix_switch_act_switch_id", "switch_act", ["switch", "id"])
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON switch_act"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("switch_act")
