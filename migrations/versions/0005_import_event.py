"""the line in the log of the import a listing came with"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.add_column('listings', sa.Column('import_event_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('listings', 'import_event_id')
