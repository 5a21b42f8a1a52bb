"""which request or job a letter came from"""

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'


def upgrade():
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(length=80), nullable=False, server_default=''))
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.alter_column('origin', server_default=None)


def downgrade():
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.drop_column('origin')
