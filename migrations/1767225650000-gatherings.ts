import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gatherings, who says they will come, and who came. The counts on a gathering are kept by triggers. */
export class Gatherings1767225650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gathering (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        kind text NOT NULL CHECK (kind IN ('listening_session', 'training')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        description text NOT NULL DEFAULT '',
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        time_zone text NOT NULL,
        capacity integer CHECK (capacity > 0),
        place text,
        online_url text,
        meeting_key text,
        language text NOT NULL DEFAULT 'en',
        state text NOT NULL DEFAULT 'scheduled' CHECK (state IN ('draft', 'scheduled', 'cancelled')),
        uid text NOT NULL UNIQUE DEFAULT app.new_id()::text,
        sequence integer NOT NULL DEFAULT 0,
        going_count integer NOT NULL DEFAULT 0,
        waitlisted_count integer NOT NULL DEFAULT 0,
        attended_count integer NOT NULL DEFAULT 0,
        cancelled_at timestamptz,
        created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        updated_at timestamptz NOT NULL DEFAULT app.now(),
        CHECK (ends_at > starts_at),
        CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
      );
      CREATE INDEX gathering_agenda ON gathering (starts_at, id);
      CREATE INDEX gathering_chapter_agenda ON gathering (chapter_id, starts_at, id);
      SELECT app.grant_table('gathering');
      -- Gatherings are seen by all and planned in one's chapters; an answer from elsewhere moves their counts alone.
      ALTER TABLE gathering ENABLE ROW LEVEL SECURITY;
      CREATE POLICY gathering_seen ON gathering FOR SELECT USING (true);
      CREATE POLICY gathering_planned ON gathering FOR INSERT
        WITH CHECK ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[]));
      CREATE POLICY gathering_counted ON gathering FOR UPDATE USING (true) WITH CHECK (true);
      CREATE POLICY gathering_removed ON gathering FOR DELETE USING ((SELECT app.sees_all()));
      CREATE FUNCTION app.guard_gathering() RETURNS trigger LANGUAGE plpgsql
      SET search_path = public, pg_temp AS $$
      DECLARE counts text[] := '{going_count,waitlisted_count,attended_count}';
      BEGIN
        IF app.sees_all() OR (OLD.chapter_id = ANY (app.chapters()) AND NEW.chapter_id = ANY (app.chapters()))
           OR to_jsonb(NEW) - counts = to_jsonb(OLD) - counts THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'this gathering is planned in another chapter' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER gathering_guard BEFORE UPDATE ON gathering
        FOR EACH ROW WHEN (current_user = 'unionhall_app') EXECUTE FUNCTION app.guard_gathering();

      CREATE TABLE rsvp (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        status text NOT NULL
          CHECK (status IN ('invited', 'going', 'maybe', 'waitlisted', 'declined', 'cancelled')),
        source text NOT NULL DEFAULT 'portal' CHECK (source IN ('portal', 'link', 'organizer', 'outreach', 'import', 'system')),
        at timestamptz NOT NULL DEFAULT app.now(),
        UNIQUE (gathering_id, member_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX rsvp_member_recent ON rsvp (member_id, at DESC, id DESC);
      CREATE INDEX rsvp_gathering_order ON rsvp (gathering_id, status, at, id);
      SELECT app.protect_person_table('rsvp', 'member_id', 'chapter_id');

      CREATE TABLE attendance (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        status text NOT NULL CHECK (status IN ('attended', 'no_show', 'unknown')),
        minutes integer CHECK (minutes BETWEEN 0 AND 100000),
        source text NOT NULL CHECK (source IN ('door', 'zoom', 'organizer', 'import')),
        recorded_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        at timestamptz NOT NULL DEFAULT app.now(),
        UNIQUE (gathering_id, member_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX attendance_member_recent ON attendance (member_id, at DESC, id DESC);
      CREATE INDEX attendance_member_attended ON attendance (member_id) INCLUDE (chapter_id) WHERE status = 'attended';
      CREATE INDEX attendance_gathering_status ON attendance (gathering_id, status);
      SELECT app.protect_person_table('attendance', 'member_id', 'chapter_id');

      -- Every mark ever made, under the id its maker gave it; attendance holds what stands after them.
      CREATE TABLE attendance_entry (
        id uuid PRIMARY KEY,
        batch_id uuid,
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        status text NOT NULL CHECK (status IN ('attended', 'no_show', 'unknown')),
        minutes integer CHECK (minutes BETWEEN 0 AND 100000),
        source text NOT NULL CHECK (source IN ('door', 'zoom', 'organizer', 'import')),
        recorded_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        at timestamptz NOT NULL,
        received_at timestamptz NOT NULL DEFAULT app.now(),
        undone_at timestamptz,
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX attendance_entry_standing ON attendance_entry (gathering_id, member_id, at DESC, id DESC)
        WHERE undone_at IS NULL;
      CREATE INDEX attendance_entry_member ON attendance_entry (member_id, chapter_id);
      CREATE INDEX attendance_entry_batch ON attendance_entry (batch_id) WHERE batch_id IS NOT NULL;
      SELECT app.protect_person_table('attendance_entry', 'member_id', 'chapter_id');
    `);
    await runner.query(`
      CREATE FUNCTION app.count_rsvps() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          UPDATE gathering g SET going_count = going_count + d.going, waitlisted_count = waitlisted_count + d.waiting
          FROM (SELECT gathering_id, count(*) FILTER (WHERE status = 'going') AS going,
                       count(*) FILTER (WHERE status = 'waitlisted') AS waiting
                FROM after GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND (d.going <> 0 OR d.waiting <> 0);
        ELSIF TG_OP = 'DELETE' THEN
          UPDATE gathering g SET going_count = going_count - d.going, waitlisted_count = waitlisted_count - d.waiting
          FROM (SELECT gathering_id, count(*) FILTER (WHERE status = 'going') AS going,
                       count(*) FILTER (WHERE status = 'waitlisted') AS waiting
                FROM before GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND (d.going <> 0 OR d.waiting <> 0);
        ELSE
          UPDATE gathering g SET going_count = going_count + d.going, waitlisted_count = waitlisted_count + d.waiting
          FROM (SELECT gathering_id, sum(CASE status WHEN 'going' THEN sign ELSE 0 END) AS going,
                       sum(CASE status WHEN 'waitlisted' THEN sign ELSE 0 END) AS waiting
                FROM (SELECT gathering_id, status, 1 AS sign FROM after
                      UNION ALL SELECT gathering_id, status, -1 FROM before) c
                GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND (d.going <> 0 OR d.waiting <> 0);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER rsvp_counted_in AFTER INSERT ON rsvp REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_rsvps();
      CREATE TRIGGER rsvp_counted_out AFTER DELETE ON rsvp REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_rsvps();
      CREATE TRIGGER rsvp_counted_over AFTER UPDATE ON rsvp REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_rsvps();

      CREATE FUNCTION app.count_attendances() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          UPDATE gathering g SET attended_count = attended_count + d.came
          FROM (SELECT gathering_id, count(*) AS came FROM after WHERE status = 'attended' GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id;
        ELSIF TG_OP = 'DELETE' THEN
          UPDATE gathering g SET attended_count = attended_count - d.came
          FROM (SELECT gathering_id, count(*) AS came FROM before WHERE status = 'attended' GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id;
        ELSE
          UPDATE gathering g SET attended_count = attended_count + d.came
          FROM (SELECT gathering_id, sum(sign) AS came
                FROM (SELECT gathering_id, 1 AS sign FROM after WHERE status = 'attended'
                      UNION ALL SELECT gathering_id, -1 FROM before WHERE status = 'attended') c
                GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND d.came <> 0;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER attendance_counted_in AFTER INSERT ON attendance REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_attendances();
      CREATE TRIGGER attendance_counted_out AFTER DELETE ON attendance REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_attendances();
      CREATE TRIGGER attendance_counted_over AFTER UPDATE ON attendance
        REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_attendances();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE attendance_entry, attendance, rsvp, gathering;
      DROP FUNCTION app.count_rsvps(), app.count_attendances(), app.guard_gathering();
    `);
  }
}
