import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a sequence asks an organizer to do about a member. */
export class Tasks1767225840000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        title text NOT NULL CHECK (title <> ''),
        sequence_id uuid REFERENCES sequence (id),
        step_key text,
        occasion text NOT NULL DEFAULT '',
        made_at timestamptz NOT NULL DEFAULT app.now(),
        done_at timestamptz,
        done_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        UNIQUE (sequence_id, step_key, member_id, occasion),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX task_open ON task (chapter_id, made_at, id) WHERE done_at IS NULL;
      CREATE INDEX task_member ON task (member_id);
      SELECT app.protect_person_table('task', 'member_id', 'chapter_id');
    `);
  }

  async down(): Promise<void> {
    throw new Error('tasks are not taken back');
  }
}
