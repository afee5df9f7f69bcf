import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who leads a gathering, what it offers to those who come, and the outlines that gatherings are planned from. */
export class Planning1767225908000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gathering_facilitator (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        role text NOT NULL CHECK (role IN ('lead', 'co_lead', 'trainer', 'interpreter', 'note_taker', 'welcome', 'technician')),
        state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'confirmed', 'declined')),
        asked_at timestamptz NOT NULL DEFAULT app.now(),
        answered_at timestamptz,
        UNIQUE (gathering_id, member_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE,
        CHECK ((state = 'asked') = (answered_at IS NULL))
      );
      CREATE INDEX gathering_facilitator_member ON gathering_facilitator (member_id, asked_at DESC, id DESC);
      SELECT app.protect_person_table('gathering_facilitator', 'member_id', 'chapter_id');

      ALTER TABLE gathering
        ADD COLUMN interpretation text[] NOT NULL DEFAULT '{}',
        ADD COLUMN accessibility text[] NOT NULL DEFAULT '{}';

      CREATE TABLE gathering_outline (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        kind text NOT NULL CHECK (kind IN ('listening_session', 'training')),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        description text NOT NULL DEFAULT '',
        duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 10080),
        capacity integer CHECK (capacity > 0),
        language text NOT NULL DEFAULT 'en',
        interpretation text[] NOT NULL DEFAULT '{}',
        accessibility text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT app.now(),
        retired_at timestamptz
      );
      CREATE INDEX gathering_outline_order ON gathering_outline (name, id) WHERE retired_at IS NULL;
      SELECT app.grant_table('gathering_outline');
      -- Outlines are there for every chapter to plan from, and written in one's own.
      ALTER TABLE gathering_outline ENABLE ROW LEVEL SECURITY;
      ALTER TABLE gathering_outline FORCE ROW LEVEL SECURITY;
      CREATE POLICY gathering_outline_seen ON gathering_outline FOR SELECT USING (true);
      CREATE POLICY gathering_outline_written ON gathering_outline FOR INSERT
        WITH CHECK ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[]));
      CREATE POLICY gathering_outline_changed ON gathering_outline FOR UPDATE
        USING ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[]))
        WITH CHECK ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[]));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE gathering_outline, gathering_facilitator;
      ALTER TABLE gathering DROP COLUMN interpretation, DROP COLUMN accessibility;
    `);
  }
}
