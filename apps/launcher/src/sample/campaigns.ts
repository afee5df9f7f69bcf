import type { Client } from 'pg';
import { bulkLoad } from './bulk-load';

const SEVEN_CHANGES = [
  'No amplification of posts and groups that promote hate, violence or disinformation, and no recommending them.',
  'Circuit breakers that slow or stop newly viral content while it is fact-checked.',
  'Moderation resources moved to high-volume superspreader content and away from small grassroots activists; better review of content that is not in English.',
  'Corrections shown to every user who was exposed to misinformation, as independent fact-checkers define it.',
  'Data minimisation: limited transfers of personal information to third parties, and users say what they share for personalised advertising.',
  'The same standards for all users and advertisers; governments, politicians and political advertisers are not exempt.',
  'Service refused to anyone who uses the platform to disrupt elections.',
];

const LOGOUT_DEMANDS = [
  'The chief executive steps down.',
  'The product “Instagram for Kids” is halted at once.',
];

export interface Campaigns {
  readonly past: string;
  readonly current: string;
}

/** The Facebook Logout of 2021, and one campaign that takes pledges today. */
export async function fillCampaigns(client: Client, union: string): Promise<Campaigns> {
  const { rows } = await client.query<{ id: string; slug: string }>(
    `INSERT INTO campaign (chapter_id, slug, title, summary, target, starts_at, ends_at, time_zone, state, created_at, updated_at)
     SELECT $1::uuid, c.slug, c.title, c.summary, c.target, c.starts_at, c.ends_at, 'America/New_York', c.state, c.made_at, c.made_at
     FROM (VALUES
       ('facebook-logout-2021', 'The Facebook Logout', 'Pledge first, act together later: log off Facebook and Instagram for at least three days.',
        'Facebook', timestamptz '2021-11-10T00:00-05', timestamptz '2021-11-13T00:00-05', 'closed', timestamptz '2021-10-20T12:00-04'),
       ('seven-changes', 'Seven changes', 'We log off together until the company answers our seven demands.',
        'Meta', app.now() - interval '7 days', app.now() + interval '21 days', 'open', app.now() - interval '14 days')
     ) AS c (slug, title, summary, target, starts_at, ends_at, state, made_at)
     RETURNING id, slug`,
    [union],
  );
  const past = rows.find((row) => row.slug === 'facebook-logout-2021')!.id;
  const current = rows.find((row) => row.slug === 'seven-changes')!.id;
  await client.query(
    `INSERT INTO campaign_phase (campaign_id, ordinal, title, starts_at, ends_at) VALUES
       ($1, 1, 'Take the pledge', timestamptz '2021-10-20T12:00-04', timestamptz '2021-11-10T00:00-05'),
       ($1, 2, 'Log off together', timestamptz '2021-11-10T00:00-05', timestamptz '2021-11-13T00:00-05'),
       ($2, 1, 'Take the pledge', app.now() - interval '7 days', app.now() + interval '7 days'),
       ($2, 2, 'Log off together', app.now() + interval '7 days', app.now() + interval '14 days'),
       ($2, 3, 'Say how it went', app.now() + interval '14 days', app.now() + interval '21 days')`,
    [past, current],
  );
  await client.query(
    `INSERT INTO demand (campaign_id, ordinal, wording)
     SELECT $1::uuid, k, wording FROM unnest($2::text[]) WITH ORDINALITY AS d (wording, k)
     UNION ALL SELECT $3::uuid, k, wording FROM unnest($4::text[]) WITH ORDINALITY AS d (wording, k)`,
    [past, LOGOUT_DEMANDS, current, SEVEN_CHANGES],
  );
  return { past, current };
}

/** Two commitments for each member; who joined after the Logout has both in the current campaign. */
export async function fillCommitments(client: Client, { past, current }: Campaigns): Promise<void> {
  await bulkLoad(client, 'commitment', async () => {
    await client.query(
      `INSERT INTO commitment (campaign_id, phase_id, member_id, chapter_id, kind, status, evidence, platform_ids, starts_on, ends_on,
         pledged_at, checked_at, ended_at)
       SELECT p.campaign_id, p.id, s.id, s.chapter_id, 'log_off', o.status, CASE WHEN o.status = 'kept' THEN 'self_reported' END,
         w.ids, '2021-11-10', '2021-11-12', timestamptz '2021-10-20T17:00Z' + make_interval(secs => pg_temp.draw(s.n, 70, 1700000)),
         CASE WHEN o.status IN ('kept', 'broken') THEN timestamptz '2021-11-14T17:00Z' END,
         CASE WHEN o.status = 'withdrawn' THEN timestamptz '2021-11-09T17:00Z' END
       FROM sample_member s
       CROSS JOIN LATERAL (SELECT (ARRAY['kept', 'kept', 'kept', 'kept', 'kept', 'kept', 'broken', 'unknown', 'unknown', 'withdrawn']
         )[1 + pg_temp.draw(s.n, 71, 10)] AS status) o
       CROSS JOIN (SELECT array_agg(id) AS ids FROM platform WHERE slug IN ('facebook', 'instagram')) w
       JOIN campaign_phase p ON p.campaign_id = $1 AND p.ordinal = 2
       WHERE s.joined_at < '2021-10-20'`,
      [past],
    );
    await client.query(
      `INSERT INTO commitment (campaign_id, phase_id, member_id, chapter_id, kind, platform_ids, starts_on, ends_on, pledged_at)
       SELECT p.campaign_id, p.id, s.id, s.chapter_id, k.kind, w.ids, p.starts_at::date, p.ends_at::date - 1,
         app.now() - make_interval(secs => 60 + pg_temp.draw(s.n, 72, 600000))
       FROM sample_member s
       CROSS JOIN (SELECT array_agg(id) AS ids FROM platform WHERE slug IN ('facebook', 'instagram')) w
       JOIN campaign_phase p ON p.campaign_id = $1 AND p.ordinal = 2
       JOIN (VALUES ('log_off'), ('contact_target')) AS k (kind) ON k.kind = 'log_off' OR s.joined_at >= '2021-10-20'`,
      [current],
    );
  });
}
