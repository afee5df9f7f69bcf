import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What sequences do besides writing: invitations, what members are asked to pledge, and the campaign a message speaks of. */
export class Actions1767225880000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE enrollment ADD COLUMN campaign_id uuid REFERENCES campaign (id);
      ALTER TABLE delivery ADD COLUMN campaign_id uuid REFERENCES campaign (id);

      CREATE TABLE invitation (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        sequence_id uuid REFERENCES sequence (id),
        step_key text,
        occasion text NOT NULL DEFAULT '',
        at timestamptz NOT NULL DEFAULT app.now(),
        UNIQUE (gathering_id, member_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      COMMENT ON TABLE invitation IS 'Who was invited to what by which sequence: once, whatever they answered.';
      CREATE INDEX invitation_member ON invitation (member_id, at DESC, id DESC);
      SELECT app.protect_person_table('invitation', 'member_id', 'chapter_id');

      CREATE TABLE commitment_request (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        campaign_id uuid NOT NULL REFERENCES campaign (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        sequence_id uuid NOT NULL REFERENCES sequence (id),
        step_key text NOT NULL,
        occasion text NOT NULL DEFAULT '',
        asked_at timestamptz NOT NULL DEFAULT app.now(),
        answered_at timestamptz,
        UNIQUE (campaign_id, member_id, sequence_id, occasion),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      COMMENT ON TABLE commitment_request IS 'What members were asked to pledge; answered by a commitment of theirs in the campaign.';
      CREATE INDEX commitment_request_member ON commitment_request (member_id, asked_at DESC, id DESC);
      CREATE INDEX commitment_request_open ON commitment_request (member_id, campaign_id) WHERE answered_at IS NULL;
      SELECT app.protect_person_table('commitment_request', 'member_id', 'chapter_id');
    `);
  }

  async down(): Promise<void> {
    throw new Error('actions are not taken back');
  }
}
