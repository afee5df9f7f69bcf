import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What members allow, what they refused, and who read what. A person is a bare member id here; the
 * members migration adds the foreign keys.
 */
export class Consent1767225630000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(LEDGER);
  }

  async down(): Promise<void> {
    throw new Error('consent is not taken back');
  }
}

const TABLES = `
  CREATE TABLE consent (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('newsletter', 'organizing', 'events', 'campaigns')),
    channel text NOT NULL CHECK (channel IN ('email', 'sms', 'phone')),
    state text NOT NULL CHECK (state IN ('granted', 'withdrawn')),
    wording text NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL DEFAULT app.now(),
    UNIQUE (member_id, purpose, channel)
  );
  CREATE INDEX consent_chapter ON consent (chapter_id, purpose, channel, state);
  SELECT app.protect_person_table('consent', 'member_id', 'chapter_id');

  CREATE TABLE consent_event (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    purpose text NOT NULL,
    channel text NOT NULL,
    state text NOT NULL CHECK (state IN ('granted', 'withdrawn')),
    wording text NOT NULL,
    source text NOT NULL,
    recorded_by text NOT NULL,
    at timestamptz NOT NULL DEFAULT app.now()
  );
  CREATE INDEX consent_event_member ON consent_event (member_id, at DESC, id DESC);
  SELECT app.protect_person_table('consent_event', 'member_id', 'chapter_id');

  CREATE TABLE opt_out (
    channel text NOT NULL CHECK (channel IN ('email', 'sms', 'phone')),
    address_hash text NOT NULL,
    reason text NOT NULL CHECK (reason IN ('member', 'import', 'complaint', 'bounce')),
    at timestamptz NOT NULL DEFAULT app.now(),
    PRIMARY KEY (channel, address_hash)
  );
  SELECT app.grant_table('opt_out');

  CREATE TABLE partner_consent (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    member_id uuid NOT NULL,
    chapter_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    purpose text NOT NULL,
    field_group text NOT NULL CHECK (field_group IN ('name', 'contact', 'chapter', 'commitments')),
    state text NOT NULL CHECK (state IN ('granted', 'withdrawn')),
    wording text NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL DEFAULT app.now(),
    UNIQUE (member_id, partner_id, purpose, field_group)
  );
  CREATE INDEX partner_consent_partner ON partner_consent (partner_id, purpose, field_group, member_id) WHERE state = 'granted';
  SELECT app.protect_person_table('partner_consent', 'member_id', 'chapter_id');
  CREATE POLICY partner_consent_partner ON partner_consent FOR SELECT USING (partner_id = (SELECT app.partner_id()));
`;

const LEDGER = `
  CREATE TABLE access_ledger (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    at timestamptz NOT NULL DEFAULT app.now(),
    actor_kind text NOT NULL,
    actor_id uuid,
    purpose text NOT NULL,
    operation text NOT NULL,
    fields text[] NOT NULL,
    subject_ids uuid[] NOT NULL,
    reason text
  );
  COMMENT ON TABLE access_ledger IS 'Who read whose data: one row for each operation. Kept, never changed; an erased member''s id is taken out of it.';
  CREATE INDEX access_ledger_at ON access_ledger (at);
  ALTER TABLE access_ledger ENABLE ROW LEVEL SECURITY;
  ALTER TABLE access_ledger FORCE ROW LEVEL SECURITY;
  CREATE POLICY access_ledger_write ON access_ledger FOR INSERT WITH CHECK (true);
  CREATE POLICY access_ledger_read ON access_ledger FOR SELECT
    USING ((SELECT app.kind()) = 'system' OR subject_ids @> ARRAY[(SELECT app.member_id())]);
  CREATE POLICY access_ledger_erase ON access_ledger FOR UPDATE USING ((SELECT app.kind()) = 'system');
  GRANT SELECT, INSERT, UPDATE ON access_ledger TO unionhall_app;

  CREATE TABLE access_ledger_subject (
    member_id uuid NOT NULL,
    ledger_id uuid NOT NULL REFERENCES access_ledger (id),
    PRIMARY KEY (member_id, ledger_id)
  );
  ALTER TABLE access_ledger_subject ENABLE ROW LEVEL SECURITY;
  ALTER TABLE access_ledger_subject FORCE ROW LEVEL SECURITY;
  CREATE POLICY access_ledger_subject_scope ON access_ledger_subject
    USING ((SELECT app.kind()) = 'system' OR member_id = (SELECT app.member_id()))
    WITH CHECK ((SELECT app.kind()) = 'system');
  SELECT app.grant_table('access_ledger_subject');

  CREATE TABLE access_ledger_index (one boolean PRIMARY KEY DEFAULT true CHECK (one), through timestamptz NOT NULL);
  COMMENT ON TABLE access_ledger_index IS 'Entries up to this instant are found through access_ledger_subject; later ones by looking at them.';
  INSERT INTO access_ledger_index (through) VALUES ('-infinity');
  GRANT SELECT, UPDATE ON access_ledger_index TO unionhall_app;
`;
