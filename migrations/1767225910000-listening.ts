import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is said in listening sessions, what it is about, and the demands that it stands behind. */
export class Listening1767225910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TESTIMONY);
    await runner.query(VAULT);
    await runner.query(THEMES);
    await runner.query(CODING);
    await runner.query(DEMANDS);
  }

  async down(): Promise<void> {
    throw new Error('testimony is not taken back');
  }
}

const IN_REACH = `(SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[])`;
/** Whoever may see a testimony may see what hangs on it; only those in charge of it, and its speaker, may write there. */
const OF_TESTIMONY = (table: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY ${table}_seen ON ${table} FOR SELECT USING (EXISTS (SELECT FROM testimony t WHERE t.id = testimony_id));
  CREATE POLICY ${table}_scope ON ${table} USING (EXISTS (SELECT FROM testimony t WHERE t.id = testimony_id
    AND (t.member_id = (SELECT app.member_id()) OR ${IN_REACH.replace('chapter_id', 't.chapter_id')})));
  SELECT app.grant_table('${table}');`;

const TESTIMONY = `
  CREATE TABLE testimony (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    gathering_id uuid NOT NULL REFERENCES gathering (id),
    chapter_id uuid NOT NULL REFERENCES chapter (id),
    member_id uuid REFERENCES member (id),
    key_id uuid NOT NULL,
    language text NOT NULL CHECK (language <> ''),
    state text NOT NULL DEFAULT 'standing' CHECK (state IN ('standing', 'withdrawn')),
    quote text NOT NULL CHECK (quote IN ('none', 'paraphrase', 'verbatim')),
    named_as text NOT NULL CHECK (named_as IN ('anonymous', 'first_name', 'full_name', 'pseudonym')),
    pseudonym text CHECK (pseudonym <> ''),
    shared_with text NOT NULL CHECK (shared_with IN ('coders', 'union', 'public')),
    heard_at timestamptz NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT app.now(),
    taken_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    withdrawn_at timestamptz,
    coded_count smallint NOT NULL DEFAULT 0 CHECK (coded_count BETWEEN 0 AND 2),
    settled_at timestamptz,
    settled_how text CHECK (settled_how IN ('agreed', 'together', 'third')),
    settled_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    UNIQUE (id, chapter_id),
    CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
    CHECK ((named_as = 'pseudonym') = (pseudonym IS NOT NULL)),
    CHECK (member_id IS NOT NULL OR named_as IN ('anonymous', 'pseudonym')),
    CHECK (settled_at IS NULL OR coded_count = 2)
  );
  COMMENT ON TABLE testimony IS 'What one person said in a listening session. The words are in testimony_text, under a key in the schema vault.';
  COMMENT ON COLUMN testimony.heard_at IS 'When the session was: what months and trends go by.';
  CREATE INDEX testimony_gathering ON testimony (gathering_id, id);
  CREATE INDEX testimony_chapter ON testimony (chapter_id, id);
  CREATE INDEX testimony_member ON testimony (member_id, id) WHERE member_id IS NOT NULL;
  CREATE INDEX testimony_key ON testimony (key_id);
  SELECT app.protect_person_table('testimony', 'member_id', 'chapter_id');
  CREATE POLICY testimony_quoted ON testimony FOR SELECT USING (state = 'standing' AND quote <> 'none'
    AND (shared_with = 'public' OR (shared_with = 'union' AND (SELECT app.kind()) = 'user')));

  CREATE TABLE testimony_text (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    testimony_id uuid NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('original', 'translation', 'paraphrase')),
    language text NOT NULL CHECK (language <> ''),
    sealed bytea NOT NULL,
    made_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    machine text CHECK (machine <> ''),
    made_at timestamptz NOT NULL DEFAULT app.now(),
    reviewed_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    reviewed_at timestamptz,
    UNIQUE (testimony_id, kind, language),
    CHECK (machine IS NULL OR kind = 'translation'),
    CHECK (machine IS NOT NULL OR reviewed_by <> made_by)
  );
  CREATE UNIQUE INDEX testimony_text_one ON testimony_text (testimony_id, kind) WHERE kind <> 'translation';
  ${OF_TESTIMONY('testimony_text')}

  CREATE TABLE testimony_consent (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    testimony_id uuid NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    quote text NOT NULL,
    named_as text NOT NULL,
    pseudonym text,
    shared_with text NOT NULL,
    wording_version text NOT NULL,
    how text NOT NULL CHECK (how IN ('spoken', 'written', 'portal')),
    recorded_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    at timestamptz NOT NULL DEFAULT app.now()
  );
  COMMENT ON TABLE testimony_consent IS 'Every consent ever given for a testimony; the latest is the one on the testimony.';
  CREATE INDEX testimony_consent_order ON testimony_consent (testimony_id, at DESC, id DESC);
  ${OF_TESTIMONY('testimony_consent')}

  CREATE FUNCTION app.quoted_name(p_testimony uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  DECLARE
    before text := coalesce(current_setting('unionhall.sees_all', true), '');
    is_user boolean := app.kind() IN ('user', 'system');
    found text;
  BEGIN
    PERFORM set_config('unionhall.sees_all', 'on', true);
    SELECT CASE t.named_as WHEN 'pseudonym' THEN t.pseudonym
        WHEN 'first_name' THEN m.given_name
        WHEN 'full_name' THEN btrim(m.given_name || ' ' || m.family_name) END INTO found
    FROM testimony t LEFT JOIN member m ON m.id = t.member_id
    WHERE t.id = p_testimony AND t.state = 'standing' AND t.quote <> 'none'
      AND (t.shared_with = 'public' OR (t.shared_with = 'union' AND is_user));
    PERFORM set_config('unionhall.sees_all', before, true);
    RETURN nullif(found, '');
  END $$;
  COMMENT ON FUNCTION app.quoted_name IS 'The name that a quote may carry, by the consent of its speaker and as they are called today.';
  REVOKE ALL ON FUNCTION app.quoted_name FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION app.quoted_name TO unionhall_app;
`;

const VAULT = `
  CREATE SCHEMA vault;
  COMMENT ON SCHEMA vault IS 'Keys alone. Backups of the other schemas leave it out: docs/decisions/0018-testimony-keys.md.';
  GRANT USAGE ON SCHEMA vault TO unionhall_app;
  CREATE TABLE vault.testimony_key (
    id uuid PRIMARY KEY,
    wrapped bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT app.now()
  );
  ALTER TABLE vault.testimony_key ENABLE ROW LEVEL SECURITY;
  ALTER TABLE vault.testimony_key FORCE ROW LEVEL SECURITY;
  CREATE POLICY testimony_key_seen ON vault.testimony_key FOR SELECT
    USING (EXISTS (SELECT FROM public.testimony t WHERE t.key_id = testimony_key.id));
  CREATE POLICY testimony_key_made ON vault.testimony_key FOR INSERT
    WITH CHECK ((SELECT app.kind()) IN ('user', 'system'));
  CREATE POLICY testimony_key_shredded ON vault.testimony_key FOR DELETE USING ((SELECT app.kind()) = 'system');
  GRANT SELECT, INSERT, DELETE ON vault.testimony_key TO unionhall_app;
`;

const THEMES = `
  CREATE TABLE theme (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    chapter_id uuid NOT NULL REFERENCES chapter (id),
    name text NOT NULL CHECK (name <> ''),
    description text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'merged', 'split')),
    current_id uuid REFERENCES theme (id),
    created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT app.now(),
    CHECK (CASE state WHEN 'active' THEN current_id = id WHEN 'split' THEN current_id IS NULL ELSE current_id IS DISTINCT FROM id END)
  );
  COMMENT ON COLUMN theme.current_id IS 'What it has become by merging: itself while active; null when it was split, and when what it was merged into was.';
  CREATE UNIQUE INDEX theme_name ON theme (chapter_id, lower(name)) WHERE state = 'active';
  CREATE INDEX theme_current ON theme (current_id);
  SELECT app.grant_table('theme');
  ALTER TABLE theme ENABLE ROW LEVEL SECURITY;
  CREATE POLICY theme_seen ON theme FOR SELECT USING (true);
  CREATE POLICY theme_made ON theme FOR INSERT WITH CHECK (${IN_REACH});
  CREATE POLICY theme_changed ON theme FOR UPDATE USING (${IN_REACH}) WITH CHECK (${IN_REACH});

  CREATE TABLE theme_change (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    theme_id uuid NOT NULL REFERENCES theme (id),
    kind text NOT NULL CHECK (kind IN ('created', 'renamed', 'merged_into', 'merged_from', 'split_into', 'split_from')),
    other_theme_id uuid REFERENCES theme (id),
    name text NOT NULL,
    changed_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    at timestamptz NOT NULL DEFAULT app.now(),
    CHECK ((kind IN ('created', 'renamed')) = (other_theme_id IS NULL))
  );
  COMMENT ON COLUMN theme_change.name IS 'What the theme was called after this change.';
  CREATE INDEX theme_change_order ON theme_change (theme_id, at DESC, id DESC);
  GRANT SELECT, INSERT ON theme_change TO unionhall_app;
`;

const CODING = `
  CREATE TABLE coding (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    testimony_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    coder_id uuid REFERENCES user_account (id) ON DELETE SET NULL,
    saved_at timestamptz NOT NULL DEFAULT app.now(),
    submitted_at timestamptz,
    UNIQUE (testimony_id, coder_id),
    FOREIGN KEY (testimony_id, chapter_id) REFERENCES testimony (id, chapter_id) ON DELETE CASCADE
  );
  ALTER TABLE coding ENABLE ROW LEVEL SECURITY;
  ALTER TABLE coding FORCE ROW LEVEL SECURITY;
  -- Two people read independently: nobody, of whatever role, sees another's codes before both have submitted theirs.
  CREATE POLICY coding_seen ON coding FOR SELECT USING ((${IN_REACH}) AND ((SELECT app.kind()) = 'system'
    OR coder_id = (SELECT app.user_id())
    OR (submitted_at IS NOT NULL AND EXISTS (SELECT FROM testimony t WHERE t.id = testimony_id AND t.coded_count = 2))));
  CREATE POLICY coding_own ON coding USING ((${IN_REACH}) AND coder_id = (SELECT app.user_id()));
  SELECT app.grant_table('coding');

  CREATE TABLE testimony_code (
    coding_id uuid NOT NULL REFERENCES coding (id) ON DELETE CASCADE,
    theme_id uuid NOT NULL REFERENCES theme (id),
    PRIMARY KEY (coding_id, theme_id)
  );
  CREATE INDEX testimony_code_theme ON testimony_code (theme_id);
  ALTER TABLE testimony_code ENABLE ROW LEVEL SECURITY;
  ALTER TABLE testimony_code FORCE ROW LEVEL SECURITY;
  CREATE POLICY testimony_code_seen ON testimony_code FOR SELECT USING (EXISTS (SELECT FROM coding c WHERE c.id = coding_id));
  CREATE POLICY testimony_code_own ON testimony_code
    USING (EXISTS (SELECT FROM coding c WHERE c.id = coding_id AND c.coder_id = (SELECT app.user_id())));
  SELECT app.grant_table('testimony_code');

  CREATE TABLE testimony_theme (
    testimony_id uuid NOT NULL,
    theme_id uuid NOT NULL REFERENCES theme (id),
    chapter_id uuid NOT NULL,
    how text NOT NULL CHECK (how IN ('agreed', 'together', 'third', 'split')),
    settled_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    at timestamptz NOT NULL DEFAULT app.now(),
    PRIMARY KEY (testimony_id, theme_id),
    FOREIGN KEY (testimony_id, chapter_id) REFERENCES testimony (id, chapter_id) ON DELETE CASCADE
  );
  COMMENT ON TABLE testimony_theme IS 'The settled codes, under the theme they were settled with: counts look through theme.current_id.';
  CREATE INDEX testimony_theme_theme ON testimony_theme (theme_id, testimony_id);
  SELECT app.protect_chapter_table('testimony_theme', 'chapter_id');
  CREATE POLICY testimony_theme_seen ON testimony_theme FOR SELECT
    USING (EXISTS (SELECT FROM testimony t WHERE t.id = testimony_id));
`;

const DEMANDS = `
  CREATE TABLE demand_theme (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    demand_id uuid NOT NULL REFERENCES demand (id),
    theme_id uuid NOT NULL REFERENCES theme (id),
    linked_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    linked_at timestamptz NOT NULL DEFAULT app.now(),
    UNIQUE (demand_id, theme_id)
  );
  CREATE INDEX demand_theme_theme ON demand_theme (theme_id);
  SELECT app.grant_table('demand_theme');

  CREATE TABLE heard_version (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    demand_id uuid NOT NULL REFERENCES demand (id),
    number int NOT NULL CHECK (number > 0),
    published_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    published_at timestamptz NOT NULL DEFAULT app.now(),
    UNIQUE (demand_id, number)
  );
  COMMENT ON TABLE heard_version IS 'What was published about the themes behind a demand. Its date and counts never change; a quote leaves it with its consent.';
  GRANT SELECT, INSERT ON heard_version TO unionhall_app;
  CREATE TABLE heard_theme (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    version_id uuid NOT NULL REFERENCES heard_version (id),
    theme_id uuid NOT NULL REFERENCES theme (id),
    name text NOT NULL,
    persons int,
    UNIQUE (version_id, theme_id)
  );
  COMMENT ON COLUMN heard_theme.persons IS 'Null: too few to say.';
  GRANT SELECT, INSERT ON heard_theme TO unionhall_app;
  CREATE TABLE heard_quote (
    version_id uuid NOT NULL REFERENCES heard_version (id),
    testimony_id uuid NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    PRIMARY KEY (version_id, testimony_id)
  );
  CREATE INDEX heard_quote_testimony ON heard_quote (testimony_id);
  GRANT SELECT, INSERT ON heard_quote TO unionhall_app;
`;
