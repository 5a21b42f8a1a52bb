"""what must outlive the secret key it was made with"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'

ADDED = (
    ('links', 'sealed_token', sa.String(length=120)),
    ('passkeys', 'user_handle', sa.String(length=43)),
    ('recovery_codes', 'key_mark', sa.String(length=16)),
    ('audit_anchors', 'keys', sa.Text()),
)


def upgrade() -> None:
    for table, name, kind in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=''))


def downgrade() -> None:
    op.execute("DELETE FROM audit_anchors WHERE keys <> ''")
    for table, name, _kind in reversed(ADDED):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(name)
