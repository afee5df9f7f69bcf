import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever gets a place, or is offered one, is told. */
export class PlaceNotices1767225935000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sequence DROP CONSTRAINT sequence_notice_check;
      ALTER TABLE sequence ADD CONSTRAINT sequence_notice_check
        CHECK (notice IN ('cancellation', 'change', 'place', 'offer')) NOT VALID;
    `);
    await runner.query(`ALTER TABLE sequence VALIDATE CONSTRAINT sequence_notice_check`);
  }

  async down(): Promise<void> {
    throw new Error('what was told of places is not taken back');
  }
}
