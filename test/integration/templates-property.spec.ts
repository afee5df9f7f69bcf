import fc from 'fast-check';
import { Actor } from '@unionhall/identity';
import { DraftsService, TemplatesService } from '@unionhall/outreach';
import { AppError } from '@unionhall/platform';
import { openOutreach, type OutreachHall } from './outreach-hall';

const PEOPLE = ['ada', 'ben', 'cleo'] as const;
const LANGUAGES = ['en', 'es'] as const;

interface Saved {
  readonly language: string;
  readonly revision: number;
  readonly body: string;
  readonly state: string;
  readonly saved_by: string;
  readonly reviewed_by: string | null;
}

type Move =
  | { readonly do: 'save' | 'ask'; readonly who: number; readonly language: number }
  | { readonly do: 'review'; readonly who: number; readonly language: number; readonly approve: boolean }
  | { readonly do: 'publish'; readonly who: number };

const who = fc.nat({ max: PEOPLE.length - 1 });
const language = fc.nat({ max: LANGUAGES.length - 1 });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('save' as const), who, language }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), who, language }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('review' as const), who, language, approve: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('publish' as const), who }) },
);

/** Whatever came before, each language is saved, approved by a second person, and published. */
const IN_THE_END: readonly Move[] = [
  ...[0, 1].flatMap((at): Move[] => [
    { do: 'save', who: 0, language: at },
    { do: 'ask', who: 0, language: at },
    { do: 'review', who: 1, language: at, approve: true },
  ]),
  { do: 'publish', who: 2 },
];
const RUNS = 40;

describe('whatever people do with a template', () => {
  let hall: OutreachHall;
  let chapterId: string;
  let actors: Actor[];
  let keys = 0;
  let published = 0;

  beforeAll(async () => {
    hall = await openOutreach({});
    const [chapter] = await hall.look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'UTC', 'en') RETURNING id`,
    );
    chapterId = chapter!.id;
    const users = await hall.look<{ id: string }>(
      `INSERT INTO user_account (email, email_key) SELECT p || '@example.org', p || '@example.org' FROM unnest($1::text[]) p RETURNING id`,
      [[...PEOPLE]],
    );
    actors = users.map(
      ({ id }) =>
        new Actor({
          kind: 'user',
          userId: id,
          purpose: 'organizing',
          authzVersion: 1,
          grants: [{ id, role: 'organizer', chapters: [chapterId], purposes: [] }],
        }),
    );
  });
  afterAll(() => hall.close());

  const texts = (templateId: string): Promise<Saved[]> =>
    hall.look(
      `SELECT language, revision, body, state, saved_by, reviewed_by FROM template_text WHERE template_id = $1 ORDER BY language, revision`,
      [templateId],
    );
  const newest = async (templateId: string, tag: string): Promise<Saved | undefined> =>
    (await texts(templateId)).filter((text) => text.language === tag).at(-1);
  /** What is refused changes nothing, and is no failure of the property. */
  const tried = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  };

  async function play(moves: readonly Move[]): Promise<void> {
    const templates = hall.app.get(TemplatesService);
    const drafts = hall.app.get(DraftsService);
    const { id: templateId } = await templates.create(
      actors[0]!,
      { chapterId, name: 'Any', channel: 'email', purpose: null },
      `template ${++keys}`,
    );
    const { id: sequenceId } = await drafts.create(
      actors[0]!,
      {
        title: 'Any',
        purpose: 'events',
        gatheringId: null,
        segment: { chapterId },
        trigger: { on: 'hand' },
        reentry: 'once',
        goal: null,
        steps: [
          {
            kind: 'message',
            key: 'a',
            name: 'a',
            until: 'never',
            subject: {},
            body: {},
            template: templateId,
          },
        ],
      },
      `sequence ${++keys}`,
    );
    let copied: object | undefined;
    for (const one of moves) {
      const actor = actors[one.who]!;
      if (one.do === 'publish') {
        const before = await texts(templateId);
        const done = await tried(() => drafts.publish(actor, sequenceId, 'finish', `publish ${++keys}`));
        if (done) copied = await judge(sequenceId, before);
      } else {
        const tag = LANGUAGES[one.language]!;
        const revision = (await newest(templateId, tag))?.revision ?? null;
        const at = { templateId, language: tag, revision: revision ?? 1 };
        await tried(() => {
          if (one.do === 'ask') return templates.askReview(actor, at);
          if (one.do === 'review')
            return templates.review(actor, { ...at, approve: one.approve, note: 'Because.' });
          const body = `Text ${++keys}.`;
          return templates.saveText(actor, { templateId, language: tag, subject: 'Hello', body, revision });
        });
      }
      if (copied !== undefined) expect(await bodyOf(sequenceId)).toEqual(copied);
    }
  }

  const bodyOf = async (sequenceId: string): Promise<object> => {
    const [step] = await hall.look<{ body: object }>(
      `SELECT config->'body' AS body FROM sequence_step WHERE sequence_id = $1`,
      [sequenceId],
    );
    return step!.body;
  };

  /** Each text that was copied is the newest of its language, and somebody else than its writer approved it. */
  async function judge(sequenceId: string, before: readonly Saved[]): Promise<object> {
    published += 1;
    const body = await bodyOf(sequenceId);
    expect(Object.keys(body)).toContain('en');
    for (const [tag, words] of Object.entries(body)) {
      const text = before.filter((one) => one.language === tag).at(-1)!;
      expect(text).toMatchObject({ body: words, state: 'approved' });
      expect(text.reviewed_by).not.toBeNull();
      expect(text.reviewed_by).not.toBe(text.saved_by);
    }
    return body;
  }

  it('only words that a second person approved are published, and those stay as they were', async () => {
    const moves = fc.array(move, { minLength: 12, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(moves, (some) => play([...some, ...IN_THE_END])),
      { numRuns: RUNS },
    );
    expect(published).toBeGreaterThanOrEqual(RUNS);
  });
});
