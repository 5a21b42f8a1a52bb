"""agreements in english"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.add_column('placements', sa.Column('in_english', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('agreement_templates', sa.Column('preamble_en', sa.Text(), server_default='', nullable=False))
    op.add_column('agreement_templates', sa.Column('always_english', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column('agreement_templates', 'always_english')
    op.drop_column('agreement_templates', 'preamble_en')
    op.drop_column('placements', 'in_english')
