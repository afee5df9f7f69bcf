import type { Client } from 'pg';
import { bulkLoad } from './bulk-load';

const PAST = 40;
const COMING = 20;
const EACH = 10;

const TITLES: Readonly<Record<'training' | 'listening_session', readonly string[]>> = {
  training: [
    'Know your data rights',
    'How to talk about the feed',
    'Running a listening session',
    'Reading a transparency report',
    'Organizing on and off the platform',
    'Speaking to the press',
    'Keeping a group safe',
    'Languages the moderators forget',
  ],
  listening_session: [
    'What the feed did to our town',
    'Moderation in our languages',
    'Small businesses and the ad auction',
    'Parents and young people',
    'Elections and what we were shown',
    'When a page vanishes',
    'Workers behind the screen',
    'What we would change first',
  ],
};

/** 40 past and 20 coming gatherings; ten attendances for each member, and answers to invitations. */
export async function fillGatherings(client: Client): Promise<void> {
  await client.query(
    `CREATE TEMPORARY TABLE sample_gathering ON COMMIT DROP AS
     SELECT k, app.new_id() AS id, c.id AS chapter_id, c.name AS place, c.time_zone, c.language,
       ((date_trunc('day', app.now() AT TIME ZONE c.time_zone) + make_interval(days => d.days, hours => 18)) AT TIME ZONE c.time_zone) AS starts_at,
       CASE WHEN k % 2 = 0 THEN 'training' ELSE 'listening_session' END AS kind,
       CASE WHEN k >= $1::int AND k % 4 = 3 THEN 25 END AS capacity
     FROM generate_series(0, $1::int + $2::int - 1) AS k
     CROSS JOIN LATERAL (SELECT CASE WHEN k < $1::int THEN -7 * ($1::int - k) ELSE 4 * (k - $1::int + 1) END AS days) d
     JOIN (SELECT *, row_number() OVER (ORDER BY kind = 'city', path, name) - 1 AS at FROM chapter) c
       ON c.at = CASE WHEN k % 3 = 0 THEN 0 ELSE (k * 7) % 40 END`,
    [PAST, COMING],
  );
  await client.query(
    `INSERT INTO gathering (id, chapter_id, kind, title, description, starts_at, ends_at, time_zone, capacity, place, online_url,
       language, listed, created_at, updated_at)
     SELECT id, chapter_id, kind, ($1::jsonb -> kind) ->> ((k / 2) % 8),
       'Open to every member. Bring what you have seen.', starts_at, starts_at + interval '90 minutes', time_zone, capacity,
       CASE WHEN capacity IS NOT NULL THEN 'Community hall, ' || place END,
       CASE WHEN capacity IS NULL THEN 'https://meet.example.org/' || k END, language, k % 2 = 0,
       least(starts_at - interval '30 days', app.now()), least(starts_at - interval '30 days', app.now())
     FROM sample_gathering ORDER BY k`,
    [JSON.stringify(TITLES)],
  );
  await bulkLoad(client, 'attendance', () =>
    client.query(
      `INSERT INTO attendance (gathering_id, member_id, chapter_id, status, minutes, source, at)
       SELECT g.id, s.id, s.chapter_id, r.status, CASE WHEN r.status = 'attended' THEN 30 + pg_temp.draw(s.n, 60 + r.j, 61) END,
         'import', g.starts_at + interval '90 minutes'
       FROM sample_member s
       CROSS JOIN LATERAL (SELECT j, (ARRAY['attended', 'attended', 'attended', 'attended', 'attended', 'attended', 'attended',
         'no_show', 'no_show', 'unknown'])[1 + pg_temp.draw(s.n, 80 + j, 10)] AS status FROM generate_series(0, $1::int - 1) AS j) r
       JOIN sample_gathering g ON g.k = (pg_temp.draw(s.n, 50, $2::int) + 3 * r.j) % $2::int
       ORDER BY g.k, s.n`,
      [EACH, PAST],
    ),
  );
}

/** Each member answered one past invitation, and half of them one coming; where seats are few, late answers wait. */
export async function fillRsvps(client: Client): Promise<void> {
  await bulkLoad(client, 'rsvp', () =>
    client.query(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source, at)
       SELECT gathering_id, member_id, chapter_id,
         CASE WHEN capacity IS NULL THEN (ARRAY['going', 'going', 'going', 'maybe', 'declined'])[1 + pg_temp.draw(n, 91, 5)]
           WHEN place <= capacity THEN 'going' ELSE 'waitlisted' END,
         'portal', at
       FROM (
         SELECT g.id AS gathering_id, s.id AS member_id, s.chapter_id, g.capacity, s.n, row_number() OVER (PARTITION BY g.k ORDER BY s.n) AS place,
           least(g.starts_at - interval '5 days', app.now() - interval '1 day') + make_interval(secs => s.n % 80000) AS at
         FROM sample_member s
         JOIN sample_gathering g ON g.k = pg_temp.draw(s.n, 50, $1::int) OR (g.k = $1::int + pg_temp.draw(s.n, 92, $2::int) AND s.n % 2 = 1)
       ) a
       WHERE capacity IS NULL OR place <= capacity + 12`,
      [PAST, COMING],
    ),
  );
}

const TONIGHT = { capacity: 60, waiting: 8 };

/** A training of the sample member's own city, this evening or the next, with a full list and some who wait. */
export async function fillTonight(client: Client, city: string): Promise<void> {
  await client.query(
    `WITH tonight AS (
       INSERT INTO gathering (chapter_id, kind, title, description, starts_at, ends_at, time_zone, capacity, place, language, listed)
       SELECT c.id, 'training', 'How to log off together', 'Open to every member. Bring a friend and a charger.',
         e.at, e.at + interval '2 hours', c.time_zone, $2::int, 'Union hall, ' || c.name, c.language, true
       FROM chapter c
       CROSS JOIN LATERAL (SELECT app.now() AT TIME ZONE c.time_zone AS now) l
       CROSS JOIN LATERAL (
         SELECT (date_trunc('day', l.now) + CASE WHEN l.now::time < '18:00' THEN interval '18 hours' ELSE interval '42 hours' END)
           AT TIME ZONE c.time_zone AS at) e
       WHERE c.id = $1
       RETURNING id, chapter_id)
     INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source, at)
     SELECT t.id, a.id, a.chapter_id, CASE WHEN a.place <= $2 THEN 'going' ELSE 'waitlisted' END, 'portal',
       app.now() - interval '2 days' + make_interval(mins => a.place::int)
     FROM tonight t
     JOIN (SELECT id, chapter_id, row_number() OVER (ORDER BY n) AS place FROM sample_member WHERE chapter_id = $1) a
       ON a.place <= $2 + $3::int`,
    [city, TONIGHT.capacity, TONIGHT.waiting],
  );
}
