import { randomUUID } from 'node:crypto';
import { campaignsPersonalData } from '@unionhall/campaigns';
import { anonymousActor } from '@unionhall/identity';
import { testConfig } from '../support/database';
import { openHall, refusalOf, SYSTEM, type Hall } from './gatherings-hall';

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterEach(() => {
  hall.t.clock.offsetMs = 0;
});
afterAll(() => hall.t.close());

let made = 0;
const open = (over: object = {}): Promise<string> =>
  hall.campaigns.create(hall.organizer, {
    chapterId: hall.chapterId,
    slug: `logout-${++made}`,
    title: 'The Logout',
    target: 'Facebook',
    startsAt: '2030-11-10T00:00',
    endsAt: '2030-11-13T00:00',
    timeZone: 'America/New_York',
    phases: [{ title: 'Three days', startsAt: '2030-11-10T00:00' }],
    demands: ['Halt Instagram for Kids', 'An independent audit'],
    ...over,
  });
const counts = async (id: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await hall.rows<{ status: string; n: number }>(
        `SELECT status, sum(total)::int AS n FROM commitment_count WHERE campaign_id = $1 GROUP BY 1`,
        [id],
      )
    ).map(({ status, n }) => [status, n]),
  );

describe('a campaign', () => {
  it('opens with its phases and demands in order', async () => {
    const id = await open();
    await hall.campaigns.addDemand(hall.organizer, { campaignId: id, wording: 'Refunds' });
    expect(
      await hall.rows(`SELECT ordinal, wording FROM demand WHERE campaign_id = $1 ORDER BY 1`, [id]),
    ).toEqual([
      { ordinal: 1, wording: 'Halt Instagram for Kids' },
      { ordinal: 2, wording: 'An independent audit' },
      { ordinal: 3, wording: 'Refunds' },
    ]);
    expect(await hall.rows(`SELECT starts_at FROM campaign_phase WHERE campaign_id = $1`, [id])).toEqual([
      { starts_at: new Date('2030-11-10T05:00:00Z') },
    ]);
  });

  it('notes what the target answered, with its date and source', async () => {
    const id = await open();
    const [demand] = await hall.rows<{ id: string }>(
      `SELECT id FROM demand WHERE campaign_id = $1 AND ordinal = 2`,
      [id],
    );
    const answer = {
      demandId: demand!.id,
      kind: 'audit_promised' as const,
      happenedOn: '2030-11-12',
      source: 'Press release',
    };
    await hall.campaigns.addResponse(hall.organizer, answer);
    expect(
      await hall.rows(`SELECT kind, happened_on::text, source FROM demand_response WHERE demand_id = $1`, [
        demand!.id,
      ]),
    ).toEqual([{ kind: 'audit_promised', happened_on: '2030-11-12', source: 'Press release' }]);
    expect(
      await refusalOf(hall.campaigns.addResponse(hall.organizer, { ...answer, happenedOn: '2030-02-30' })),
    ).toBe('CAMPAIGN.INVALID');
    expect(
      await refusalOf(hall.campaigns.addResponse(hall.organizer, { ...answer, demandId: randomUUID() })),
    ).toBe('DEMAND.NOT_FOUND');
  });

  it('is refused out of reach, with a taken address, or with times that do not stand', async () => {
    const id = await open();
    const [{ slug }] = (await hall.rows<{ slug: string }>(`SELECT slug FROM campaign WHERE id = $1`, [
      id,
    ])) as [{ slug: string }];
    expect(await refusalOf(open({ slug }))).toBe('CAMPAIGN.SLUG_TAKEN');
    expect(await refusalOf(open({ slug: 'Not An Address' }))).toBe('CAMPAIGN.INVALID');
    expect(await refusalOf(open({ chapterId: hall.otherChapterId }))).toBe('AUTHZ.NOT_FOUND');
    expect(await refusalOf(open({ startsAt: '2030-03-10T02:30' }))).toBe('GATHERING.TIME_IN_GAP');
    expect(await refusalOf(open({ endsAt: '2030-11-09T00:00' }))).toBe('CAMPAIGN.INVALID');
    const far = await hall.user('organizer', hall.otherChapterId);
    expect(await refusalOf(hall.campaigns.addDemand(far, { campaignId: id, wording: 'X' }))).toBe(
      'AUTHZ.NOT_FOUND',
    );
  });
});

describe('a commitment', () => {
  it('is made once for each kind, even by a member who presses the button ten times at once', async () => {
    const id = await open();
    const [member] = await hall.members(1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        refusalOf(hall.commitments.pledge(member!, { campaignId: id, kind: 'log_off' })),
      ),
    );
    expect(answers.filter((code) => code === 'COMMITMENT.ALREADY')).toHaveLength(9);
    await hall.commitments.pledge(member!, { campaignId: id, kind: 'recruit' });
    expect(await counts(id)).toEqual({ pledged: 2 });
  });

  it('is counted as it changes', async () => {
    const id = await open();
    const members = await hall.members(30);
    const ids = await Promise.all(
      members.map((member) => hall.commitments.pledge(member, { campaignId: id, kind: 'log_off' })),
    );
    expect(await counts(id)).toEqual({ pledged: 30 });
    await hall.commitments.checkIn(members[0]!, { commitmentId: ids[0]!, status: 'kept' });
    await hall.commitments.checkIn(hall.organizer, {
      commitmentId: ids[1]!,
      status: 'broken',
      evidence: 'public_record',
    });
    await hall.commitments.withdraw(members[2]!, ids[2]!);
    expect(await counts(id)).toMatchObject({ pledged: 27, kept: 1, broken: 1, withdrawn: 1 });
    expect(await hall.rows(`SELECT status, evidence FROM commitment WHERE id = $1`, [ids[0]])).toEqual([
      { status: 'kept', evidence: 'self_reported' },
    ]);
  });

  it('may be made again after it was withdrawn', async () => {
    const id = await open();
    const [member] = await hall.members(1);
    const first = await hall.commitments.pledge(member!, { campaignId: id, kind: 'log_off' });
    await hall.commitments.withdraw(member!, first);
    expect(await refusalOf(hall.commitments.withdraw(member!, first))).toBe('COMMITMENT.OVER');
    expect(await hall.commitments.pledge(member!, { campaignId: id, kind: 'log_off' })).not.toBe(first);
  });

  it('belongs to its member and those who campaign where they are', async () => {
    const id = await open();
    const [member, other] = await hall.members(2);
    const commitmentId = await hall.commitments.pledge(member!, { campaignId: id, kind: 'log_off' });
    const far = await hall.user('organizer', hall.otherChapterId);
    for (const actor of [other!, far]) {
      expect(
        await refusalOf(
          hall.commitments.checkIn(actor, { commitmentId, status: 'kept', evidence: 'document' }),
        ),
      ).toBe('COMMITMENT.NOT_FOUND');
    }
    const facilitator = await hall.user('facilitator', hall.chapterId);
    expect(await refusalOf(hall.commitments.withdraw(facilitator, commitmentId))).toBe('AUTHZ.FORBIDDEN');
    expect(await refusalOf(hall.commitments.checkIn(hall.organizer, { commitmentId, status: 'kept' }))).toBe(
      'COMMITMENT.INVALID',
    );
    expect(
      await refusalOf(
        hall.commitments.checkIn(member!, { commitmentId, status: 'kept', evidence: 'document' }),
      ),
    ).toBe('COMMITMENT.INVALID');
  });

  it('is refused for what is over, unknown, malformed, or by someone who is no member', async () => {
    const id = await open();
    const [member] = await hall.members(1);
    const pledge = { campaignId: id, kind: 'log_off' as const };
    expect(await refusalOf(hall.commitments.pledge(member!, { ...pledge, campaignId: randomUUID() }))).toBe(
      'CAMPAIGN.NOT_FOUND',
    );
    expect(await refusalOf(hall.commitments.pledge(member!, { ...pledge, phaseId: randomUUID() }))).toBe(
      'COMMITMENT.INVALID',
    );
    expect(
      await refusalOf(hall.commitments.pledge(member!, { ...pledge, platformIds: [randomUUID()] })),
    ).toBe('COMMITMENT.INVALID');
    expect(await refusalOf(hall.commitments.pledge(member!, { ...pledge, startsOn: '2030-11-31' }))).toBe(
      'COMMITMENT.INVALID',
    );
    expect(await refusalOf(hall.commitments.pledge(hall.organizer, pledge))).toBe('COMMITMENT.NOT_A_MEMBER');
    expect(await refusalOf(hall.commitments.pledge(anonymousActor(), pledge))).toBe('AUTHZ.UNAUTHENTICATED');
    hall.t.clock.advance(Date.parse('2030-12-01T00:00:00Z') - Date.now());
    expect(await refusalOf(hall.commitments.pledge(member!, pledge))).toBe('CAMPAIGN.CLOSED');
  });

  it('is joined when two records are one person, and erased with the person', async () => {
    const id = await open();
    const [keep, drop] = await hall.members(2);
    for (const one of [keep!, drop!]) await hall.commitments.pledge(one, { campaignId: id, kind: 'log_off' });
    await hall.commitments.pledge(drop!, { campaignId: id, kind: 'recruit' });
    await hall.t.db.tx(SYSTEM, (em) => campaignsPersonalData.merge(em, keep!.memberId!, drop!.memberId!));
    expect(await counts(id)).toEqual({ pledged: 2 });
    const given = await hall.t.db.tx(SYSTEM, (em) =>
      campaignsPersonalData.export(em, keep!.memberId!, testConfig(hall.t.url)),
    );
    expect(given['commitments']).toHaveLength(2);
    await hall.t.db.tx(SYSTEM, (em) => campaignsPersonalData.erase(em, keep!.memberId!));
    expect(await counts(id)).toEqual({ pledged: 0 });
  });
});
