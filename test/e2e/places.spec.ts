import { openHttpUnion, type Headers, type HttpUnion } from '../support/http-union';

const SCHEDULE = `mutation ($input: ScheduleGatheringInput!) { scheduleListeningSession(input: $input) { id admission guestsAllowed offerHours graceHours } }`;
const RSVP = `mutation ($input: RsvpInput!) { rsvp(input: $input) { id status guests requestedAt refusal } }`;
const INVITE = `mutation ($input: InviteToGatheringInput!) { inviteToGathering(input: $input) }`;
const APPROVE = `mutation ($id: ID!) { approveRsvp(id: $id) { status requestedAt } }`;
const REFUSE = `mutation ($id: ID!, $reason: String!) { refuseRsvp(id: $id, reason: $reason) { status } }`;
const SEEN = `query ($id: ID!) { gathering(id: $id) { id title } }`;
const REQUESTS = `query ($id: ID!) { gathering(id: $id) { heldCount rsvps(first: 10, filter: { requested: true }) { edges { node { id member { givenName } } } } } }`;
const MINE = `{ me { rsvps(first: 5) { edges { node { status refusal offerExpiresAt gathering { title } } } } } }`;

describe('places over HTTP', () => {
  let hall: HttpUnion;
  let organizer: Headers;
  let facilitator: Headers;
  let mia: Headers;
  let lou: Headers;

  beforeAll(async () => {
    hall = await openHttpUnion();
    organizer = await hall.person('ada', { role: 'organizer', chapters: [hall.north] });
    facilitator = await hall.person('fay', { role: 'facilitator', chapters: [hall.north] });
    mia = await hall.person('mia', { memberOf: hall.north });
    lou = await hall.person('lou', { memberOf: hall.north });
  });
  afterAll(() => hall.close());

  const schedule = async (over: object): Promise<string> =>
    (
      await hall.must<{ scheduleListeningSession: { id: string } }>(
        SCHEDULE,
        {
          input: {
            chapterId: hall.north,
            title: 'Among ourselves',
            startsAt: '2030-06-03T18:00',
            durationMinutes: 120,
            timeZone: 'America/New_York',
            ...over,
          },
        },
        organizer,
      )
    ).scheduleListeningSession.id;
  const memberId = async (name: string): Promise<string> =>
    (
      await hall.rows<{ id: string }>(`SELECT 'Member_' || id AS id FROM member WHERE given_name = $1`, [
        name,
      ])
    )[0]!.id;
  const seen = async (id: string, who?: Headers): Promise<unknown> =>
    (await hall.ask<{ gathering: unknown }>(SEEN, { id }, who)).data?.gathering ?? null;

  it('a gathering by invitation is there for the invited and for who plans it, and for nobody else', async () => {
    const id = await schedule({ admission: 'INVITATION', title: 'Only some' });
    const input = { gatheringId: id, status: 'GOING' };
    expect(await seen(id, mia)).toBeNull();
    expect(await seen(id)).toBeNull();
    expect((await hall.refused(RSVP, { input }, mia)).code).toBe('GATHERING.NOT_FOUND');
    const list = `{ gatherings(first: 50) { edges { node { title } } } }`;
    expect(JSON.stringify(await hall.ask(list, {}, mia))).not.toContain('Only some');
    const invited = { input: { gatheringId: id, memberIds: [await memberId('Mia')] } };
    for (const who of [facilitator, mia])
      expect((await hall.refused(INVITE, invited, who)).code).toBe('AUTHZ.FORBIDDEN');
    expect(await hall.must(INVITE, invited, organizer)).toEqual({ inviteToGathering: 1 });
    expect(await seen(id, mia)).toMatchObject({ title: 'Only some' });
    expect(await seen(id, lou)).toBeNull();
    expect(await seen(id, facilitator)).toMatchObject({ title: 'Only some' });
    expect(await hall.must(RSVP, { input }, mia)).toMatchObject({ rsvp: { status: 'GOING' } });
  });

  it('a gathering by approval keeps requests until somebody decides, and the member reads why not', async () => {
    const id = await schedule({ admission: 'APPROVAL', title: 'By approval', guestsAllowed: 1 });
    const asked = await hall.must<{ rsvp: { id: string } }>(
      RSVP,
      { input: { gatheringId: id, status: 'GOING', guests: 1 } },
      mia,
    );
    expect(asked.rsvp).toMatchObject({ status: 'WAITLISTED', guests: 1, requestedAt: expect.any(String) });
    const { rsvp } = await hall.must<{ rsvp: { id: string } }>(
      RSVP,
      { input: { gatheringId: id, status: 'GOING' } },
      lou,
    );
    const { gathering } = await hall.must<{ gathering: { rsvps: { edges: { node: object }[] } } }>(
      REQUESTS,
      { id },
      organizer,
    );
    expect(gathering.rsvps.edges).toHaveLength(2);
    for (const who of [facilitator, mia]) {
      expect((await hall.refused(APPROVE, { id: rsvp.id }, who)).code).toBe('AUTHZ.FORBIDDEN');
      expect((await hall.refused(REFUSE, { id: rsvp.id, reason: 'x' }, who)).code).toBe('AUTHZ.FORBIDDEN');
    }
    expect((await hall.refused(APPROVE, { id: rsvp.id })).code).toBe('AUTHZ.UNAUTHENTICATED');
    expect(await hall.must(APPROVE, { id: asked.rsvp.id }, organizer)).toEqual({
      approveRsvp: { status: 'GOING', requestedAt: null },
    });
    expect((await hall.refused(REFUSE, { id: rsvp.id, reason: ' ' }, organizer)).field).toBe('reason');
    await hall.must(REFUSE, { id: rsvp.id, reason: 'This one is for workers.' }, organizer);
    expect(await hall.must(MINE, {}, lou)).toMatchObject({
      me: { rsvps: { edges: [{ node: { status: 'DECLINED', refusal: 'This one is for workers.' } }] } },
    });
    expect((await hall.refused(APPROVE, { id: rsvp.id }, organizer)).code).toBe('RSVP.NOT_REQUESTED');
  });

  it('guests count as places, and more than are allowed are refused by name', async () => {
    const id = await schedule({ title: 'With guests', guestsAllowed: 2, capacity: 3 });
    const input = { gatheringId: id, status: 'GOING' };
    expect(await hall.refused(RSVP, { input: { ...input, guests: 3 } }, mia)).toMatchObject({
      code: 'RSVP.GUESTS',
      field: 'input.guests',
      details: { allowed: 2 },
    });
    expect(await hall.must(RSVP, { input: { ...input, guests: 2 } }, mia)).toMatchObject({
      rsvp: { status: 'GOING', guests: 2 },
    });
    expect(await hall.must(RSVP, { input }, lou)).toMatchObject({ rsvp: { status: 'WAITLISTED' } });
  });

  it('what a gathering cannot have is refused by name', async () => {
    const refusal = async (over: object): Promise<unknown> =>
      hall.refused(
        SCHEDULE,
        {
          input: {
            chapterId: hall.north,
            title: 'X',
            startsAt: '2030-06-03T18:00',
            durationMinutes: 60,
            timeZone: 'America/New_York',
            ...over,
          },
        },
        organizer,
      );
    expect(await refusal({ guestsAllowed: 6 })).toMatchObject({ field: 'input.guestsAllowed' });
    expect(await refusal({ offerHours: 0 })).toMatchObject({ field: 'input.offerHours' });
    expect(await refusal({ graceHours: 10_000 })).toMatchObject({ field: 'input.graceHours' });
    expect(await refusal({ admission: 'INVITATION', listed: true })).toMatchObject({ field: 'input.listed' });
  });
});
