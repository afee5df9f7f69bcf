import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sequences, the people in them, and the ledger of every message. */
export class Outreach1767225670000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sequence (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        title text NOT NULL CHECK (title <> ''),
        purpose text NOT NULL,
        gathering_id uuid REFERENCES gathering (id),
        segment jsonb NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'held', 'ended')),
        version int NOT NULL DEFAULT 1,
        created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        started_at timestamptz NOT NULL DEFAULT app.now()
      );
      CREATE INDEX sequence_chapter ON sequence (chapter_id, started_at DESC, id DESC);
      CREATE INDEX sequence_gathering ON sequence (gathering_id);
      SELECT app.protect_chapter_table('sequence', 'chapter_id');

      CREATE TABLE sequence_step (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        sequence_id uuid NOT NULL REFERENCES sequence (id),
        chapter_id uuid NOT NULL,
        version int NOT NULL,
        position int NOT NULL,
        kind text NOT NULL CHECK (kind IN ('message', 'wait', 'branch', 'exit')),
        config jsonb NOT NULL,
        UNIQUE (sequence_id, version, position)
      );
      SELECT app.protect_chapter_table('sequence_step', 'chapter_id');

      CREATE TABLE enrollment (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        sequence_id uuid NOT NULL REFERENCES sequence (id),
        version int NOT NULL,
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        position int NOT NULL DEFAULT 1,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'done', 'exited')),
        exit_reason text,
        due_at timestamptz NOT NULL DEFAULT app.now(),
        enrolled_at timestamptz NOT NULL DEFAULT app.now(),
        UNIQUE (sequence_id, member_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX enrollment_due ON enrollment (due_at, id) WHERE state = 'active';
      CREATE INDEX enrollment_member ON enrollment (member_id);
      SELECT app.protect_person_table('enrollment', 'member_id', 'chapter_id');

      CREATE TABLE delivery (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        sequence_id uuid NOT NULL REFERENCES sequence (id),
        step_id uuid NOT NULL REFERENCES sequence_step (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        address_hash text,
        state text NOT NULL DEFAULT 'due'
          CHECK (state IN ('due', 'leased', 'attempting', 'accepted', 'rejected', 'suppressed', 'uncertain')),
        reason text,
        due_at timestamptz NOT NULL DEFAULT app.now(),
        lease_until timestamptz,
        fence int NOT NULL DEFAULT 0,
        attempts int NOT NULL DEFAULT 0,
        decided_at timestamptz,
        UNIQUE (step_id, member_id),
        UNIQUE (step_id, address_hash),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX delivery_due ON delivery (due_at, id) WHERE state = 'due';
      CREATE INDEX delivery_leases ON delivery (lease_until) WHERE state IN ('leased', 'attempting');
      CREATE INDEX delivery_member ON delivery (member_id, id DESC);
      CREATE INDEX delivery_step ON delivery (step_id, state);
      SELECT app.protect_person_table('delivery', 'member_id', 'chapter_id');
    `);
  }

  async down(): Promise<void> {
    throw new Error('outreach is not taken back');
  }
}
