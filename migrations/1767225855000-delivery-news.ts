import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the breaker looks for is few among many deliveries, and a sequence that begins on a date begins once.
 * The index is built while messages go on; one that was left half built by an interruption is built anew.
 */
export class DeliveryNews1767225855000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS delivery_news`);
    await runner.query(
      `CREATE INDEX CONCURRENTLY delivery_news ON delivery (attempted_at) WHERE state = 'rejected' OR reported IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE sequence ADD COLUMN IF NOT EXISTS begun_on_date timestamptz`);
    await runner.query(
      `COMMENT ON COLUMN sequence.begun_on_date IS 'The date of its trigger at which it let people in.'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('delivery news are not taken back');
  }
}
