import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever has completed a course is told. */
export class CertificateNotices1767225945000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sequence DROP CONSTRAINT sequence_notice_check;
      ALTER TABLE sequence ADD CONSTRAINT sequence_notice_check
        CHECK (notice IN ('cancellation', 'change', 'place', 'offer', 'certificate')) NOT VALID;
    `);
    await runner.query(`ALTER TABLE sequence VALIDATE CONSTRAINT sequence_notice_check`);
  }

  async down(): Promise<void> {
    throw new Error('what was told of certificates is not taken back');
  }
}
