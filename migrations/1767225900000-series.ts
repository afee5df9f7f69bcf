import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gatherings that repeat. Each date of a series is a gathering of its own; the series keeps the rule by which they
 * were planned. The columns come empty and the constraint unvalidated, so that nobody waits for them.
 */
export class Series1767225900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gathering_series (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        kind text NOT NULL CHECK (kind IN ('listening_session', 'training')),
        rule text NOT NULL CHECK (length(rule) BETWEEN 1 AND 250),
        starts_local timestamp NOT NULL,
        duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 10080),
        time_zone text NOT NULL,
        at_gap text CHECK (at_gap IN ('next_valid', 'leave_out')),
        at_overlap text CHECK (at_overlap IN ('earlier', 'later')),
        follows uuid REFERENCES gathering_series (id),
        copied_from uuid REFERENCES gathering_series (id),
        created_at timestamptz NOT NULL DEFAULT app.now()
      );
      CREATE INDEX gathering_series_chapter ON gathering_series (chapter_id, created_at DESC, id DESC);
      SELECT app.protect_chapter_table('gathering_series', 'chapter_id');
      ALTER TABLE gathering
        ADD COLUMN series_id uuid,
        ADD COLUMN series_local timestamp,
        ADD COLUMN moved boolean NOT NULL DEFAULT false;
      ALTER TABLE gathering ADD CONSTRAINT gathering_of_series FOREIGN KEY (series_id) REFERENCES gathering_series (id) NOT VALID;
    `);
    await runner.query(`
      ALTER TABLE gathering VALIDATE CONSTRAINT gathering_of_series;
      CREATE UNIQUE INDEX gathering_series_dates ON gathering (series_id, series_local) WHERE series_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gathering DROP COLUMN series_id, DROP COLUMN series_local, DROP COLUMN moved;
      DROP TABLE gathering_series;
    `);
  }
}
