import type { Client } from 'pg';

export const NORTH = '00000000-0000-7000-8000-000000000002';
export const SOUTH = '00000000-0000-7000-8000-000000000003';
const NORTH_MEMBER = '00000000-0000-7000-8000-000000000011';
const SOUTH_MEMBER = '00000000-0000-7000-8000-000000000012';

const id = (n: number): string => `'00000000-0000-7000-8000-${String(n).padStart(12, '0')}'`;
const at = `'2026-01-10T12:00:00Z'`;

/** One small union, with at least a row in every table of the version it is written for. Runs once, as the owner. */
const STATEMENTS = [
  `SELECT set_config('unionhall.kind', 'system', false), set_config('unionhall.sees_all', 'on', false)`,
  `INSERT INTO outbox (type, payload) VALUES ('gathering.scheduled', '{"id": 1}')`,
  `INSERT INTO idempotency_key (actor_key, operation, key, request_hash, answer) VALUES ('user:1', 'start', 'k', 'h', '{}')`,
  `INSERT INTO mailbox_message (recipient, subject, raw) VALUES ('ada@example.org', 'Hello', 'Subject: Hello')`,
  `INSERT INTO chapter (id, parent_id, name, kind, slug, time_zone, language) VALUES
     (${id(1)}, NULL, 'Union', 'union', 'union', 'UTC', 'en'),
     (${id(2)}, ${id(1)}, 'North', 'region', 'north', 'America/New_York', 'en'),
     (${id(3)}, ${id(1)}, 'South', 'region', 'south', 'America/New_York', 'es')`,
  `INSERT INTO member (id, chapter_id, given_name, family_name, email, email_key, status, language) VALUES
     ('${NORTH_MEMBER}', ${id(2)}, 'Ada', 'Moreno', 'ada@example.org', 'ada@example.org', 'member', 'en'),
     ('${SOUTH_MEMBER}', ${id(3)}, 'Bo', 'Ito', 'bo@example.org', 'bo@example.org', 'prospect', 'es')`,
  `INSERT INTO user_account (id, email, email_key, member_id) VALUES (${id(21)}, 'ada@example.org', 'ada@example.org', '${NORTH_MEMBER}')`,
  `INSERT INTO session (user_id, token_hash, method, expires_at) VALUES (${id(21)}, 'hash', 'link', '2036-01-01T00:00:00Z')`,
  `INSERT INTO sign_in_link (email, email_key, user_id, member_id, token_hash, expires_at)
     VALUES ('ada@example.org', 'ada@example.org', ${id(21)}, '${NORTH_MEMBER}', 'link', '2036-01-01T00:00:00Z')`,
  `INSERT INTO api_credential (subject_kind, subject_id, label, secret_hash, expires_at) VALUES ('partner', ${id(31)}, 'reports', 'x', '2036-01-01T00:00:00Z')`,
  `INSERT INTO role_grant (user_id, role, chapter_id) VALUES (${id(21)}, 'organizer', ${id(2)})`,
  `INSERT INTO sign_in_attempt (kind, account_hash, address_hash) VALUES ('link', 'a', 'b')`,
  `INSERT INTO tag (id, name) VALUES (${id(41)}, 'translator')`,
  `INSERT INTO member_tag (member_id, chapter_id, tag_id) VALUES ('${NORTH_MEMBER}', ${id(2)}, ${id(41)})`,
  `INSERT INTO member_constituency (member_id, chapter_id, kind, platform_id)
     SELECT '${NORTH_MEMBER}', ${id(2)}, 'creator', id FROM platform WHERE slug = 'facebook'`,
  `INSERT INTO member_follow (member_id, chapter_id, followed_chapter_id) VALUES ('${NORTH_MEMBER}', ${id(2)}, ${id(3)})`,
  `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source) VALUES ('${NORTH_MEMBER}', ${id(2)}, 'events', 'email', 'granted', 'Yes.', 'portal')`,
  `INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by)
     VALUES ('${NORTH_MEMBER}', ${id(2)}, 'events', 'email', 'granted', 'Yes.', 'portal', 'user')`,
  `INSERT INTO opt_out (channel, address_hash, reason) VALUES ('email', 'hash of an address', 'member')`,
  `INSERT INTO access_ledger (id, actor_kind, purpose, operation, fields, subject_ids) VALUES (${id(51)}, 'user', 'organizing', 'members', '{givenName}', '{${NORTH_MEMBER}}')`,
  `INSERT INTO access_ledger_subject (member_id, ledger_id) VALUES ('${NORTH_MEMBER}', ${id(51)})`,
  `INSERT INTO gathering (id, chapter_id, kind, title, starts_at, ends_at, time_zone) VALUES (${id(61)}, ${id(2)}, 'training', 'Data rights', ${at}, '2026-01-10T14:00:00Z', 'UTC')`,
  `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) VALUES (${id(61)}, '${NORTH_MEMBER}', ${id(2)}, 'going')`,
  `INSERT INTO attendance (gathering_id, member_id, chapter_id, status, source) VALUES (${id(61)}, '${NORTH_MEMBER}', ${id(2)}, 'attended', 'door')`,
  `INSERT INTO attendance_entry (id, gathering_id, member_id, chapter_id, status, source, at) VALUES (${id(62)}, ${id(61)}, '${NORTH_MEMBER}', ${id(2)}, 'attended', 'door', ${at})`,
  `INSERT INTO campaign (id, chapter_id, slug, title, target, starts_at, time_zone) VALUES (${id(71)}, ${id(1)}, 'july', 'July', 'A company', ${at}, 'UTC')`,
  `INSERT INTO campaign_phase (id, campaign_id, ordinal, title, starts_at) VALUES (${id(72)}, ${id(71)}, 1, 'Pause', ${at})`,
  `INSERT INTO demand (id, campaign_id, ordinal, wording) VALUES (${id(73)}, ${id(71)}, 1, 'Correct what was wrong.')`,
  `INSERT INTO demand_response (demand_id, kind, happened_on, source) VALUES (${id(73)}, 'dismissed', '2026-01-11', 'A letter')`,
  `INSERT INTO commitment (campaign_id, phase_id, member_id, chapter_id, kind) VALUES (${id(71)}, ${id(72)}, '${NORTH_MEMBER}', ${id(2)}, 'log_off')`,
  `INSERT INTO sequence (id, chapter_id, title, purpose, gathering_id, segment) VALUES (${id(81)}, ${id(2)}, 'Invite', 'events', ${id(61)}, '{}')`,
  `INSERT INTO sequence_step (id, sequence_id, chapter_id, version, position, kind, config) VALUES (${id(82)}, ${id(81)}, ${id(2)}, 1, 1, 'message', '{}')`,
  `INSERT INTO enrollment (sequence_id, version, member_id, chapter_id) VALUES (${id(81)}, 1, '${NORTH_MEMBER}', ${id(2)})`,
  `INSERT INTO delivery (sequence_id, step_id, member_id, chapter_id, state) VALUES (${id(81)}, ${id(82)}, '${NORTH_MEMBER}', ${id(2)}, 'accepted')`,
  `INSERT INTO partner (id, name, slug) VALUES (${id(31)}, 'Allies', 'allies')`,
  `INSERT INTO agreement (id, partner_id, purposes, field_groups, starts_at) VALUES (${id(32)}, ${id(31)}, '{campaigning}', '{name}', ${at})`,
  `INSERT INTO agreement_campaign (agreement_id, campaign_id) VALUES (${id(32)}, ${id(71)})`,
  `INSERT INTO partner_consent (member_id, chapter_id, partner_id, purpose, field_group, state, wording, source)
     VALUES ('${NORTH_MEMBER}', ${id(2)}, ${id(31)}, 'campaigning', 'name', 'granted', 'Yes.', 'portal')`,
  `INSERT INTO pledge_table (campaign_id, taken_at, looked_at) VALUES (${id(71)}, ${at}, ${at})`,
  `INSERT INTO pledge_cell (campaign_id, kind, region_id) VALUES (${id(71)}, 'log_off', ${id(2)})`,
  `INSERT INTO pledge_count (campaign_id, kind, region_id, members) VALUES (${id(71)}, 'log_off', ${id(2)}, 1)`,
  `INSERT INTO partner_reach (partner_id, day, member_id) VALUES (${id(31)}, '2026-01-10', '${NORTH_MEMBER}')`,
];

export async function fillLandedUnion(client: Client): Promise<void> {
  for (const statement of STATEMENTS) await client.query(statement);
}
