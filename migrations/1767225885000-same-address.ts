import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who was sent the message instead of a member with the same address, so that it comes to them after all when
 * the other one was never sent it. The index is built while messages go on.
 */
export class SameAddress1767225885000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE delivery ADD COLUMN IF NOT EXISTS same_as uuid REFERENCES delivery (id) ON DELETE SET NULL`,
    );
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS delivery_same_as`);
    await runner.query(
      `CREATE INDEX CONCURRENTLY delivery_same_as ON delivery (same_as) WHERE same_as IS NOT NULL`,
    );
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS delivery_gave_way`);
    await runner.query(
      `CREATE INDEX CONCURRENTLY delivery_gave_way ON delivery (id) WHERE state = 'suppressed' AND address_hash IS NOT NULL`,
    );
  }

  async down(): Promise<void> {
    throw new Error('what members with one address share is not taken back');
  }
}
