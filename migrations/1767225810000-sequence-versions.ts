import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sequences that are drafted, published in versions, entered by triggers and again, and the ledger's key that
 * outlives a version: (sequence, key of the step, member, occasion), and the same with the address.
 */
export class SequenceVersions1767225810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sequence
        DROP CONSTRAINT sequence_state_check,
        ADD CONSTRAINT sequence_state_check CHECK (state IN ('draft', 'waiting_for_approval', 'active', 'held', 'ended')),
        ADD COLUMN trigger jsonb NOT NULL DEFAULT '{"on": "hand"}',
        ADD COLUMN reentry text NOT NULL DEFAULT 'once' CHECK (reentry IN ('once', 'each_gathering', 'again')),
        ADD COLUMN goal jsonb,
        ADD COLUMN entries_open boolean NOT NULL DEFAULT true,
        ADD COLUMN held_reason text,
        ADD COLUMN corrects uuid REFERENCES sequence_step (id),
        ADD COLUMN tries uuid REFERENCES sequence (id),
        ADD COLUMN audience int,
        ADD COLUMN asked_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        ADD COLUMN approved_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        ADD COLUMN approved_at timestamptz;
      CREATE INDEX sequence_trigger ON sequence ((trigger->>'on')) WHERE state IN ('active', 'held') AND entries_open;

      CREATE TABLE sequence_version (
        sequence_id uuid NOT NULL REFERENCES sequence (id),
        version int NOT NULL,
        chapter_id uuid NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT app.now(),
        saved_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        published_at timestamptz,
        published_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        people text CHECK (people IN ('move', 'finish', 'stop')),
        revision int NOT NULL DEFAULT 1,
        settings jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (sequence_id, version)
      );
      CREATE UNIQUE INDEX sequence_one_draft ON sequence_version (sequence_id) WHERE published_at IS NULL;
      SELECT app.protect_chapter_table('sequence_version', 'chapter_id');
      INSERT INTO sequence_version (sequence_id, version, chapter_id, saved_at, published_at, settings)
      SELECT id, version, chapter_id, started_at, started_at, jsonb_build_object('title', title, 'segment', segment, 'trigger', trigger, 'reentry', reentry) FROM sequence;

      ALTER TABLE sequence_step
        DROP CONSTRAINT sequence_step_kind_check,
        ADD CONSTRAINT sequence_step_kind_check CHECK (kind IN ('message', 'wait', 'branch', 'split', 'action', 'exit')),
        ADD COLUMN key text;
      UPDATE sequence_step SET key = coalesce(config->>'name', kind || '-' || position);
      ALTER TABLE sequence_step ALTER COLUMN key SET NOT NULL,
        ADD CONSTRAINT sequence_step_key UNIQUE (sequence_id, version, key);

      UPDATE sequence_step b SET config = jsonb_build_object(
               'kind', 'branch',
               'cases', jsonb_build_array(
                 jsonb_build_object('when', jsonb_build_object('attendance', jsonb_build_array('attended')), 'to', a.key),
                 jsonb_build_object('when', jsonb_build_object('attendance', jsonb_build_array('no_show')), 'to', n.key)),
               'patience', jsonb_build_object('anchor', 'end', 'minutes', (b.config->>'graceMinutes')::int))
        FROM sequence_step a, sequence_step n
       WHERE b.kind = 'branch' AND a.sequence_id = b.sequence_id AND a.version = b.version AND a.position = (b.config->>'attended')::int
         AND n.sequence_id = b.sequence_id AND n.version = b.version AND n.position = (b.config->>'missed')::int;

      ALTER TABLE enrollment
        ADD COLUMN occasion text NOT NULL DEFAULT '',
        ADD COLUMN gathering_id uuid REFERENCES gathering (id),
        ADD COLUMN arrived_at timestamptz NOT NULL DEFAULT app.now(),
        ADD COLUMN watching boolean NOT NULL DEFAULT false,
        ADD COLUMN paused_at timestamptz,
        DROP CONSTRAINT enrollment_sequence_id_member_id_key,
        ADD CONSTRAINT enrollment_occasion UNIQUE (sequence_id, member_id, occasion);
      UPDATE enrollment e SET gathering_id = s.gathering_id FROM sequence s WHERE s.id = e.sequence_id AND s.gathering_id IS NOT NULL;
      UPDATE enrollment e SET watching = true FROM sequence_step b
       WHERE b.sequence_id = e.sequence_id AND b.version = e.version AND b.position = e.position AND b.kind = 'branch' AND e.state = 'active';
      CREATE INDEX enrollment_watching ON enrollment (member_id) WHERE watching AND state = 'active';
      CREATE INDEX enrollment_gathering ON enrollment (gathering_id) WHERE state = 'active';

      ALTER TABLE delivery
        ADD COLUMN step_key text,
        ADD COLUMN occasion text NOT NULL DEFAULT '',
        ADD COLUMN gathering_id uuid REFERENCES gathering (id),
        ADD COLUMN purpose text,
        DROP CONSTRAINT delivery_step_id_member_id_key,
        DROP CONSTRAINT delivery_step_id_address_hash_key;
      UPDATE delivery d SET step_key = st.key, gathering_id = s.gathering_id, purpose = s.purpose
        FROM sequence_step st, sequence s WHERE st.id = d.step_id AND s.id = d.sequence_id;
      ALTER TABLE delivery
        ALTER COLUMN step_key SET NOT NULL,
        ALTER COLUMN purpose SET NOT NULL,
        ADD CONSTRAINT delivery_once UNIQUE (sequence_id, step_key, member_id, occasion);
      CREATE UNIQUE INDEX delivery_once_for_address ON delivery (sequence_id, step_key, address_hash, occasion) WHERE address_hash IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('sequence versions are not taken back');
  }
}
