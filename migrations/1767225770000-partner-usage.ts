import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each partner asked for on each day. It names no person. */
export class PartnerUsage1767225770000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE partner_usage (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        partner_id uuid NOT NULL REFERENCES partner (id),
        day date NOT NULL,
        queries int NOT NULL,
        cost bigint NOT NULL,
        people int NOT NULL,
        UNIQUE (partner_id, day)
      );
      SELECT app.grant_table('partner_usage');
    `);
  }

  async down(): Promise<void> {
    throw new Error('usage of partners is not taken back');
  }
}
