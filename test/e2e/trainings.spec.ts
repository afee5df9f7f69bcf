import { randomUUID } from 'node:crypto';
import { Outbox } from '@unionhall/platform';
import { CertificatesService } from '@unionhall/gatherings';
import { openHttpUnion, rowId, type Headers, type HttpUnion } from '../support/http-union';

const SAVE = `mutation ($input: SaveCourseInput!) { saveCourse(input: $input) { id title state requires modules(first: 10) { edges { node { id ordinal title required minimumMinutes } } } } }`;
const OPEN = `mutation ($id: ID!) { openCourse(courseId: $id) { state } }`;
const TEACH = `mutation ($id: ID!, $modules: [ID!]!) { teachModules(gatheringId: $id, moduleIds: $modules) { teaches } }`;
const TRAINING = `mutation ($input: ScheduleGatheringInput!) { scheduleTraining(input: $input) { id } }`;
const TAKE = `mutation ($input: TakeAttendanceInput!) { takeAttendance(input: $input) { recorded } }`;
const UNDO = `mutation ($input: UndoAttendanceInput!) { undoAttendance(input: $input) }`;
const MINE = `{ me { certificates(first: 5) { edges { node { id code issuedAt expiresAt revokedAt revokedFor shownAs course { title } } } } } }`;
const LADDER = `query ($filter: LadderPlaceFilter) { ladderPlaces(first: 20, filter: $filter) { edges { node { rung readyFor member { givenName } } } } }`;
const GRANT = `mutation ($input: GrantQualificationInput!) { grantQualification(input: $input) { id kind } }`;
const RSVP = `mutation ($input: RsvpInput!) { rsvp(input: $input) { status } }`;

interface Certificate {
  readonly id: string;
  readonly code: string;
  readonly issuedAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedFor: string | null;
}
interface Course {
  readonly id: string;
  readonly modules: string[];
}

describe('trainings over HTTP', () => {
  let hall: HttpUnion;
  let organizer: Headers;
  let facilitator: Headers;
  let member: Headers;
  let memberId: string;

  beforeAll(async () => {
    hall = await openHttpUnion();
    organizer = await hall.person('ada', { role: 'organizer', chapters: [hall.north] });
    facilitator = await hall.person('fay', { role: 'facilitator', chapters: [hall.north] });
  });
  beforeEach(async () => {
    hall.clock.offsetMs = 0;
    const name = `mia${randomUUID().slice(0, 8)}`;
    member = await hall.person(name, { memberOf: hall.north });
    memberId = (
      await hall.rows<{ id: string }>(
        `SELECT 'Member_' || member_id AS id FROM user_account WHERE email = $1`,
        [`${name}@example.org`],
      )
    )[0]!.id;
  });
  afterAll(() => hall.close());

  const course = async (over: object = {}, open = true): Promise<Course> => {
    const { saveCourse } = await hall.must<{
      saveCourse: { id: string; modules: { edges: { node: { id: string } }[] } };
    }>(
      SAVE,
      {
        input: {
          chapterId: hall.north,
          title: 'Running a listening session',
          certificateMonths: 12,
          modules: [{ title: 'Asking' }, { title: 'Hearing', minimumMinutes: 60 }],
          ...over,
        },
      },
      organizer,
    );
    if (open) await hall.must(OPEN, { id: saveCourse.id }, organizer);
    return { id: saveCourse.id, modules: saveCourse.modules.edges.map(({ node }) => node.id) };
  };
  const training = async (modules: readonly string[]): Promise<string> => {
    const { scheduleTraining } = await hall.must<{ scheduleTraining: { id: string } }>(
      TRAINING,
      {
        input: {
          chapterId: hall.north,
          title: 'Training',
          startsAt: '2030-06-03T18:00',
          durationMinutes: 120,
          timeZone: 'America/New_York',
        },
      },
      organizer,
    );
    await hall.must(TEACH, { id: scheduleTraining.id, modules }, organizer);
    // Attendance opens twelve hours before.
    await hall.rows(
      `UPDATE gathering SET starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour' WHERE id = $1`,
      [rowId(scheduleTraining.id)],
    );
    return scheduleTraining.id;
  };
  const come = async (gatheringId: string, minutes: number | null = null): Promise<string> => {
    const id = randomUUID();
    await hall.must(
      TAKE,
      {
        input: {
          gatheringId,
          entries: [{ id, memberId, status: 'ATTENDED', minutes, at: new Date().toISOString() }],
        },
      },
      organizer,
    );
    await hall.app.get(Outbox).relay();
    return id;
  };
  const certificates = async (): Promise<Certificate[]> =>
    (
      await hall.must<{ me: { certificates: { edges: { node: Certificate }[] } } }>(MINE, {}, member)
    ).me.certificates.edges.map(({ node }) => node);
  const page = (code: string, language = 'en') =>
    hall.app.inject({ url: `/certificates/${code}`, headers: { 'accept-language': language } });
  const rung = async (): Promise<{ rung: string; readyFor: string | null } | undefined> =>
    (
      await hall.rows<{ rung: string; readyFor: string | null }>(
        `SELECT rung, ready_for AS "readyFor" FROM ladder_place WHERE member_id = $1`,
        [rowId(memberId)],
      )
    )[0];

  it('who came to every module, and stayed long enough, holds a certificate that anyone can check', async () => {
    const { modules } = await course();
    await come(await training([modules[0]!]));
    await come(await training([modules[1]!]), 59);
    expect(await certificates()).toEqual([]);
    await come(await training([modules[1]!]), 60);
    const [certificate] = await certificates();
    expect(certificate).toMatchObject({ revokedAt: null, shownAs: 'INITIALS' });
    expect(certificate!.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    const issued = new Date(certificate!.issuedAt);
    const expires = new Date(certificate!.expiresAt!);
    expect([expires.getUTCFullYear() - issued.getUTCFullYear(), expires.getUTCMonth()]).toEqual([
      1,
      issued.getUTCMonth(),
    ]);
    const shown = await page(certificate!.code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-'));
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('This certificate is valid.');
    expect(shown.body).toContain('M. L.');
    expect(shown.body).not.toContain('Lee');
    expect((await page(certificate!.code, 'es')).body).toContain('Este certificado es válido.');
    expect((await page('0000000000000000')).statusCode).toBe(404);
    expect((await page('x')).statusCode).toBe(404);
  });

  it('the holder alone chooses how it names them', async () => {
    const { modules } = await course({ modules: [{ title: 'All' }] });
    await come(await training(modules));
    const [{ id, code }] = (await certificates()) as [Certificate];
    const show = `mutation ($id: ID!, $as: CertificateShownAs!) { showCertificateAs(id: $id, shownAs: $as) { shownAs } }`;
    expect((await hall.refused(show, { id, as: 'FULL_NAME' }, organizer)).code).toBe('RSVP.NOT_A_MEMBER');
    const other = await hall.person('lou', { memberOf: hall.north });
    expect((await hall.refused(show, { id, as: 'FULL_NAME' }, other)).code).toBe('CERTIFICATE.NOT_FOUND');
    await hall.must(show, { id, as: 'FULL_NAME' }, member);
    expect((await page(code)).body).toContain(' Lee');
    await hall.must(show, { id, as: 'NOBODY' }, member);
    expect((await page(code)).body).toContain('chose not to be named');
  });

  it('attendance that is corrected takes the certificate back, and says why', async () => {
    const { modules } = await course({ modules: [{ title: 'All' }] });
    const gatheringId = await training(modules);
    const mark = await come(gatheringId);
    const [{ code }] = (await certificates()) as [Certificate];
    await hall.must(UNDO, { input: { gatheringId, entryIds: [mark] } }, organizer);
    await hall.app.get(Outbox).relay();
    expect((await certificates())[0]).toMatchObject({ code, revokedFor: 'attendance_corrected' });
    expect((await page(code)).body).toContain('has been taken back');
    await come(gatheringId);
    const standing = (await certificates()).filter(({ revokedAt }) => revokedAt === null);
    expect(standing).toHaveLength(1);
    expect(standing[0]!.code).not.toBe(code);
  });

  it('who came before a training was said to teach a module has completed it too', async () => {
    const { modules } = await course({ modules: [{ title: 'All' }] });
    const gatheringId = await training([]);
    await come(gatheringId);
    expect(await certificates()).toEqual([]);
    await hall.must(TEACH, { id: gatheringId, modules }, organizer);
    await hall.app.get(Outbox).relay();
    expect(await certificates()).toHaveLength(1);
  });

  it('optional modules count up to what the course asks for', async () => {
    const { modules } = await course({
      optionalNeeded: 1,
      modules: [{ title: 'Must' }, { title: 'May', required: false }, { title: 'May too', required: false }],
    });
    await come(await training([modules[0]!]));
    expect(await certificates()).toEqual([]);
    await come(await training([modules[2]!]));
    expect(await certificates()).toHaveLength(1);
  });

  it('a course that comes first is asked for by name until its certificate holds on the day', async () => {
    const first = await course({
      title: 'Activism basics',
      modules: [{ title: 'All' }],
      certificateMonths: 1,
    });
    const second = await course({ title: 'Leading', modules: [{ title: 'All' }], requires: [first.id] });
    const { scheduleTraining } = await hall.must<{ scheduleTraining: { id: string } }>(
      TRAINING,
      {
        input: {
          chapterId: hall.north,
          title: 'Leading',
          startsAt: '2030-06-03T18:00',
          durationMinutes: 60,
          timeZone: 'America/New_York',
        },
      },
      organizer,
    );
    await hall.must(TEACH, { id: scheduleTraining.id, modules: second.modules }, organizer);
    const input = { gatheringId: scheduleTraining.id, status: 'GOING' };
    expect(await hall.refused(RSVP, { input }, member)).toMatchObject({
      code: 'RSVP.PREREQUISITE_MISSING',
      details: { courses: [{ id: first.id, title: 'Activism basics' }] },
    });
    await come(await training(first.modules));
    expect((await hall.refused(RSVP, { input }, member)).code).toBe('RSVP.PREREQUISITE_MISSING'); // it will have expired by then
    await hall.rows(`UPDATE certificate SET expires_at = NULL WHERE course_id = $1`, [rowId(first.id)]);
    expect(await hall.must(RSVP, { input }, member)).toEqual({ rsvp: { status: 'GOING' } });
  });

  it('refuses circles, empty courses, changed modules of an open one, and modules of listening sessions', async () => {
    const a = await course({ title: 'A' });
    const b = await course({ title: 'B', requires: [a.id] });
    expect(
      await hall.refused(SAVE, { input: { courseId: a.id, title: 'A', requires: [b.id] } }, organizer),
    ).toMatchObject({ code: 'COURSE.PREREQUISITE_CIRCLE', field: 'input.requires' });
    expect(
      await hall.refused(SAVE, { input: { courseId: a.id, title: 'A', requires: [a.id] } }, organizer),
    ).toMatchObject({ code: 'COURSE.PREREQUISITE_CIRCLE' });
    expect(
      (
        await hall.refused(
          SAVE,
          { input: { courseId: a.id, title: 'A', modules: [{ title: 'New' }] } },
          organizer,
        )
      ).code,
    ).toBe('COURSE.NOT_DRAFT');
    const empty = await course({ title: 'Empty', modules: [] }, false);
    expect((await hall.refused(OPEN, { id: empty.id }, organizer)).code).toBe('COURSE.INVALID');
    expect(
      await hall.refused(
        SAVE,
        { input: { chapterId: hall.north, title: 'X', optionalNeeded: 1, modules: [{ title: 'Y' }] } },
        organizer,
      ),
    ).toMatchObject({ field: 'input.optionalNeeded' });
    const { scheduleListeningSession: session } = await hall.must<{
      scheduleListeningSession: { id: string };
    }>(
      TRAINING.replace('scheduleTraining', 'scheduleListeningSession'),
      {
        input: {
          chapterId: hall.north,
          title: 'L',
          startsAt: '2030-06-03T18:00',
          durationMinutes: 60,
          timeZone: 'America/New_York',
        },
      },
      organizer,
    );
    expect((await hall.refused(TEACH, { id: session.id, modules: a.modules }, organizer)).code).toBe(
      'COURSE.NOT_A_TRAINING',
    );
    expect(
      await hall.refused(
        TEACH,
        { id: await training([]), modules: [`CourseModule_${randomUUID()}`] },
        organizer,
      ),
    ).toMatchObject({ code: 'COURSE.MODULE_NOT_FOUND', field: 'moduleIds.0' });
  });

  it('members climb: from coming, to a certificate, to leading sessions, to training others', async () => {
    expect(await rung()).toBeUndefined();
    await come(await training([]));
    expect(await rung()).toEqual({ rung: 'member', readyFor: 'trained' });
    const { modules } = await course({ modules: [{ title: 'All' }], preparesFor: 'FACILITATOR' });
    await come(await training(modules));
    expect(await rung()).toEqual({ rung: 'trained', readyFor: 'facilitator' });
    const filter = { within: hall.north, readyFor: 'FACILITATOR' };
    expect(await hall.must(LADDER, { filter }, organizer)).toMatchObject({
      ladderPlaces: {
        edges: expect.arrayContaining([{ node: expect.objectContaining({ rung: 'TRAINED' }) }]),
      },
    });
    const grant = { input: { memberId, kind: 'FACILITATOR' } };
    expect((await hall.refused(GRANT, grant, facilitator)).code).toBe('AUTHZ.FORBIDDEN');
    await hall.must(GRANT, grant, organizer);
    expect((await hall.refused(GRANT, grant, organizer)).code).toBe('QUALIFICATION.ALREADY');
    expect(await rung()).toEqual({ rung: 'facilitator', readyFor: null });
    for (let led = 0; led < 3; led += 1) {
      const gatheringId = await training([]);
      await hall.rows(
        `INSERT INTO gathering_facilitator (gathering_id, member_id, chapter_id, role, state, answered_at)
         SELECT $1, id, chapter_id, 'lead', 'confirmed', now() FROM member WHERE id = $2`,
        [rowId(gatheringId), rowId(memberId)],
      );
      await hall.rows(`UPDATE gathering SET ends_at = now() - interval '1 minute' WHERE id = $1`, [
        rowId(gatheringId),
      ]);
      await come(gatheringId);
    }
    expect(await rung()).toEqual({ rung: 'facilitator', readyFor: 'trainer' });
    await hall.must(GRANT, { input: { memberId, kind: 'TRAINER' } }, organizer);
    expect(await rung()).toEqual({ rung: 'trainer', readyFor: null });
  });

  it('a certificate that runs out takes its holder down again', async () => {
    const { modules } = await course({ modules: [{ title: 'All' }], certificateMonths: 1 });
    await come(await training(modules));
    const [{ code }] = (await certificates()) as [Certificate];
    expect(await rung()).toMatchObject({ rung: 'trained' });
    await hall.rows(`UPDATE certificate SET expires_at = now() - interval '1 minute' WHERE code = $1`, [
      code,
    ]);
    await hall.app.get(CertificatesService).sweep();
    expect(await rung()).toEqual({ rung: 'member', readyFor: 'trained' });
    expect((await page(code)).body).toContain('has expired');
  });

  it('shows drafts to who plans there, and people to who may read them', async () => {
    const draft = await course({ title: 'Not yet' }, false);
    const read = `query ($id: ID!) { course(id: $id) { title } }`;
    expect(await hall.must(read, { id: draft.id }, organizer)).toEqual({ course: { title: 'Not yet' } });
    for (const who of [member, {}])
      expect(
        (await hall.ask<{ course: unknown }>(read, { id: draft.id }, who)).data?.course ?? null,
      ).toBeNull();
    expect((await hall.refused(LADDER, {}, member)).code).toBe('FORBIDDEN');
    for (const [who, code] of [
      [facilitator, 'AUTHZ.FORBIDDEN'],
      [member, 'AUTHZ.FORBIDDEN'],
      [{}, 'AUTHZ.UNAUTHENTICATED'],
    ] as const) {
      expect(
        (await hall.refused(SAVE, { input: { chapterId: hall.north, title: 'Mine', modules: [] } }, who))
          .code,
      ).toBe(code);
      expect((await hall.refused(OPEN, { id: draft.id }, who)).code).toBe(code);
    }
  });
});
