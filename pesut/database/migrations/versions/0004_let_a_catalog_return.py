"""Let a catalog come into force again after another one, so that the newest row is always the one in force"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint("pk_catalog_version", "catalog_version", type_="primary")
    op.create_primary_key("pk_catalog_version", "catalog_version", ["digest", "recorded_at"])


def downgrade() -> None:
    op.execute(
        "DELETE FROM catalog_version c USING catalog_version later"
        " WHERE c.digest = later.digest AND c.recorded_at < later.recorded_at"
    )
    op.drop_constraint("pk_catalog_version", "catalog_version", type_="primary")
    op.create_primary_key("pk_catalog_version", "catalog_version", ["digest"])
