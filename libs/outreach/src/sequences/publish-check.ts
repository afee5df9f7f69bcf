import type { EntityManager } from 'typeorm';
import type { Condition } from './condition';
import { problemsOfText } from '../templates/check';
import { targetsOf, type Problem } from './definition';
import type { MessageStep, Reentry, StepConfig, Trigger } from './step';

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
    | 'TEMPLATE_NOT_APPROVED';
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
  const hasGathering = gatheringId !== null || trigger.on === 'rsvp' || trigger.on === 'attendance';
  const problems: NotReady[] = [];
  const add = (code: NotReady['code'], place: string, message: string): void =>
    void problems.push({ code, place, message });
  if (reentry === 'each_gathering' && trigger.on !== 'rsvp' && trigger.on !== 'attendance')
    add('GATHERING_MISSING', 'reentry', 'once for each gathering needs a trigger that brings a gathering');
  if (gatheringId !== null && !(await isFit(em, gatheringId)))
    add('GATHERING_UNFIT', 'gatheringId', 'the gathering is not scheduled, or is over');
  const reached = reachable(steps);
  const languages = await languagesOf(em, candidate.segment.chapterId);
  steps.forEach((step, at) => {
    const place = `steps[${at}]`;
    if (!reached.has(step.key)) add('STEP_UNREACHABLE', place, 'nobody can come to this step');
    if (!hasGathering)
      for (const word of gatheringWords(step))
        add('GATHERING_MISSING', `${place}.${word}`, 'speaks of a gathering, and this sequence has none');
    if (step.kind === 'message' && step.channel === 'sms' && !hasSms)
      add('CHANNEL_MISSING', `${place}.channel`, 'no SMS gateway is set');
    problems.push(...(candidate.ofTemplates?.filter((one) => one.place.startsWith(`${place}.`)) ?? []));
    if (step.kind === 'message' && !isBare(step))
      for (const part of ['subject', 'body'] as const) {
        for (const [language, text] of Object.entries(step[part]))
          for (const { code, line, message } of problemsOfText(text, hasGathering))
            add(
              code === 'VARIABLE_UNKNOWN' ? code : 'TEXT_INVALID',
              `${place}.${part}.${language}`,
              `line ${line}: ${message}`,
            );
        if (part === 'body' && !languages.some((language) => step.body[language] !== undefined))
          add('LANGUAGE_MISSING', `${place}.body`, `says nothing in ${languages.join(' or ')}`);
      }
  });
  return problems;
}

/** A template's words are not in it. */
const isBare = (step: MessageStep): boolean =>
  step.template !== undefined && Object.keys(step.body).length === 0;

function reachable(steps: readonly StepConfig[]): Set<string> {
  const at = new Map(steps.map(({ key }, index) => [key, index]));
  const reached = new Set<string>();
  const open = steps.length === 0 ? [] : [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const step = steps[index];
    if (step === undefined || reached.has(step.key)) continue;
    reached.add(step.key);
    for (const { to } of targetsOf(step)) open.push(at.get(to)!);
    if (goesOn(step)) open.push(index + 1);
  }
  return reached;
}

/** Whether the step after it is a way on. */
function goesOn(step: StepConfig): boolean {
  if (step.kind === 'exit' || step.kind === 'split') return false;
  return step.kind !== 'branch' || (step.otherwise === undefined && step.patience === undefined);
}

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
