import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked for on the public pages, kept until the address that was given says yes; and what stands on those pages. */
export class PublicRequests1767225750000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE public_request (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        kind text NOT NULL CHECK (kind IN ('pledge', 'rsvp', 'join')),
        subject_id uuid NOT NULL,
        choice text,
        name text,
        email text,
        email_key text,
        language text NOT NULL,
        consents jsonb NOT NULL DEFAULT '[]',
        token_hash bytea UNIQUE,
        requested_at timestamptz NOT NULL DEFAULT app.now(),
        expires_at timestamptz NOT NULL DEFAULT app.now() + interval '7 days',
        member_id uuid REFERENCES member (id) ON DELETE CASCADE,
        done_at timestamptz,
        CHECK ((member_id IS NULL) = (email IS NOT NULL)),
        CHECK (done_at IS NULL OR member_id IS NOT NULL)
      );
      COMMENT ON COLUMN public_request.subject_id IS 'The campaign, the gathering or the chapter.';
      COMMENT ON COLUMN public_request.member_id IS 'Who it turned out to be, once confirmed; name and address are forgotten then.';
      CREATE INDEX public_request_expiry ON public_request (expires_at);
      CREATE INDEX public_request_email ON public_request (email_key);
      CREATE INDEX public_request_member ON public_request (member_id);
      SELECT app.protect_system_table('public_request');

      ALTER TABLE gathering ADD COLUMN listed boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN gathering.listed IS 'Whether it has a page that everyone may open.';
      CREATE INDEX gathering_listed ON gathering (chapter_id, starts_at) WHERE listed;

      ALTER TABLE campaign ADD COLUMN pledge_kinds text[] NOT NULL DEFAULT '{log_off}'
        CHECK (cardinality(pledge_kinds) BETWEEN 1 AND 7 AND pledge_kinds <@ ARRAY['log_off', 'pause_ads',
          'freeze_posting', 'decline_funding', 'recruit', 'attend', 'contact_target']);
      COMMENT ON COLUMN campaign.pledge_kinds IS 'What its public page asks people to pledge, in order.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE public_request;
      ALTER TABLE gathering DROP COLUMN listed;
      ALTER TABLE campaign DROP COLUMN pledge_kinds;
    `);
  }
}
