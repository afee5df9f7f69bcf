import type { EntityManager } from 'typeorm';
import type { Condition } from './condition';
import { problemsOfText } from '../templates/check';
import type { Problem } from './definition';
import type { ActionStep, MessageStep, Reentry, StepConfig, Trigger } from './step';
import { broughtBy, knownAt } from './ways';

/** What stands against publishing: a stable code, the place, and words for a person. */
export interface NotReady extends Problem {
  readonly code:
    | 'GATHERING_MISSING'
    | 'GATHERING_UNFIT'
    | 'VARIABLE_UNKNOWN'
    | 'TEXT_INVALID'
    | 'LANGUAGE_MISSING'
    | 'STEP_UNREACHABLE'
    | 'CHANNEL_MISSING'
    | 'TEMPLATE_MISSING'
    | 'TEMPLATE_NOT_APPROVED'
    | 'CAMPAIGN_UNFIT'
    | 'WEBHOOK_MISSING';
}

export interface Candidate {
  readonly purpose: string;
  readonly gatheringId: string | null;
  readonly trigger: Trigger;
  readonly reentry: Reentry;
  readonly segment: { readonly chapterId: string };
  /** With the texts of their templates in them. */
  readonly steps: readonly StepConfig[];
  /** Why the texts of some could not be copied. */
  readonly ofTemplates?: readonly NotReady[];
  /** Whether text messages can leave this union. */
  readonly hasSms: boolean;
}

/** Everything that stands against publishing, in the order of the steps. */
export async function problemsOf(em: EntityManager, candidate: Candidate): Promise<readonly NotReady[]> {
  const { gatheringId, trigger, steps, reentry, hasSms } = candidate;
  const brought = broughtBy(trigger);
  const problems: NotReady[] = [];
  const add = (code: NotReady['code'], place: string, message: string): void =>
    void problems.push({ code, place, message });
  if (reentry === 'each_gathering' && !brought.gathering)
    add('GATHERING_MISSING', 'reentry', 'once for each gathering needs a trigger that brings a gathering');
  if (gatheringId !== null && !(await isFit(em, gatheringId)))
    add('GATHERING_UNFIT', 'gatheringId', 'the gathering is not scheduled, or is over');
  problems.push(...(await ofTrigger(em, trigger, candidate.segment.chapterId)));
  const ways = knownAt(steps, { ...brought, gathering: brought.gathering || gatheringId !== null });
  const languages = await languagesOf(em, candidate.segment.chapterId);
  steps.forEach((step, at) => {
    const place = `steps[${at}]`;
    const known = ways.get(step.key) ?? NOTHING_STANDS_AGAINST;
    if (!ways.has(step.key)) add('STEP_UNREACHABLE', place, 'nobody can come to this step');
    if (!known.gathering)
      for (const word of gatheringWords(step))
        add(
          'GATHERING_MISSING',
          `${place}.${word}`,
          'speaks of a gathering, and not everyone who comes here has one',
        );
    if (step.kind === 'message' && step.channel === 'sms' && !hasSms)
      add('CHANNEL_MISSING', `${place}.channel`, 'no SMS gateway is set');
    problems.push(...(candidate.ofTemplates?.filter((one) => one.place.startsWith(`${place}.`)) ?? []));
    if (step.kind === 'message' && !isBare(step))
      for (const part of ['subject', 'body'] as const) {
        for (const [language, text] of Object.entries(step[part]))
          for (const { code, line, message } of problemsOfText(text, known.gathering, known.campaign))
            add(
              code === 'VARIABLE_UNKNOWN' ? code : 'TEXT_INVALID',
              `${place}.${part}.${language}`,
              `line ${line}: ${message}`,
            );
        if (part === 'body' && !languages.some((language) => step.body[language] !== undefined))
          add('LANGUAGE_MISSING', `${place}.body`, `says nothing in ${languages.join(' or ')}`);
      }
  });
  for (const [at, step] of steps.entries())
    if (step.kind === 'action')
      for (const { code, word, message } of await ofAction(em, step, candidate.segment.chapterId))
        add(code, `steps[${at}].${word}`, message);
  return problems;
}

/** Whether what a trigger names is there: of what is not, nobody would ever enter. */
async function ofTrigger(em: EntityManager, trigger: Trigger, chapterId: string): Promise<NotReady[]> {
  const isThere = async (sql: string, values: readonly string[]): Promise<boolean> =>
    ((await em.query(sql, [...values])) as unknown[]).length > 0;
  const { campaignId, gatheringId } = trigger as { campaignId?: string; gatheringId?: string };
  const problems: NotReady[] = [];
  if (campaignId !== undefined && !(await isThere(CAMPAIGN_RUNNING, [campaignId, chapterId])))
    problems.push({
      code: 'CAMPAIGN_UNFIT',
      place: 'trigger.campaignId',
      message: 'there is no such campaign running',
    });
  if (gatheringId !== undefined && !(await isThere(GATHERING_THERE, [gatheringId])))
    problems.push({
      code: 'GATHERING_UNFIT',
      place: 'trigger.gatheringId',
      message: 'there is no such gathering, or it is cancelled',
    });
  return problems;
}

/** A template's words are not in it. */
const isBare = (step: MessageStep): boolean =>
  step.template !== undefined && Object.keys(step.body).length === 0;

/** Of a step that nobody comes to, that alone is said. */
const NOTHING_STANDS_AGAINST = { gathering: true, campaign: true };

/** Whether what an action names is there and of use. What belongs to others looks like what is not there. */
async function ofAction(
  em: EntityManager,
  step: ActionStep,
  chapterId: string,
): Promise<{ code: NotReady['code']; word: string; message: string }[]> {
  const found = async (sql: string, values: readonly unknown[]): Promise<boolean> =>
    ((await em.query(sql, [...values])) as unknown[]).length > 0;
  if (step.do === 'invite' && !(await found(GATHERING_TO_COME, [step.gatheringId, chapterId])))
    return [
      {
        code: 'GATHERING_UNFIT',
        word: 'gatheringId',
        message: 'there is no such gathering to come in the chapters of this sequence',
      },
    ];
  if (step.do === 'ask_commitment' && !(await found(CAMPAIGN_RUNNING, [step.campaignId, chapterId])))
    return [{ code: 'CAMPAIGN_UNFIT', word: 'campaignId', message: 'there is no such campaign running' }];
  if (step.do === 'webhook' && !(await found(ENDPOINT_IN_USE, [step.endpointId])))
    return [
      {
        code: 'WEBHOOK_MISSING',
        word: 'endpointId',
        message: 'there is no such endpoint, or it is disabled',
      },
    ];
  return [];
}

const GATHERING_TO_COME = `
  SELECT FROM gathering g JOIN chapter c ON c.id = g.chapter_id JOIN chapter a ON a.id = $2 AND c.path LIKE a.path || '%'
   WHERE g.id = $1 AND g.state = 'scheduled' AND g.starts_at > app.now()`;
/** Of the sequence's chapter or one above it. */
const CAMPAIGN_RUNNING = `
  SELECT FROM campaign k JOIN chapter c ON c.id = k.chapter_id JOIN chapter a ON a.id = $2 AND a.path LIKE c.path || '%'
   WHERE k.id = $1 AND k.state = 'open' AND (k.ends_at IS NULL OR k.ends_at > app.now())`;
const GATHERING_THERE = `SELECT FROM gathering WHERE id = $1 AND state <> 'cancelled'`;
/** Row-level security leaves the endpoints of chapters in reach. */
const ENDPOINT_IN_USE = `SELECT FROM webhook_endpoint WHERE id = $1 AND disabled_at IS NULL`;

/** The places within a step that mean a gathering. */
function gatheringWords(step: StepConfig): string[] {
  if (step.kind === 'wait')
    return 'anchor' in step ? ['anchor'] : 'event' in step && speaks(step.event) ? ['event'] : [];
  if (step.kind === 'branch')
    return [
      ...step.cases.flatMap(({ when }, at) => (speaks(when) ? [`cases[${at}].when`] : [])),
      ...(step.patience === undefined ? [] : ['patience']),
    ];
  if (step.kind === 'message')
    return [
      ...(step.until === 'start' ? ['until'] : []),
      ...(step.only !== undefined && speaks(step.only) ? ['only'] : []),
    ];
  return [];
}

const speaks = ({ rsvp, attendance, all, any, not }: Condition): boolean =>
  rsvp !== undefined ||
  attendance !== undefined ||
  [...(all ?? []), ...(any ?? []), ...(not === undefined ? [] : [not])].some(speaks);

async function isFit(em: EntityManager, id: string): Promise<boolean> {
  const rows = (await em.query(
    `SELECT FROM gathering WHERE id = $1 AND state = 'scheduled' AND ends_at > app.now()`,
    [id],
  )) as unknown[];
  return rows.length > 0;
}

/** What the fallback may be: the language of the chapter, then English. */
async function languagesOf(em: EntityManager, chapterId: string): Promise<string[]> {
  const [row] = (await em.query(
    `SELECT split_part(language, '-', 1) AS language FROM chapter WHERE id = $1`,
    [chapterId],
  )) as { language: string }[];
  return [...new Set([row?.language ?? 'en', 'en'])];
}
