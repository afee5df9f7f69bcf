import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A gathering that changes its time or place tells those who come, too. */
export class ChangeNotices1767225905000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sequence DROP CONSTRAINT sequence_notice_check;
      ALTER TABLE sequence ADD CONSTRAINT sequence_notice_check CHECK (notice IN ('cancellation', 'change')) NOT VALID;
    `);
    await runner.query(`ALTER TABLE sequence VALIDATE CONSTRAINT sequence_notice_check`);
  }

  async down(): Promise<void> {
    throw new Error('what was told of a change is not taken back');
  }
}
