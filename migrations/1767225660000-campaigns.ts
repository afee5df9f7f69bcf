import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns, what they ask, what was answered, and what members pledge. */
export class Campaigns1767225660000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE campaign (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        chapter_id uuid NOT NULL REFERENCES chapter (id),
        slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        summary text NOT NULL DEFAULT '',
        target text NOT NULL CHECK (length(target) BETWEEN 1 AND 200),
        starts_at timestamptz NOT NULL,
        ends_at timestamptz,
        time_zone text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('draft', 'open', 'closed')),
        created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        updated_at timestamptz NOT NULL DEFAULT app.now(),
        CHECK (ends_at IS NULL OR ends_at > starts_at)
      );
      CREATE INDEX campaign_recent ON campaign (starts_at DESC, id DESC);
      SELECT app.grant_table('campaign');

      CREATE TABLE campaign_phase (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        campaign_id uuid NOT NULL REFERENCES campaign (id),
        ordinal integer NOT NULL CHECK (ordinal > 0),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        starts_at timestamptz NOT NULL,
        ends_at timestamptz,
        UNIQUE (campaign_id, ordinal),
        UNIQUE (id, campaign_id),
        CHECK (ends_at IS NULL OR ends_at > starts_at)
      );
      SELECT app.grant_table('campaign_phase');

      CREATE TABLE demand (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        campaign_id uuid NOT NULL REFERENCES campaign (id),
        ordinal integer NOT NULL CHECK (ordinal > 0),
        wording text NOT NULL CHECK (length(wording) BETWEEN 1 AND 2000),
        created_at timestamptz NOT NULL DEFAULT app.now(),
        UNIQUE (campaign_id, ordinal)
      );
      SELECT app.grant_table('demand');

      CREATE TABLE demand_response (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        demand_id uuid NOT NULL REFERENCES demand (id),
        kind text NOT NULL CHECK (kind IN ('dismissed', 'meeting', 'audit_promised', 'partly_conceded', 'conceded', 'other')),
        happened_on date NOT NULL,
        source text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
        note text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT app.now()
      );
      CREATE INDEX demand_response_order ON demand_response (demand_id, happened_on DESC, id DESC);
      SELECT app.grant_table('demand_response');

      CREATE TABLE commitment (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        campaign_id uuid NOT NULL REFERENCES campaign (id),
        phase_id uuid,
        member_id uuid NOT NULL,
        chapter_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('log_off', 'pause_ads', 'freeze_posting', 'decline_funding',
          'recruit', 'attend', 'contact_target')),
        status text NOT NULL DEFAULT 'pledged'
          CHECK (status IN ('pledged', 'kept', 'broken', 'unknown', 'withdrawn', 'lapsed')),
        evidence text CHECK (evidence IN ('self_reported', 'organizer_saw', 'document', 'public_record')),
        platform_ids uuid[] NOT NULL DEFAULT '{}',
        starts_on date,
        ends_on date,
        pledged_at timestamptz NOT NULL DEFAULT app.now(),
        checked_at timestamptz,
        ended_at timestamptz,
        source text NOT NULL DEFAULT 'portal' CHECK (source IN ('portal', 'organizer', 'import', 'link')),
        FOREIGN KEY (member_id, chapter_id) REFERENCES member (id, chapter_id) ON UPDATE CASCADE,
        FOREIGN KEY (phase_id, campaign_id) REFERENCES campaign_phase (id, campaign_id),
        CHECK (starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on),
        CHECK (status <> 'kept' OR evidence IS NOT NULL)
      );
      CREATE UNIQUE INDEX commitment_live ON commitment (member_id, campaign_id, kind)
        WHERE status IN ('pledged', 'kept', 'unknown');
      CREATE INDEX commitment_member_recent ON commitment (member_id, pledged_at DESC, id DESC);
      CREATE INDEX commitment_campaign_recent ON commitment (campaign_id, pledged_at DESC, id DESC);
      SELECT app.protect_person_table('commitment', 'member_id', 'chapter_id');

      CREATE TABLE commitment_count (
        campaign_id uuid NOT NULL REFERENCES campaign (id),
        kind text NOT NULL,
        status text NOT NULL,
        total bigint NOT NULL,
        PRIMARY KEY (campaign_id, kind, status)
      );
      SELECT app.grant_table('commitment_count');
    `);
    await runner.query(`
      CREATE FUNCTION app.count_commitments() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          INSERT INTO commitment_count AS c (campaign_id, kind, status, total)
          SELECT campaign_id, kind, status, count(*) FROM after GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
          ON CONFLICT (campaign_id, kind, status) DO UPDATE SET total = c.total + excluded.total;
        ELSIF TG_OP = 'DELETE' THEN
          INSERT INTO commitment_count AS c (campaign_id, kind, status, total)
          SELECT campaign_id, kind, status, -count(*) FROM before GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
          ON CONFLICT (campaign_id, kind, status) DO UPDATE SET total = c.total + excluded.total;
        ELSE
          INSERT INTO commitment_count AS c (campaign_id, kind, status, total)
          SELECT campaign_id, kind, status, sum(sign)
          FROM (SELECT campaign_id, kind, status, 1 AS sign FROM after
                UNION ALL SELECT campaign_id, kind, status, -1 FROM before) d
          GROUP BY 1, 2, 3 HAVING sum(sign) <> 0 ORDER BY 1, 2, 3
          ON CONFLICT (campaign_id, kind, status) DO UPDATE SET total = c.total + excluded.total;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER commitment_counted_in AFTER INSERT ON commitment REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_commitments();
      CREATE TRIGGER commitment_counted_out AFTER DELETE ON commitment REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_commitments();
      CREATE TRIGGER commitment_counted_over AFTER UPDATE ON commitment
        REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION app.count_commitments();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE commitment_count, commitment, demand_response, demand, campaign_phase, campaign;
      DROP FUNCTION app.count_commitments();
    `);
  }
}
