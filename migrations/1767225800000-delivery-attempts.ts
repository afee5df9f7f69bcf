import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a message last passed the attempt barrier: what an opt-out that came later could no longer stop. */
export class DeliveryAttempts1767225800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery ADD COLUMN attempted_at timestamptz`);
  }

  async down(): Promise<void> {
    throw new Error('delivery attempts are not taken back');
  }
}
