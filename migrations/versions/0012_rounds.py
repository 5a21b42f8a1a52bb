"""rounds over several programmes, their placements, and students who are free again"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    op.create_table('cohort_programmes',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_cohort_programmes_programme_id_programmes')),
    sa.ForeignKeyConstraint(['round_id'], ['cohort_rounds.id'], name=op.f('fk_cohort_programmes_round_id_cohort_rounds'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'programme_id', name=op.f('pk_cohort_programmes'))
    )
    with op.batch_alter_table('cohort_programmes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cohort_programmes_programme_id'), ['programme_id'], unique=False)
    op.execute('INSERT INTO cohort_programmes (round_id, programme_id) SELECT id, programme_id FROM cohort_rounds')

    with op.batch_alter_table('cohort_rounds', schema=None) as batch_op:
        batch_op.add_column(sa.Column('placed', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('opening_job_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_cohort_rounds_opening_job_id_jobs'), 'jobs', ['opening_job_id'], ['id'])
        batch_op.drop_index(batch_op.f('ix_cohort_rounds_programme_id'))
        batch_op.drop_constraint(batch_op.f('fk_cohort_rounds_programme_id_programmes'), type_='foreignkey')
        batch_op.drop_column('programme_id')
    op.execute(
        'UPDATE cohort_rounds SET placed = (SELECT count(application_id) FROM cohort_students '
        'WHERE cohort_students.round_id = cohort_rounds.id)'
    )
    with op.batch_alter_table('cohort_rounds', schema=None) as batch_op:
        batch_op.alter_column('placed', server_default=None)

    op.execute(
        "UPDATE applications SET state = 'called_off', version = version + 1, ended_at = (SELECT max(placements.ended_at) "
        "FROM placements WHERE placements.application_id = applications.id) WHERE state = 'accepted' AND id IN "
        "(SELECT application_id FROM placements WHERE state IN ('cancelled', 'stopped') AND application_id IS NOT NULL)"
    )


def downgrade() -> None:
    op.execute("UPDATE applications SET state = 'accepted', version = version + 1 WHERE state = 'called_off'")
    op.execute("DELETE FROM application_events WHERE action = 'call_off'")

    with op.batch_alter_table('cohort_rounds', schema=None) as batch_op:
        batch_op.add_column(sa.Column('programme_id', sa.Integer(), nullable=True))
    op.execute(
        'UPDATE cohort_rounds SET programme_id = (SELECT min(programme_id) FROM cohort_programmes '
        'WHERE cohort_programmes.round_id = cohort_rounds.id)'
    )
    with op.batch_alter_table('cohort_rounds', schema=None) as batch_op:
        batch_op.alter_column('programme_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_cohort_rounds_programme_id_programmes'), 'programmes', ['programme_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_cohort_rounds_programme_id'), ['programme_id'], unique=False)
        batch_op.drop_constraint(batch_op.f('fk_cohort_rounds_opening_job_id_jobs'), type_='foreignkey')
        batch_op.drop_column('opening_job_id')
        batch_op.drop_column('placed')

    with op.batch_alter_table('cohort_programmes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cohort_programmes_programme_id'))

    op.drop_table('cohort_programmes')
