import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses that sequences call, and the ledger of calls: one for each (endpoint, sequence, step, member, occasion). */
export class Webhooks1767225882000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        url text NOT NULL CHECK (length(url) <= 2000),
        secret_turn int NOT NULL DEFAULT 1,
        rotated_at timestamptz,
        created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        disabled_at timestamptz
      );
      COMMENT ON COLUMN webhook_endpoint.secret_turn IS 'Its secret follows from the secret of the installation, its id and this number, and is kept nowhere.';
      CREATE INDEX webhook_endpoint_chapter ON webhook_endpoint (chapter_id, created_at DESC, id DESC);
      SELECT app.protect_chapter_table('webhook_endpoint', 'chapter_id');

      CREATE TABLE webhook_call (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint (id),
        sequence_id uuid NOT NULL REFERENCES sequence (id),
        step_key text NOT NULL,
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        occasion text NOT NULL DEFAULT '',
        gathering_id uuid REFERENCES gathering (id),
        campaign_id uuid REFERENCES campaign (id),
        state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'leased', 'delivered', 'failed')),
        made_at timestamptz NOT NULL DEFAULT app.now(),
        next_at timestamptz NOT NULL DEFAULT app.now(),
        attempts int NOT NULL DEFAULT 0,
        fence int NOT NULL DEFAULT 0,
        lease_until timestamptz,
        last_status int,
        reason text,
        decided_at timestamptz,
        UNIQUE (endpoint_id, sequence_id, step_key, member_id, occasion),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX webhook_call_due ON webhook_call (next_at, id) WHERE state = 'due';
      CREATE INDEX webhook_call_leased ON webhook_call (lease_until) WHERE state = 'leased';
      CREATE INDEX webhook_call_endpoint ON webhook_call (endpoint_id, made_at DESC, id DESC);
      CREATE INDEX webhook_call_member ON webhook_call (member_id);
      SELECT app.protect_person_table('webhook_call', 'member_id', 'chapter_id');
    `);
  }

  async down(): Promise<void> {
    throw new Error('webhooks are not taken back');
  }
}
