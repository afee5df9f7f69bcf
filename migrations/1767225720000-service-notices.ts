import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices about a gathering go through the ledger of every message; a gathering has one of each kind. */
export class ServiceNotices1767225720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sequence ADD COLUMN notice text CHECK (notice IN ('cancellation'));
      ALTER TABLE sequence ADD CONSTRAINT sequence_one_notice UNIQUE (gathering_id, notice);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sequence DROP COLUMN notice`);
  }
}
