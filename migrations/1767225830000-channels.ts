import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What comes back of messages: what the other side calls each and what it reported of it, replies, and
 * people whose sequences wait until a person has read what they wrote.
 */
export class Channels1767225830000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE delivery
        ADD COLUMN provider_id text,
        ADD COLUMN reported text CHECK (reported IN ('failed', 'soft', 'bounced', 'complained')),
        ADD COLUMN reported_reason text,
        ADD COLUMN reported_at timestamptz;
      CREATE INDEX delivery_provider ON delivery (provider_id) WHERE provider_id IS NOT NULL;
      CREATE INDEX delivery_soft ON delivery (address_hash, reported_at) WHERE reported = 'soft';

      ALTER TABLE enrollment ADD COLUMN IF NOT EXISTS paused_at timestamptz;

      ALTER TABLE opt_out DROP CONSTRAINT opt_out_pkey, ADD PRIMARY KEY (channel, address_hash, reason);
      COMMENT ON TABLE opt_out IS 'Addresses that are written to no more. Each reason stands by itself: lifting one leaves the others.';

      CREATE TABLE reply (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'sms')),
        body text NOT NULL,
        source_id text NOT NULL,
        at timestamptz NOT NULL DEFAULT app.now(),
        asks_to_stop boolean NOT NULL DEFAULT false,
        handled_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        handled_at timestamptz,
        outcome text CHECK (outcome IN ('noted', 'resumed', 'stopped')),
        CHECK ((handled_at IS NULL) = (outcome IS NULL)),
        UNIQUE (member_id, source_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      COMMENT ON COLUMN reply.source_id IS 'What the other side calls it: the same reply, handed over twice, is one.';
      CREATE INDEX reply_member ON reply (member_id, at DESC, id DESC);
      CREATE INDEX reply_open ON reply (chapter_id, at DESC, id DESC) WHERE handled_at IS NULL;
      CREATE INDEX reply_silence ON reply (member_id) WHERE asks_to_stop AND handled_at IS NULL;
      SELECT app.protect_person_table('reply', 'member_id', 'chapter_id');
    `);
  }

  async down(): Promise<void> {
    throw new Error('channels are not taken back');
  }
}
