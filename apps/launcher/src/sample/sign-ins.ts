import { randomInt } from 'node:crypto';
import type { Client } from 'pg';
import { hashPassword, newToken, partnerKey, tokenHash } from '@unionhall/identity';
import type { SignIns } from '../sign-ins';
import type { Campaigns } from './campaigns';
import type { Chapters } from './chapters';

const KEY_DAYS = 365;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four letters without look-alikes: some 79 bits. */
const newPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-');

/** The accounts of an organizer, an administrator and a member, with their grants. */
export async function fillUsers(
  client: Client,
  chapters: Chapters,
): Promise<Pick<SignIns, 'organizer' | 'member'>> {
  const organizer = { email: 'organizer@example.org', password: newPassword() };
  const member = { email: 'member@example.org' };
  await client.query(
    `INSERT INTO user_account (email, email_key, password_hash, member_id) VALUES
       ($1, $1, $2, NULL), ('admin@example.org', 'admin@example.org', NULL, NULL),
       ($3, $3, NULL, (SELECT id FROM member WHERE email_key = $3))`,
    [organizer.email, await hashPassword(organizer.password), member.email],
  );
  await client.query(
    `INSERT INTO role_grant (user_id, role, chapter_id)
     SELECT id, 'organizer', $2::uuid FROM user_account WHERE email_key = $1
     UNION ALL SELECT id, 'admin', NULL FROM user_account WHERE email_key = 'admin@example.org'`,
    [organizer.email, chapters.home],
  );
  return { organizer, member };
}

/** One partner with an agreement and a key, and the members who allowed it something. */
export async function fillPartner(client: Client, campaigns: Campaigns): Promise<SignIns['partner']> {
  const partner = await client.query<{ id: string }>(
    `INSERT INTO partner (name, slug) VALUES ('Fair Feeds Alliance', 'fair-feeds-alliance') RETURNING id`,
  );
  const { id } = partner.rows[0]!;
  await client.query(
    `WITH a AS (
       INSERT INTO agreement (partner_id, purposes, field_groups, starts_at, ends_at)
       VALUES ($1, '{partnership,campaigning}', '{name,contact,chapter,commitments}', app.now() - interval '60 days', app.now() + interval '1 year')
       RETURNING id)
     INSERT INTO agreement_campaign (agreement_id, campaign_id) SELECT a.id, c FROM a, unnest($2::uuid[]) AS c`,
    [id, [campaigns.past, campaigns.current]],
  );
  await client.query(
    `INSERT INTO partner_consent (member_id, chapter_id, partner_id, purpose, field_group, state, wording, source, at)
     SELECT s.id, s.chapter_id, $1, p.purpose, f.name, 'granted', 'Fair Feeds Alliance may see this about me.', 'portal', app.now() - interval '30 days'
     FROM sample_member s
     CROSS JOIN unnest(ARRAY['partnership', 'campaigning']) AS p (purpose)
     JOIN unnest(ARRAY['name', 'chapter', 'commitments', 'contact']) WITH ORDINALITY AS f (name, k)
       ON f.k <= 3 OR pg_temp.draw(s.n, 96, 2) = 0
     WHERE s.n = 1 OR pg_temp.draw(s.n, 95, 50) = 0`,
    [id],
  );
  const secret = newToken();
  const credential = await client.query<{ id: string }>(
    `INSERT INTO api_credential (subject_kind, subject_id, label, secret_hash, expires_at)
     VALUES ('partner', $1, 'Sample key', $2, app.now() + make_interval(days => $3)) RETURNING id`,
    [id, tokenHash(secret), KEY_DAYS],
  );
  return { key: partnerKey(credential.rows[0]!.id, secret) };
}
