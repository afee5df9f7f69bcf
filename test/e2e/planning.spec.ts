import { openHttpUnion, type Headers, type HttpUnion } from '../support/http-union';

const SCHEDULE = `mutation ($input: ScheduleGatheringInput!) { scheduleListeningSession(input: $input) {
  id title interpretation accessibility conflicts facilitators(first: 5) { edges { node { role state } } } } }`;
const ASK = `mutation ($input: AskFacilitatorInput!) { askFacilitator(input: $input) { id role state member { givenName } } }`;
const ANSWER = `mutation ($id: ID!, $takes: Boolean!) { answerFacilitation(id: $id, takes: $takes) { id state } }`;
const RELEASE = `mutation ($id: ID!) { releaseFacilitator(id: $id) }`;
const CONFLICTS = `query ($id: ID!) { gathering(id: $id) { conflicts } }`;
const MINE = `{ me { facilitations(first: 5) { edges { node { id role state gathering { title } } } } } }`;
const SAVE = `mutation ($input: SaveOutlineInput!) { saveOutline(input: $input) { id name title durationMinutes capacity interpretation } }`;
const OUTLINES = `{ gatheringOutlines(first: 10, filter: { offered: true }) { edges { node { id name chapter { name } } } } }`;

interface Conflict {
  readonly gatheringId: string;
  readonly place: boolean;
  readonly meeting: boolean;
  readonly people: readonly string[];
}

describe('planning over HTTP', () => {
  let hall: HttpUnion;
  let organizer: Headers;
  let facilitator: Headers;
  let member: Headers;
  let memberId: string;

  beforeAll(async () => {
    hall = await openHttpUnion();
    organizer = await hall.person('ada', { role: 'organizer', chapters: [hall.north] });
    facilitator = await hall.person('fay', { role: 'facilitator', chapters: [hall.north] });
    member = await hall.person('mia', { memberOf: hall.north });
    memberId = (
      await hall.rows<{ id: string }>(`SELECT 'Member_' || id AS id FROM member WHERE given_name = 'Mia'`)
    )[0]!.id;
  });
  afterAll(() => hall.close());

  const schedule = async (over: object = {}): Promise<string> =>
    (
      await hall.must<{ scheduleListeningSession: { id: string } }>(
        SCHEDULE,
        {
          input: {
            chapterId: hall.north,
            title: 'What we hear',
            startsAt: '2030-06-03T18:00',
            durationMinutes: 120,
            timeZone: 'America/New_York',
            ...over,
          },
        },
        organizer,
      )
    ).scheduleListeningSession.id;
  const ask = async (gatheringId: string, role = 'LEAD', who = memberId): Promise<string> =>
    (
      await hall.must<{ askFacilitator: { id: string } }>(
        ASK,
        { input: { gatheringId, memberId: who, role } },
        organizer,
      )
    ).askFacilitator.id;
  const conflicts = async (id: string): Promise<Conflict[]> =>
    (await hall.must<{ gathering: { conflicts: Conflict[] } }>(CONFLICTS, { id }, organizer)).gathering
      .conflicts;

  it('asks a member to lead, who says for themselves whether they will', async () => {
    const gatheringId = await schedule();
    const id = await ask(gatheringId);
    expect(await hall.must(MINE, {}, member)).toMatchObject({
      me: { facilitations: { edges: [{ node: { id, role: 'LEAD', state: 'ASKED' } }] } },
    });
    expect((await hall.refused(ANSWER, { id, takes: true }, organizer)).code).toBe('RSVP.NOT_A_MEMBER');
    const other = await hall.person('lou', { memberOf: hall.north });
    expect((await hall.refused(ANSWER, { id, takes: true }, other)).code).toBe('FACILITATOR.NOT_FOUND');
    expect(await hall.must(ANSWER, { id, takes: true }, member)).toEqual({
      answerFacilitation: { id, state: 'CONFIRMED' },
    });
    expect(await ask(gatheringId)).toBe(id); // asked the same again, the answer stands
    expect(await hall.must(MINE, {}, member)).toMatchObject({
      me: { facilitations: { edges: [{ node: { state: 'CONFIRMED' } }] } },
    });
    await ask(gatheringId, 'INTERPRETER');
    expect(await hall.must(MINE, {}, member)).toMatchObject({
      me: { facilitations: { edges: [{ node: { role: 'INTERPRETER', state: 'ASKED' } }] } },
    });
    await hall.must(RELEASE, { id }, organizer);
    expect((await hall.refused(RELEASE, { id }, organizer)).code).toBe('FACILITATOR.NOT_FOUND');
  });

  it('asks for nothing that is over, cancelled, or of people out of reach', async () => {
    const gatheringId = await schedule({ startsAt: '2031-06-03T18:00' });
    const [far] = await hall.members(1, hall.south);
    const input = { gatheringId, memberId: far, role: 'LEAD' };
    expect(await hall.refused(ASK, { input }, organizer)).toMatchObject({
      code: 'MEMBER.NOT_FOUND',
      field: 'input.memberId',
    });
    for (const [who, code] of [
      [facilitator, 'AUTHZ.FORBIDDEN'],
      [member, 'AUTHZ.FORBIDDEN'],
      [{}, 'AUTHZ.UNAUTHENTICATED'],
    ] as const)
      expect((await hall.refused(ASK, { input: { ...input, memberId } }, who)).code).toBe(code);
    await hall.must(
      `mutation ($id: ID!) { cancelGathering(gatheringId: $id) { id } }`,
      { id: gatheringId },
      organizer,
    );
    expect((await hall.refused(ASK, { input: { ...input, memberId } }, organizer)).code).toBe(
      'GATHERING.CANCELLED',
    );
  });

  it('shows people, rooms and meetings that are wanted twice, and not those that only touch', async () => {
    const at = (startsAt: string, over: object = {}): Promise<string> => schedule({ startsAt, ...over });
    const first = await at('2032-03-01T18:00', { place: 'Hall B', meetingId: '123 456 7890' });
    const room = await at('2032-03-01T19:30', { place: ' hall b ' });
    const meeting = await at('2032-03-01T17:00', { meetingId: '1234567890' });
    const touching = await at('2032-03-01T20:00', { place: 'Hall B', durationMinutes: 60 });
    const person = await at('2032-03-01T18:30', { place: 'Elsewhere' });
    await ask(first);
    await ask(person, 'NOTE_TAKER');
    const found = new Map((await conflicts(first)).map((one) => [one.gatheringId, one]));
    expect([...found.keys()].sort()).toEqual([room, meeting, person].sort());
    expect(found.get(room)).toMatchObject({ place: true, meeting: false, people: [] });
    expect(found.get(meeting)).toMatchObject({ place: false, meeting: true });
    expect(found.get(person)).toMatchObject({ place: false, people: [memberId] });
    expect((await conflicts(touching)).map(({ gatheringId }) => gatheringId)).toEqual([room]);
    await hall.must(
      `mutation ($id: ID!) { cancelGathering(gatheringId: $id) { id } }`,
      { id: room },
      organizer,
    );
    expect((await conflicts(first)).map(({ gatheringId }) => gatheringId)).not.toContain(room);
    const seen = await hall.ask<{ gathering: { conflicts: unknown } }>(CONFLICTS, { id: first }, member);
    expect(seen.data?.gathering?.conflicts ?? null).toBeNull();
  });

  it('says what a gathering offers to those who could not come otherwise, and refuses what it does not know', async () => {
    const made = await hall.must<{ scheduleListeningSession: object }>(
      SCHEDULE,
      {
        input: {
          chapterId: hall.north,
          title: 'Heard by all',
          startsAt: '2030-07-03T18:00',
          durationMinutes: 60,
          timeZone: 'America/New_York',
          interpretation: ['es', 'ar', 'es'],
          accessibility: ['SIGN_LANGUAGE', 'CHILDCARE'],
        },
      },
      organizer,
    );
    expect(made.scheduleListeningSession).toMatchObject({
      interpretation: ['ar', 'es'],
      accessibility: ['childcare', 'sign_language'],
    });
    expect(
      await hall.refused(
        SCHEDULE,
        {
          input: {
            chapterId: hall.north,
            title: 'X',
            startsAt: '2030-07-03T18:00',
            durationMinutes: 60,
            timeZone: 'America/New_York',
            interpretation: ['es', 'not a language'],
          },
        },
        organizer,
      ),
    ).toMatchObject({ code: 'GATHERING.INVALID', field: 'input.interpretation.1' });
  });

  it('keeps outlines that every chapter plans from, and that their own chapter changes', async () => {
    const input = {
      chapterId: hall.north,
      kind: 'LISTENING_SESSION',
      name: 'Two hours, twenty people',
      title: 'What the feed did to us',
      durationMinutes: 120,
      capacity: 20,
      interpretation: ['es'],
    };
    const { saveOutline } = await hall.must<{ saveOutline: { id: string } }>(SAVE, { input }, organizer);
    expect(saveOutline).toMatchObject({ durationMinutes: 120, capacity: 20, interpretation: ['es'] });
    const sam = await hall.person('sam', { role: 'organizer', chapters: [hall.south] });
    const offered = async (): Promise<string[]> =>
      (
        await hall.must<{ gatheringOutlines: { edges: { node: { id: string } }[] } }>(OUTLINES, {}, sam)
      ).gatheringOutlines.edges.map(({ node }) => node.id);
    expect(await offered()).toEqual([saveOutline.id]);
    const change = { input: { ...input, outlineId: saveOutline.id, name: 'Mine' } };
    expect((await hall.refused(SAVE, change, sam)).code).toBe('AUTHZ.NOT_FOUND');
    expect((await hall.refused(SAVE, { input: { ...change.input, chapterId: hall.south } }, sam)).code).toBe(
      'OUTLINE.NOT_FOUND',
    );
    expect((await hall.refused(SAVE, change, facilitator)).code).toBe('AUTHZ.FORBIDDEN');
    expect(await hall.refused(SAVE, { input: { ...input, name: ' ' } }, organizer)).toMatchObject({
      field: 'input.name',
    });
    expect((await hall.refused(OUTLINES, {}, member)).code).toBe('FORBIDDEN');
    await hall.must(`mutation ($id: ID!) { retireOutline(id: $id) }`, { id: saveOutline.id }, organizer);
    expect(await offered()).toEqual([]);
  });
});
