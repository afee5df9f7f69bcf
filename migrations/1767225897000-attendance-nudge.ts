import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When those who led a gathering were asked who came; asked once. The index is built while the union goes on. */
export class AttendanceNudge1767225897000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE gathering ADD COLUMN IF NOT EXISTS nudged_at timestamptz`);
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS gathering_unmarked`);
    await runner.query(
      `CREATE INDEX CONCURRENTLY gathering_unmarked ON gathering (ends_at)
        WHERE state = 'scheduled' AND nudged_at IS NULL AND attended_count = 0 AND going_count > 0`,
    );
  }

  async down(): Promise<void> {
    throw new Error('who was asked about attendance is not taken back');
  }
}
