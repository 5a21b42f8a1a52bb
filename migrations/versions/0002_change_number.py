"""change number, stored terms"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('listing_changes',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('listing_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('number', 'listing_id', name=op.f('pk_listing_changes'))
    )
    with op.batch_alter_table('listing_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listing_changes_at'), ['at'], unique=False)
    counter = op.create_table('listing_change_counter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('forgotten', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing_change_counter'))
    )
    op.bulk_insert(counter, [{'id': 1, 'number': 0, 'forgotten': 0}])
    op.add_column('listings', sa.Column('terms', sa.JSON(), nullable=True))
    op.add_column('listings', sa.Column('terms_version', sa.String(length=16), nullable=False, server_default=''))
    with op.batch_alter_table('listings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listings_terms_version'), ['terms_version'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('listings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listings_terms_version'))
        batch_op.drop_column('terms_version')
        batch_op.drop_column('terms')
    op.drop_table('listing_change_counter')
    op.drop_table('listing_changes')
