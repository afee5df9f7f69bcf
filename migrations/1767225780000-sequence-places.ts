import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who stands where in a sequence, and the deliveries of one step in one state, are read from an index. */
export class SequencePlaces1767225780000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX enrollment_place ON enrollment (sequence_id, version, position, due_at) WHERE state = 'active';
      CREATE INDEX delivery_step_due ON delivery (step_id, state, due_at, id);
      DROP INDEX delivery_step;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX delivery_step ON delivery (step_id, state);
      DROP INDEX delivery_step_due, enrollment_place;
    `);
  }
}
