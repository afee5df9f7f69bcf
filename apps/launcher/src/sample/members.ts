import type { Client } from 'pg';
import { bulkLoad } from './bulk-load';
import type { Chapters } from './chapters';
import { NAME_DRAW, NAME_LISTS } from './people-names';

const TAGS = [
  'phone banker',
  'facilitator',
  'translator',
  'data rights',
  'content moderation',
  'youth organizer',
  'press contact',
  'small business',
  'creator',
  'new in 2021',
];

const AREA_CODES = ['212', '305', '312', '404', '415', '504', '510', '602', '617', '713', '206', '303'];

const WORDING = 'Yes, the union may write to me about this by e-mail.';

/** Numbers the members in a temporary table `sample_member (n, id, chapter_id, joined_at)` and fills `member` from it. */
export async function fillMembers(client: Client, chapters: Chapters, members: number): Promise<void> {
  await client.query(
    `CREATE FUNCTION pg_temp.draw(n bigint, seed bigint, sides int) RETURNS int LANGUAGE sql IMMUTABLE
       AS $$ SELECT (((n * 2654435761 + seed * 40503) % 4294967291 * 48271) % 2147483647 % sides)::int $$`,
  );
  await client.query(
    `CREATE TEMPORARY TABLE sample_member ON COMMIT DROP AS
     SELECT n, app.new_id() AS id,
       CASE WHEN n = 1 THEN $2::uuid ELSE ($1::uuid[])[1 + pg_temp.draw(n, 1, cardinality($1::uuid[]))] END AS chapter_id,
       date_trunc('second', timestamptz '2018-06-01T12:00Z'
         + (app.now() - interval '330 days' - timestamptz '2018-06-01T12:00Z') * (pg_temp.draw(n, 2, 100000) / 100000.0)) AS joined_at
     FROM generate_series(1, $3::int) AS n`,
    [chapters.cities, chapters.homeCity, members],
  );
  await client.query(
    `INSERT INTO member (id, chapter_id, given_name, family_name, email, email_key, phone, phone_key, language, status,
       country, joined_on, created_at, updated_at)
     SELECT s.id, s.chapter_id,
       l.names -> 'given' ->> pg_temp.draw(s.n, 4, jsonb_array_length(l.names -> 'given')),
       l.names -> 'family' ->> pg_temp.draw(s.n, 5, jsonb_array_length(l.names -> 'family')),
       m.email, m.email, m.phone, m.phone, l.names ->> 'language',
       CASE WHEN s.n = 1 OR pg_temp.draw(s.n, 6, 10) < 7 THEN 'member'
         ELSE (ARRAY['prospect', 'prospect', 'prospect', 'lapsed', 'former'])[1 + pg_temp.draw(s.n, 7, 5)] END,
       CASE WHEN c.time_zone LIKE 'America/%' THEN 'US' END, s.joined_at::date, s.joined_at, s.joined_at
     FROM sample_member s
     JOIN chapter c ON c.id = s.chapter_id
     CROSS JOIN LATERAL (SELECT
       CASE WHEN s.n = 1 THEN 'member@example.org' ELSE 'member' || s.n || '@example.org' END AS email,
       CASE WHEN pg_temp.draw(s.n, 8, 5) > 0 THEN '+1' || ($3::text[])[1 + pg_temp.draw(s.n, 9, cardinality($3::text[]))]
         || '55501' || lpad(pg_temp.draw(s.n, 10, 100)::text, 2, '0') END AS phone) m
     JOIN (SELECT ord - 1 AS k, names FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS e (names, ord)) l
       ON l.k = CASE WHEN s.n = 1 THEN 0 ELSE ($2::int[])[1 + pg_temp.draw(s.n, 3, cardinality($2::int[]))] END
     ORDER BY s.n`,
    [JSON.stringify(NAME_LISTS), NAME_DRAW, AREA_CODES],
  );
  await client.query(`CREATE UNIQUE INDEX ON sample_member (n)`);
  await client.query(`ANALYZE sample_member`);
}

/** Tags, constituencies and consents of the members in `sample_member`. */
export async function fillAboutMembers(client: Client): Promise<void> {
  await client.query(`INSERT INTO tag (name) SELECT unnest($1::text[])`, [TAGS]);
  await bulkLoad(client, 'member_tag', () =>
    client.query(
      `INSERT INTO member_tag (member_id, chapter_id, tag_id, at)
       SELECT s.id, s.chapter_id, t.id, s.joined_at FROM sample_member s
       JOIN (SELECT id, row_number() OVER (ORDER BY name) AS k FROM tag) t ON pg_temp.draw(s.n, 100 + t.k, 12) = 0`,
    ),
  );
  await bulkLoad(client, 'member_constituency', () =>
    client.query(
      `INSERT INTO member_constituency (member_id, chapter_id, kind, platform_id)
       SELECT s.id, s.chapter_id,
         (ARRAY['user', 'user', 'user', 'user', 'user', 'worker', 'creator', 'impacted_community'])[1 + pg_temp.draw(s.n, 21, 8)], p.id
       FROM sample_member s
       JOIN (SELECT id, (row_number() OVER (ORDER BY slug) - 1)::int AS k FROM platform) p ON p.k = pg_temp.draw(s.n, 22, 5)`,
    ),
  );
  await bulkLoad(client, 'consent', () =>
    client.query(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source, at)
       SELECT s.id, s.chapter_id, p.name, 'email', CASE WHEN pg_temp.draw(s.n, 30 + p.k, 15) = 0 THEN 'withdrawn' ELSE 'granted' END,
         $1, 'portal', s.joined_at
       FROM sample_member s
       JOIN unnest(ARRAY['newsletter', 'organizing', 'events', 'campaigns']) WITH ORDINALITY AS p (name, k)
         ON s.n = 1 OR pg_temp.draw(s.n, 40 + p.k, 2) = 0`,
      [WORDING],
    ),
  );
  await bulkLoad(client, 'consent_event', () =>
    client.query(
      `INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by, at)
       SELECT member_id, chapter_id, purpose, channel, state, wording, source, 'system', at FROM consent`,
    ),
  );
}
