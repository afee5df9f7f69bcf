import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Message templates: a text for each language, in revisions, each reviewed by a second person. */
export class Templates1767225870000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE template (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        name text NOT NULL CHECK (name <> ''),
        channel text NOT NULL CHECK (channel IN ('email', 'sms')),
        purpose text,
        created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        archived_at timestamptz
      );
      CREATE INDEX template_chapter ON template (chapter_id, created_at DESC, id DESC);
      SELECT app.protect_chapter_table('template', 'chapter_id');

      CREATE TABLE template_text (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        template_id uuid NOT NULL REFERENCES template (id),
        chapter_id uuid NOT NULL,
        language text NOT NULL,
        revision int NOT NULL,
        subject text NOT NULL,
        body text NOT NULL CHECK (body <> ''),
        state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'waiting', 'approved', 'rejected')),
        saved_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        saved_at timestamptz NOT NULL DEFAULT app.now(),
        reviewed_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        reviewed_at timestamptz,
        note text,
        UNIQUE (template_id, language, revision),
        CHECK ((state IN ('approved', 'rejected')) = (reviewed_at IS NOT NULL)),
        CHECK (reviewed_by <> saved_by)
      );
      COMMENT ON TABLE template_text IS 'The highest revision of a language is its text; the others are its history.';
      SELECT app.protect_chapter_table('template_text', 'chapter_id');
    `);
  }

  async down(): Promise<void> {
    throw new Error('templates are not taken back');
  }
}
