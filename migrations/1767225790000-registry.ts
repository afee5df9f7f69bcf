import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tagging many members at once with a way back, finding people by given name, and whom a grant belongs to. */
export class Registry1767225790000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TAG_RUNS);
    await runner.query(NAMES);
    await runner.query(GRANTEES);
  }

  async down(): Promise<void> {
    throw new Error('the changes of tags are not taken back');
  }
}

const TAG_RUNS = `
  CREATE TABLE tag_run (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    user_id uuid REFERENCES user_account (id) ON DELETE SET NULL,
    removed boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT app.now(),
    undone_at timestamptz
  );
  COMMENT ON COLUMN tag_run.removed IS 'Tags were taken off; otherwise they were put on.';
  CREATE INDEX tag_run_at ON tag_run (at);
  ALTER TABLE tag_run ENABLE ROW LEVEL SECURITY;
  ALTER TABLE tag_run FORCE ROW LEVEL SECURITY;
  CREATE POLICY tag_run_scope ON tag_run
    USING ((SELECT app.sees_all()) OR user_id = (SELECT app.user_id()));
  SELECT app.grant_table('tag_run');

  CREATE TABLE tag_run_change (
    run_id uuid NOT NULL REFERENCES tag_run (id) ON DELETE CASCADE,
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    tag_id uuid NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    source text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (run_id, member_id, tag_id),
    FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE
  );
  COMMENT ON TABLE tag_run_change IS 'The rows of member_tag that a run wrote or took away: what an undo may touch.';
  CREATE INDEX tag_run_change_member ON tag_run_change (member_id, chapter_id);
  SELECT app.protect_person_table('tag_run_change', 'member_id', 'chapter_id');
`;

const NAMES = `
  ALTER TABLE member ADD COLUMN call_name text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (lower(btrim(normalize(given_name || ' ' || family_name, NFKC)))) STORED;
  CREATE INDEX member_by_call_name ON member (call_name, id);
`;

/** Accounts show themselves to their own users alone; whoever may look after a grant may know whose it is. */
const GRANTEES = `
  CREATE FUNCTION app.email_of_grantee(p_user uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  DECLARE
    before text := app.kind();
    found text;
  BEGIN
    IF NOT (app.sees_all() OR p_user = app.user_id() OR EXISTS (
      SELECT FROM role_grant g WHERE g.user_id = p_user AND g.chapter_id = ANY (app.chapters())))
    THEN RETURN NULL; END IF;
    PERFORM set_config('unionhall.kind', 'system', true);
    SELECT u.email INTO found FROM user_account u WHERE u.id = p_user;
    PERFORM set_config('unionhall.kind', before, true);
    RETURN found;
  END $$;
  REVOKE ALL ON FUNCTION app.email_of_grantee FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION app.email_of_grantee TO unionhall_app;
`;
