import { parse } from 'graphql';
import { ActorsService, CredentialsService, systemActor, type Actor } from '@unionhall/identity';
import { Partner, PartnersService, PledgeTablesService, sharedReads } from '@unionhall/partners';
import { accessLedger, Reads } from '@unionhall/platform';
import { Agreement } from '../../libs/partners/src/agreement.entity';
import { asOwner, openTestDb, type TestDb } from '../support/database';

const SYSTEM = systemActor('test');
const DAY = 86_400_000;
const MEMBERS = '{ members { edges { node { givenName familyName email phone chapterName } } } }';
const PLEDGES =
  '{ campaign(slug: "july") { title pledgeCounts { total cells { edges { node { kind region members } } } } } }';

interface Node {
  givenName: string | null;
  email: string | null;
  chapterName: string | null;
}

describe('partners over PostgreSQL', () => {
  let test: TestDb;
  let partners: PartnersService;
  let tables: PledgeTablesService;
  let reads: Reads;
  let partner: { id: string; actor: Actor; keyId: string };
  let other: { id: string; actor: Actor; keyId: string };
  let campaign: string;
  let north: string;
  let south: string;

  const ids = async (sql: string, values: unknown[] = []): Promise<string[]> =>
    asOwner(test.url, async (client) =>
      (await client.query<{ id: string }>(sql, values)).rows.map(({ id }) => id),
    );
  const run = (sql: string, values: unknown[] = []): Promise<void> =>
    asOwner(test.url, async (client) => void (await client.query(sql, values)));
  const ask = async <T>(actor: Actor, text: string): Promise<T> =>
    JSON.parse(await reads.run(reads.prepare(text, parse(text)), actor, {})) as T;
  const members = async (actor: Actor): Promise<Node[]> =>
    (await ask<{ members: { edges: { node: Node }[] } }>(actor, MEMBERS)).members.edges.map(
      ({ node }) => node,
    );

  const join = async (slug: string): Promise<typeof partner> => {
    const id = await partners.create(SYSTEM, { name: slug, slug });
    const { key, id: keyId } = await partners.issueKey(SYSTEM, { partnerId: id, label: 'reports', days: 30 });
    return { id, keyId, actor: (await new ActorsService(test.db).ofPartnerKey(key))! };
  };
  const addMembers = (chapter: string, count: number, name = 'Mo'): Promise<string[]> =>
    ids(
      `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
       SELECT $1, $3, 'N' || n, $3 || n || '@example.org', lower($3) || n || '@example.org', 'member'
       FROM generate_series(1, $2::int) n RETURNING id`,
      [chapter, count, name],
    );
  const consent = (who: string[], group: string, state = 'granted', to = partner.id): Promise<void> =>
    run(
      `INSERT INTO partner_consent (member_id, chapter_id, partner_id, purpose, field_group, state, wording, source)
       SELECT id, chapter_id, $2, 'campaigning', $3, $4, 'I agree.', 'test' FROM member WHERE id = ANY ($1::uuid[])
       ON CONFLICT (member_id, partner_id, purpose, field_group) DO UPDATE SET state = excluded.state`,
      [who, to, group, state],
    );
  const pledge = (who: string[], kind: string): Promise<void> =>
    run(
      `INSERT INTO commitment (campaign_id, member_id, chapter_id, kind)
       SELECT $1, id, chapter_id, $3 FROM member WHERE id = ANY ($2::uuid[])`,
      [campaign, who, kind],
    );

  beforeAll(async () => {
    test = await openTestDb([Partner, Agreement]);
    partners = new PartnersService(test.db, new CredentialsService());
    tables = new PledgeTablesService(test.db);
    reads = new Reads([sharedReads], test.db, accessLedger);
    const chapter = `INSERT INTO chapter (name, kind, slug, time_zone, language, parent_id) VALUES ($1, $2, $1, 'UTC', 'en', $3) RETURNING id`;
    const [root] = await ids(chapter, ['all', 'union', null]);
    [north] = (await ids(chapter, ['north', 'region', root])) as [string];
    [south] = (await ids(chapter, ['south', 'region', root])) as [string];
    [campaign] = (await ids(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, 'july', 'July', 'A company', now(), 'UTC') RETURNING id`,
      [root],
    )) as [string];
    partner = await join('allies');
    other = await join('others');
    await partners.agree(SYSTEM, {
      partnerId: partner.id,
      purposes: ['campaigning'],
      fieldGroups: ['name', 'contact'],
      campaignIds: [campaign],
      startsAt: new Date(Date.now() - DAY),
      endsAt: new Date(Date.now() + 30 * DAY),
    });
  });
  afterAll(() => test.close());

  it('shows a member who agreed, and of them only what both the member and the agreement allow', async () => {
    const [open, named, silent] = (await addMembers(north, 3)) as [string, string, string];
    await consent([open, named], 'name');
    await consent([open], 'contact');
    await consent([open], 'chapter');
    await consent([silent], 'contact');
    const seen = (await members(partner.actor)).sort((a, b) =>
      a.email === null ? 1 : b.email === null ? -1 : 0,
    );
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatchObject({ givenName: 'Mo', email: 'Mo1@example.org', chapterName: null });
    expect(seen[1]).toMatchObject({ givenName: 'Mo', email: null, chapterName: null });
    expect(await members(other.actor)).toEqual([]);
    const ledger = await asOwner(test.url, (client) =>
      client.query<{ actor_id: string; subject_ids: string[] }>(
        `SELECT actor_id, subject_ids FROM access_ledger`,
      ),
    );
    expect(ledger.rows).toHaveLength(1);
    expect(ledger.rows[0]!.actor_id).toBe(partner.id);
    expect([...ledger.rows[0]!.subject_ids].sort()).toEqual([open, named].sort());

    await consent([open], 'name', 'withdrawn');
    expect(await members(partner.actor)).toHaveLength(1);
    await run(`UPDATE member SET status = 'former' WHERE id = $1`, [named]);
    expect(await members(partner.actor)).toEqual([]);
  });

  it('lets row-level security alone hide members whose consent no agreement covers', async () => {
    const [apart] = (await addMembers(south, 1, 'Apart')) as [string];
    await consent([apart], 'commitments');
    const visible = async (actor: Actor) =>
      (await test.db.read(actor, { text: `SELECT id FROM member WHERE id = $1`, values: [apart] })).rows;
    expect(await visible(partner.actor)).toEqual([]);
    await consent([apart], 'contact');
    expect(await visible(partner.actor)).toEqual([{ id: apart }]);
    expect(await visible(other.actor)).toEqual([]);
  });

  it('shows nothing once the agreement has ended', async () => {
    const who = await addMembers(north, 2, 'Late');
    await consent(who, 'name');
    expect((await members(partner.actor)).filter(({ givenName }) => givenName === 'Late')).toHaveLength(2);
    test.clock.advance(29.9 * DAY);
    await run(`UPDATE api_credential SET expires_at = expires_at + interval '90 days'`);
    test.clock.advance(2 * DAY);
    expect(await members(partner.actor)).toEqual([]);
    expect(await ask(partner.actor, PLEDGES)).toEqual({ campaign: null });
    test.clock.offsetMs = 0;
  });

  it('shows pledge counts without small groups, and keeps the table while few people change', async () => {
    await pledge(await addMembers(north, 30, 'Na'), 'log_off');
    await pledge(await addMembers(south, 14, 'So'), 'log_off');
    await pledge(await addMembers(south, 4, 'Fe'), 'pause_ads');
    expect(await tables.take(SYSTEM, campaign)).toBe('taken');
    const shown = {
      campaign: {
        title: 'July',
        pledgeCounts: {
          total: 48,
          cells: {
            edges: expect.arrayContaining([
              { node: { kind: 'LOG_OFF', region: 'north', members: 30 } },
              { node: { kind: 'LOG_OFF', region: 'south', members: null } },
              { node: { kind: 'PAUSE_ADS', region: 'south', members: null } },
            ]) as unknown,
          },
        },
      },
    };
    expect(await ask(partner.actor, PLEDGES)).toEqual(shown);
    expect(await ask(other.actor, PLEDGES)).toEqual({ campaign: null });

    await pledge(await addMembers(south, 3, 'Ne'), 'log_off');
    expect(await tables.take(SYSTEM, campaign)).toBe('kept');
    expect(await ask(partner.actor, PLEDGES)).toEqual(shown);
    await pledge(await addMembers(south, 8, 'Mi'), 'pause_ads');
    expect(await tables.take(SYSTEM, campaign)).toBe('taken');
    expect(await ask(partner.actor, PLEDGES)).toMatchObject({ campaign: { pledgeCounts: { total: 59 } } });
  });

  it('keeps the counts behind the table from everyone but the system', async () => {
    const sql = { text: `SELECT count(*)::int AS n FROM pledge_count`, values: [] };
    expect((await test.db.read(partner.actor, sql)).rows).toEqual([{ n: 0 }]);
    expect((await test.db.read(SYSTEM, sql)).rows).not.toEqual([{ n: 0 }]);
  });

  it('refuses a read that would reach more distinct people than a day allows, and counts nobody twice', async () => {
    await run(`UPDATE setting SET value = '{"peoplePerDay": 5}' WHERE name = 'partner-limits'`);
    await run(`DELETE FROM partner_reach`);
    await run(`DELETE FROM partner_consent`);
    await consent(await addMembers(north, 4, 'Ka'), 'name');
    expect(await members(partner.actor)).toHaveLength(4);
    expect(await members(partner.actor)).toHaveLength(4);
    await consent(await addMembers(north, 2, 'Za'), 'name');
    await expect(members(partner.actor)).rejects.toMatchObject({ code: 'UH020' });
    await run(`UPDATE setting SET value = '{"peoplePerDay": 2000}' WHERE name = 'partner-limits'`);
    expect(await members(partner.actor)).toHaveLength(6);
  });

  it('refuses the next read of a suspended partner and of a revoked key', async () => {
    await partners.setState(SYSTEM, partner.id, 'suspended');
    await expect(members(partner.actor)).rejects.toMatchObject({ code: 'UH002' });
    await partners.setState(SYSTEM, partner.id, 'active');
    expect(await members(partner.actor)).toHaveLength(6);
    await partners.revokeKey(SYSTEM, partner.keyId);
    await expect(members(partner.actor)).rejects.toMatchObject({ code: 'UH002' });
  });

  it('names the field of a bad agreement, and takes nothing of it', async () => {
    const input = {
      partnerId: partner.id,
      purposes: ['campaigning'],
      fieldGroups: ['name'],
      campaignIds: [],
      startsAt: new Date(),
    };
    await expect(partners.agree(SYSTEM, { ...input, fieldGroups: ['shoe size'] })).rejects.toMatchObject({
      code: 'PARTNER.INVALID',
      field: 'fieldGroups',
    });
    const before = await ids(`SELECT id FROM agreement`);
    await expect(partners.agree(SYSTEM, { ...input, campaignIds: [partner.id] })).rejects.toMatchObject({
      code: 'CAMPAIGN.NOT_FOUND',
    });
    expect(await ids(`SELECT id FROM agreement`)).toEqual(before);
  });
});
