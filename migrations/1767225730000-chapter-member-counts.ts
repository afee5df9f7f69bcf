import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many members of each status a chapter is home to, kept by triggers; and the history of consents to partners. */
export class ChapterMemberCounts1767225730000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COUNTS);
    await runner.query(PARTNER_HISTORY);
  }

  async down(): Promise<void> {
    throw new Error('the counts of members are not taken back');
  }
}

/**
 * An erased member is no longer counted. The rows change in the order of their keys, so that two writers wait
 * for each other instead of locking each other out.
 */
const COUNTS = `
  CREATE TABLE chapter_member_count (
    chapter_id uuid NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
    status text NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (chapter_id, status)
  );
  ALTER TABLE chapter_member_count ENABLE ROW LEVEL SECURITY;
  ALTER TABLE chapter_member_count FORCE ROW LEVEL SECURITY;
  CREATE POLICY chapter_member_count_scope ON chapter_member_count
    USING ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[]));
  GRANT SELECT ON chapter_member_count TO unionhall_app;

  CREATE FUNCTION app.count_members() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  DECLARE before text := coalesce(current_setting('unionhall.sees_all', true), '');
  BEGIN
    PERFORM set_config('unionhall.sees_all', 'on', true);
    IF TG_OP = 'INSERT' THEN
      INSERT INTO chapter_member_count AS c (chapter_id, status, total)
      SELECT chapter_id, status, count(*) FROM new_rows WHERE erased_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (chapter_id, status) DO UPDATE SET total = c.total + excluded.total;
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO chapter_member_count AS c (chapter_id, status, total)
      SELECT chapter_id, status, -count(*) FROM old_rows WHERE erased_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (chapter_id, status) DO UPDATE SET total = c.total + excluded.total;
    ELSE
      INSERT INTO chapter_member_count AS c (chapter_id, status, total)
      SELECT chapter_id, status, sum(sign)
      FROM (SELECT chapter_id, status, 1 AS sign FROM new_rows WHERE erased_at IS NULL
            UNION ALL SELECT chapter_id, status, -1 FROM old_rows WHERE erased_at IS NULL) d
      GROUP BY 1, 2 HAVING sum(sign) <> 0 ORDER BY 1, 2
      ON CONFLICT (chapter_id, status) DO UPDATE SET total = c.total + excluded.total;
    END IF;
    PERFORM set_config('unionhall.sees_all', before, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER member_counted_in AFTER INSERT ON member REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION app.count_members();
  CREATE TRIGGER member_counted_out AFTER DELETE ON member REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION app.count_members();
  CREATE TRIGGER member_counted_over AFTER UPDATE ON member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION app.count_members();

  SELECT set_config('unionhall.kind', 'system', true), set_config('unionhall.sees_all', 'on', true);
  LOCK TABLE member IN SHARE ROW EXCLUSIVE MODE;
  INSERT INTO chapter_member_count (chapter_id, status, total)
    SELECT chapter_id, status, count(*) FROM member WHERE erased_at IS NULL GROUP BY 1, 2;
`;

/** A consent to a partner has a partner and a field group, and no channel. */
const PARTNER_HISTORY = `
  ALTER TABLE consent_event ALTER COLUMN channel DROP NOT NULL;
  ALTER TABLE consent_event ADD COLUMN partner_id uuid REFERENCES partner (id),
    ADD COLUMN field_group text CHECK (field_group IN ('name', 'contact', 'chapter', 'commitments')),
    ADD CONSTRAINT consent_event_about CHECK ((channel IS NULL) = (partner_id IS NOT NULL)
      AND (partner_id IS NULL) = (field_group IS NULL));
  CREATE INDEX consent_event_partner ON consent_event (partner_id) WHERE partner_id IS NOT NULL;
`;
