import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the pace of a channel is used up, for all workers together: see `sending/pace.ts`. */
export class SendPace1767225895000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE send_pace (
        channel text PRIMARY KEY CHECK (channel IN ('email', 'sms')),
        free_at timestamptz NOT NULL,
        queue_ends_at timestamptz NOT NULL
      );
      SELECT app.grant_table('send_pace');
    `);
  }

  async down(): Promise<void> {
    throw new Error('the pace of sending is not taken back');
  }
}
