import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Courses and their modules, what members have completed of them, certificates, and the ladder that they climb. */
export class Trainings1767225940000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        description text NOT NULL DEFAULT '',
        language text NOT NULL DEFAULT 'en',
        state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'open', 'retired')),
        certificate_months smallint CHECK (certificate_months BETWEEN 1 AND 120),
        optional_needed smallint NOT NULL DEFAULT 0 CHECK (optional_needed BETWEEN 0 AND 50),
        prepares_for text CHECK (prepares_for IN ('facilitator', 'trainer')),
        created_at timestamptz NOT NULL DEFAULT app.now()
      );
      CREATE INDEX course_order ON course (title, id);
      SELECT app.grant_table('course');
      CREATE TABLE course_module (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        course_id uuid NOT NULL REFERENCES course (id),
        ordinal smallint NOT NULL CHECK (ordinal > 0),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        minimum_minutes integer CHECK (minimum_minutes BETWEEN 1 AND 10080),
        required boolean NOT NULL DEFAULT true,
        UNIQUE (course_id, ordinal)
      );
      SELECT app.grant_table('course_module');
      CREATE TABLE course_prerequisite (
        course_id uuid NOT NULL REFERENCES course (id),
        requires_id uuid NOT NULL REFERENCES course (id),
        PRIMARY KEY (course_id, requires_id),
        CHECK (course_id <> requires_id)
      );
      SELECT app.grant_table('course_prerequisite');
      CREATE TABLE gathering_module (
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        module_id uuid NOT NULL REFERENCES course_module (id),
        PRIMARY KEY (gathering_id, module_id)
      );
      CREATE INDEX gathering_module_of ON gathering_module (module_id, gathering_id);
      SELECT app.grant_table('gathering_module');

      CREATE TABLE module_completion (
        module_id uuid NOT NULL REFERENCES course_module (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        gathering_id uuid NOT NULL REFERENCES gathering (id),
        completed_at timestamptz NOT NULL,
        PRIMARY KEY (member_id, module_id),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX module_completion_of ON module_completion (module_id, member_id);
      SELECT app.protect_person_table('module_completion', 'member_id', 'chapter_id');

      CREATE TABLE certificate (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        course_id uuid NOT NULL REFERENCES course (id),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        code text NOT NULL UNIQUE CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
        shown_as text NOT NULL DEFAULT 'initials' CHECK (shown_as IN ('nobody', 'initials', 'first_name', 'full_name')),
        issued_at timestamptz NOT NULL DEFAULT app.now(),
        expires_at timestamptz,
        expiry_seen boolean NOT NULL DEFAULT false,
        revoked_at timestamptz,
        revoked_for text CHECK (revoked_for IN ('attendance_corrected', 'organizer', 'replaced')),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE,
        CHECK ((revoked_at IS NULL) = (revoked_for IS NULL))
      );
      CREATE UNIQUE INDEX certificate_standing ON certificate (member_id, course_id) WHERE revoked_at IS NULL;
      CREATE INDEX certificate_recent ON certificate (member_id, issued_at DESC, id DESC);
      CREATE INDEX certificate_running_out ON certificate (expires_at) WHERE revoked_at IS NULL AND NOT expiry_seen;
      SELECT app.protect_person_table('certificate', 'member_id', 'chapter_id');

      CREATE TABLE qualification (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('facilitator', 'trainer')),
        granted_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        granted_at timestamptz NOT NULL DEFAULT app.now(),
        revoked_at timestamptz,
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE UNIQUE INDEX qualification_standing ON qualification (member_id, kind) WHERE revoked_at IS NULL;
      SELECT app.protect_person_table('qualification', 'member_id', 'chapter_id');

      -- Where whoever has begun to climb stands, and what they are ready for; kept by the changes that decide it.
      CREATE TABLE ladder_place (
        member_id uuid PRIMARY KEY,
        chapter_id uuid NOT NULL,
        rung text NOT NULL CHECK (rung IN ('member', 'trained', 'facilitator', 'trainer')),
        ready_for text CHECK (ready_for IN ('trained', 'facilitator', 'trainer')),
        since timestamptz NOT NULL DEFAULT app.now(),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE
      );
      CREATE INDEX ladder_place_ready ON ladder_place (ready_for, since, member_id) WHERE ready_for IS NOT NULL;
      CREATE INDEX ladder_place_order ON ladder_place (since, member_id);
      SELECT app.protect_person_table('ladder_place', 'member_id', 'chapter_id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE ladder_place, qualification, certificate, module_completion, gathering_module, course_prerequisite,
        course_module, course;
    `);
  }
}
