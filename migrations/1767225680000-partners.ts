import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Partners, their agreements, the registered pledge table, and the limit on distinct people a day. */
export class Partners1767225680000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(KEYS);
    await runner.query(SHARING);
    await runner.query(REACH);
  }

  async down(): Promise<void> {
    throw new Error('partners are not taken back');
  }
}

const TABLES = `
  CREATE TABLE partner (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80),
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'ended')),
    created_at timestamptz NOT NULL DEFAULT app.now()
  );
  SELECT app.grant_table('partner');

  CREATE TABLE agreement (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    partner_id uuid NOT NULL REFERENCES partner (id),
    purposes text[] NOT NULL CHECK (cardinality(purposes) > 0),
    field_groups text[] NOT NULL CHECK (field_groups <@ ARRAY['name', 'contact', 'chapter', 'commitments']),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT app.now(),
    CHECK (ends_at IS NULL OR ends_at > starts_at)
  );
  CREATE INDEX agreement_partner ON agreement (partner_id);
  SELECT app.grant_table('agreement');

  CREATE TABLE agreement_campaign (
    agreement_id uuid NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    campaign_id uuid NOT NULL REFERENCES campaign (id),
    PRIMARY KEY (agreement_id, campaign_id)
  );
  CREATE INDEX agreement_campaign_campaign ON agreement_campaign (campaign_id);
  SELECT app.grant_table('agreement_campaign');

  CREATE TABLE pledge_table (
    campaign_id uuid PRIMARY KEY REFERENCES campaign (id),
    taken_at timestamptz NOT NULL,
    looked_at timestamptz NOT NULL,
    total int
  );
  COMMENT ON TABLE pledge_table IS 'Pledges by kind and region on a day, as partners see them; total null: withheld.';
  SELECT app.grant_table('pledge_table');

  CREATE TABLE pledge_cell (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    campaign_id uuid NOT NULL REFERENCES pledge_table (campaign_id) ON DELETE CASCADE,
    kind text NOT NULL,
    region_id uuid NOT NULL REFERENCES chapter (id),
    shown int,
    UNIQUE (campaign_id, kind, region_id)
  );
  SELECT app.grant_table('pledge_cell');

  CREATE TABLE pledge_count (
    campaign_id uuid NOT NULL REFERENCES pledge_table (campaign_id) ON DELETE CASCADE,
    kind text NOT NULL,
    region_id uuid NOT NULL REFERENCES chapter (id),
    members int NOT NULL,
    PRIMARY KEY (campaign_id, kind, region_id)
  );
  COMMENT ON TABLE pledge_count IS 'The counts behind pledge_cell before suppression: for the system alone.';
  SELECT app.protect_system_table('pledge_count');
`;

/** A partner's keys stop with the partner, whoever changes its state. */
const KEYS = `
  CREATE FUNCTION app.suspend_partner_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  DECLARE before text := app.kind();
  BEGIN
    PERFORM set_config('unionhall.kind', 'system', true);
    UPDATE api_credential SET suspended_at = CASE WHEN NEW.state = 'active' THEN NULL ELSE app.now() END
     WHERE subject_kind = 'partner' AND subject_id = NEW.id;
    PERFORM set_config('unionhall.kind', before, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER partner_keys AFTER UPDATE OF state ON partner FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION app.suspend_partner_keys();
  ALTER TABLE partner_consent ADD FOREIGN KEY (partner_id) REFERENCES partner (id);
`;

/** What row-level security lets a partner see of consents, and so of members: live agreements only. */
const SHARING = `
  ALTER POLICY partner_consent_partner ON partner_consent USING (
    partner_id = (SELECT app.partner_id()) AND state = 'granted' AND EXISTS (
      SELECT FROM agreement a
       WHERE a.partner_id = partner_consent.partner_id AND partner_consent.purpose = ANY (a.purposes)
         AND partner_consent.field_group = ANY (a.field_groups)
         AND a.starts_at <= app.now() AND (a.ends_at IS NULL OR a.ends_at > app.now())));
`;

/** The limit holds in the transaction of the read: its ledger row is refused, and with it the data. */
const REACH = `
  CREATE TABLE partner_reach (
    partner_id uuid NOT NULL REFERENCES partner (id),
    day date NOT NULL,
    member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    PRIMARY KEY (partner_id, day, member_id)
  );
  CREATE INDEX partner_reach_member ON partner_reach (member_id);
  SELECT app.protect_system_table('partner_reach');

  CREATE FUNCTION app.count_partner_reach() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  DECLARE
    before text := app.kind();
    today date := (app.now() AT TIME ZONE 'UTC')::date;
  BEGIN
    PERFORM set_config('unionhall.kind', 'system', true);
    PERFORM pg_advisory_xact_lock(hashtextextended('partner-reach ' || NEW.actor_id, 0));
    INSERT INTO partner_reach (partner_id, day, member_id)
      SELECT NEW.actor_id, today, unnest(NEW.subject_ids) ON CONFLICT DO NOTHING;
    IF (SELECT count(*) FROM partner_reach WHERE partner_id = NEW.actor_id AND day = today)
       > (SELECT (value ->> 'peoplePerDay')::int FROM setting WHERE name = 'partner-limits') THEN
      RAISE EXCEPTION 'more people than a partner may read in a day' USING ERRCODE = 'UH020';
    END IF;
    PERFORM set_config('unionhall.kind', before, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER access_ledger_partner_reach AFTER INSERT ON access_ledger FOR EACH ROW
    WHEN (NEW.actor_kind = 'partner') EXECUTE FUNCTION app.count_partner_reach();
  INSERT INTO setting (name, value) VALUES ('partner-limits', '{"peoplePerDay": 2000}');
`;
