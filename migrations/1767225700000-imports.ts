import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports of people: the run, its rows as they were read, and what a commit changed. */
export class Imports1767225700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(REFERENCES);
  }

  async down(): Promise<void> {
    throw new Error('imports are not taken back');
  }
}

const TABLES = `
  CREATE TABLE import_run (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    chapter_id uuid NOT NULL REFERENCES chapter (id),
    user_id uuid REFERENCES user_account (id) ON DELETE SET NULL,
    encoding text NOT NULL,
    state text NOT NULL DEFAULT 'previewed'
      CHECK (state IN ('previewed', 'committing', 'committed', 'undoing', 'undone', 'failed', 'closed')),
    problem text,
    last_line int NOT NULL DEFAULT 0,
    row_count int NOT NULL DEFAULT 0,
    new_count int NOT NULL DEFAULT 0,
    updated_count int NOT NULL DEFAULT 0,
    unchanged_count int NOT NULL DEFAULT 0,
    rejected_count int NOT NULL DEFAULT 0,
    kept_count int NOT NULL DEFAULT 0,
    done_count int NOT NULL DEFAULT 0,
    attempts int NOT NULL DEFAULT 0,
    custom_columns text[] NOT NULL DEFAULT '{}',
    consent jsonb,
    created_at timestamptz NOT NULL DEFAULT app.now(),
    committed_at timestamptz,
    undone_at timestamptz
  );
  CREATE INDEX import_run_chapter ON import_run (chapter_id, created_at DESC, id DESC);
  CREATE INDEX import_run_newest ON import_run (created_at DESC, id DESC);
  CREATE INDEX import_run_working ON import_run (id) WHERE state IN ('committing', 'undoing');
  SELECT app.protect_chapter_table('import_run', 'chapter_id');

  CREATE TABLE import_row (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    import_id uuid NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
    chapter_id uuid NOT NULL,
    line int NOT NULL,
    given_name text,
    family_name text,
    email text,
    email_key text,
    phone text,
    postal_code text,
    city text,
    region text,
    country text,
    tags text[] NOT NULL DEFAULT '{}',
    custom jsonb NOT NULL DEFAULT '{}',
    email_opt_out text,
    phone_opt_out text,
    outcome text NOT NULL CHECK (outcome IN ('new', 'updated', 'unchanged', 'rejected')),
    changed text[] NOT NULL DEFAULT '{}',
    member_id uuid,
    problem_column text,
    problem text
  );
  COMMENT ON COLUMN import_row.email_opt_out IS 'Keyed hash of an address that the file says is opted out.';
  CREATE INDEX import_row_run ON import_row (import_id, line);
  CREATE INDEX import_row_member ON import_row (member_id);
  CREATE INDEX import_row_rejected ON import_row (email_key) WHERE outcome = 'rejected';
  SELECT app.protect_person_table('import_row', 'member_id', 'chapter_id');

  CREATE TABLE import_change (
    import_id uuid NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    phone text,
    phone_key text,
    email text,
    email_key text,
    postal_code text,
    city text,
    region text,
    country text,
    custom jsonb NOT NULL,
    provenance jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (import_id, member_id)
  );
  COMMENT ON TABLE import_change IS 'What stood in a member''s record before an import changed it.';
  CREATE INDEX import_change_member ON import_change (member_id);
  SELECT app.protect_person_table('import_change', 'member_id', 'chapter_id');
`;

const REFERENCES = `
  -- Which of these members something refers to, in any table but those named: whatever a later domain adds is found too.
  CREATE FUNCTION app.members_referred_to(ids uuid[], besides text[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS $$
  DECLARE key record;
  BEGIN
    FOR key IN
      SELECT DISTINCT c.conrelid::regclass AS child, a.attname AS name
        FROM pg_constraint c
        CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (child, parent)
        JOIN pg_attribute p ON p.attrelid = c.confrelid AND p.attnum = k.parent AND p.attname = 'id'
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.child
       WHERE c.contype = 'f' AND c.confrelid = 'public.member'::regclass AND c.conrelid::regclass::text <> ALL (besides)
    LOOP
      RETURN QUERY EXECUTE format('SELECT %1$I FROM %2$s WHERE %1$I = ANY ($1)', key.name, key.child) USING ids;
    END LOOP;
  END $$;
`;
