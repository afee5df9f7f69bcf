import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members, their tags and constituencies, and the foreign keys of what stands left of them. */
export class Members1767225640000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(KEYS);
  }

  async down(): Promise<void> {
    throw new Error('members are not taken back');
  }
}

const TABLES = `
  CREATE TABLE member (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    chapter_id uuid NOT NULL REFERENCES chapter (id),
    given_name text NOT NULL DEFAULT '',
    family_name text NOT NULL DEFAULT '',
    sort_name text COLLATE "C" NOT NULL
      GENERATED ALWAYS AS (lower(btrim(normalize(family_name || ' ' || given_name, NFKC)))) STORED,
    email text,
    email_key text,
    phone text,
    phone_key text,
    language text NOT NULL DEFAULT 'en' CHECK (language <> ''),
    time_zone text,
    status text NOT NULL DEFAULT 'prospect' CHECK (status IN ('prospect', 'member', 'lapsed', 'former')),
    postal_code text,
    city text,
    region text,
    country text,
    joined_on date,
    custom jsonb NOT NULL DEFAULT '{}',
    provenance jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT app.now(),
    updated_at timestamptz NOT NULL DEFAULT app.now(),
    erased_at timestamptz,
    UNIQUE (id, chapter_id)
  );
  CREATE UNIQUE INDEX member_email ON member (email_key) WHERE email_key IS NOT NULL AND erased_at IS NULL;
  CREATE INDEX member_phone ON member (phone_key) WHERE phone_key IS NOT NULL;
  CREATE INDEX member_by_name ON member (chapter_id, sort_name, id);
  CREATE INDEX member_by_name_everywhere ON member (sort_name, id);
  CREATE INDEX member_newest ON member (created_at, id);
  CREATE INDEX member_filter ON member (chapter_id, status, language);
  SELECT app.protect_person_table('member', 'id', 'chapter_id');
  CREATE POLICY member_partner ON member FOR SELECT
    USING ((SELECT app.partner_id()) IS NOT NULL AND erased_at IS NULL AND EXISTS (
      SELECT FROM partner_consent c
      WHERE c.member_id = member.id AND c.partner_id = (SELECT app.partner_id()) AND c.state = 'granted'));

  CREATE TABLE platform (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    slug text NOT NULL UNIQUE,
    name text NOT NULL
  );
  SELECT app.grant_table('platform');
  INSERT INTO platform (slug, name) VALUES
    ('facebook', 'Facebook'), ('instagram', 'Instagram'), ('whatsapp', 'WhatsApp'), ('threads', 'Threads'),
    ('messenger', 'Messenger');

  CREATE TABLE tag (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    name text NOT NULL UNIQUE CHECK (name <> '' AND name = btrim(name))
  );
  SELECT app.grant_table('tag');

  CREATE TABLE member_tag (
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    tag_id uuid NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    source text NOT NULL DEFAULT 'organizer',
    at timestamptz NOT NULL DEFAULT app.now(),
    PRIMARY KEY (member_id, tag_id),
    FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE
  );
  CREATE INDEX member_tag_tag ON member_tag (tag_id, chapter_id, member_id);
  SELECT app.protect_person_table('member_tag', 'member_id', 'chapter_id');

  CREATE TABLE member_constituency (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('user', 'worker', 'creator', 'impacted_community', 'business', 'public_figure')),
    platform_id uuid NOT NULL REFERENCES platform (id),
    monthly_ad_spend bigint CHECK (monthly_ad_spend >= 0),
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    followers bigint CHECK (followers >= 0),
    followers_on date,
    UNIQUE (member_id, kind, platform_id),
    FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE
  );
  SELECT app.protect_person_table('member_constituency', 'member_id', 'chapter_id');

  CREATE TABLE member_follow (
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    followed_chapter_id uuid NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, followed_chapter_id),
    FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE
  );
  SELECT app.protect_person_table('member_follow', 'member_id', 'chapter_id');
`;

const KEYS = `
  ALTER TABLE consent ADD FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE;
  ALTER TABLE consent_event ADD FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE;
  ALTER TABLE partner_consent ADD FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE ON DELETE CASCADE;
  ALTER TABLE user_account ADD FOREIGN KEY (member_id) REFERENCES member (id) ON DELETE SET NULL;
  ALTER TABLE sign_in_link ADD FOREIGN KEY (member_id) REFERENCES member (id) ON DELETE CASCADE;
`;
