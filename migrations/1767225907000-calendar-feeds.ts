import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses by which a person's calendar program follows gatherings. Of an address its hash alone is kept. */
export class CalendarFeeds1767225907000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_feed (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        shows text NOT NULL CHECK (shows IN ('mine', 'chapter', 'organizer')),
        chapter_id uuid REFERENCES chapter (id),
        secret_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        revoked_at timestamptz,
        CHECK ((shows = 'chapter') = (chapter_id IS NOT NULL))
      );
      CREATE INDEX calendar_feed_of_user ON calendar_feed (user_id, created_at DESC, id DESC) WHERE revoked_at IS NULL;
      SELECT app.protect_system_table('calendar_feed');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE calendar_feed`);
  }
}
