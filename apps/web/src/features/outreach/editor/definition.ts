/** A condition as the API takes it: exactly one of its words. */
export interface Condition {
  readonly rsvp?: readonly string[];
  readonly attendance?: readonly string[];
  readonly commitment?: { readonly campaignId?: string; readonly states: readonly string[] };
  readonly tag?: string;
  readonly language?: readonly string[];
  readonly memberStatus?: readonly string[];
  readonly chapterId?: string;
  readonly replied?: true;
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly not?: Condition;
}

export type Texts = Readonly<Record<string, string>>;

/** So many days by the calendar and minutes by the clock after (negative: before) a gathering. */
export interface Around {
  readonly anchor: 'start' | 'end';
  readonly days?: number;
  readonly minutes: number;
}

interface Keyed {
  readonly key: string;
}
export interface MessageDraft extends Keyed {
  readonly kind: 'message';
  readonly name: string;
  readonly channel?: 'email' | 'sms';
  readonly until: 'start' | 'never';
  readonly only?: Condition;
  readonly template?: string;
  readonly subject: Texts;
  readonly body: Texts;
}
export interface WaitDraft extends Keyed {
  readonly kind: 'wait';
  readonly for?: { readonly minutes: number };
  readonly until?: { readonly time: string; readonly weekdays?: readonly number[] };
  readonly anchor?: 'start' | 'end';
  readonly days?: number;
  readonly minutes?: number;
  readonly event?: Condition;
  readonly timeoutMinutes?: number;
  readonly onTimeout?: string;
}
export interface BranchDraft extends Keyed {
  readonly kind: 'branch';
  readonly cases: readonly { readonly when: Condition; readonly to: string }[];
  readonly otherwise?: string;
  readonly patience?: Around;
}
export interface SplitDraft extends Keyed {
  readonly kind: 'split';
  readonly parts: readonly { readonly percent: number; readonly to: string }[];
}
export interface ActionDraft extends Keyed {
  readonly kind: 'action';
  readonly do: string;
  readonly otherwise?: string;
  readonly [word: string]: unknown;
}
export interface ExitDraft extends Keyed {
  readonly kind: 'exit';
  readonly goal?: string;
}
/** A step as the API takes it; whatever stands in it that no form knows is kept. */
export type StepDraft = MessageDraft | WaitDraft | BranchDraft | SplitDraft | ActionDraft | ExitDraft;

export const STEP_KINDS = ['message', 'wait', 'branch', 'split', 'action', 'exit'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface TriggerDraft {
  readonly on: string;
  readonly states?: readonly string[];
  readonly gatheringKind?: string;
  readonly gatheringId?: string;
  readonly campaignId?: string;
  readonly daysBefore?: number;
  readonly tag?: string;
  readonly at?: string;
}

/** The same without one of its words. */
export function omit<T extends object, Word extends keyof T>(value: T, word: Word): Omit<T, Word> {
  const rest: Partial<T> = { ...value };
  delete rest[word];
  return rest as Omit<T, Word>;
}

/** The name of a kind of step as the start of a key, with the first number that is free. */
export function freeKey(kind: StepKind, taken: readonly StepDraft[]): string {
  const keys = new Set(taken.map(({ key }) => key));
  for (let n = 1; ; n += 1) if (!keys.has(`${kind}-${n}`)) return `${kind}-${n}`;
}

/** A step of a kind with the least that makes one. @param later keys of the steps that will stand behind it. */
export function newStep(kind: StepKind, taken: readonly StepDraft[], later: readonly string[]): StepDraft {
  const key = freeKey(kind, taken);
  const to = later[0] ?? '';
  switch (kind) {
    case 'message':
      return { kind, key, name: '', until: 'never', subject: { en: '' }, body: { en: '' } };
    case 'wait':
      return { kind, key, for: { minutes: 1_440 } };
    case 'branch':
      return { kind, key, cases: [{ when: { rsvp: ['going'] }, to }] };
    case 'split':
      return { kind, key, parts: [{ percent: 50, to }, { percent: 50, to: later[1] ?? to }] }; // prettier-ignore
    case 'action':
      return { kind, key, do: 'tag', tag: '' };
    case 'exit':
      return { kind, key };
  }
}

/** The keys that a step may lead to: those of the steps behind it. */
export const keysAfter = (steps: readonly StepDraft[], at: number): readonly string[] =>
  steps.slice(at + 1).map(({ key }) => key);

/** Steps whose ways all lead on, and the keys of those whose way had to be changed for it. */
export interface Repaired {
  readonly steps: readonly StepDraft[];
  readonly changed: readonly string[];
}

/** Takes one step out or moves it; ways that would lead back, or to nothing, lead to the next step instead. */
export function without(steps: readonly StepDraft[], at: number): Repaired {
  return repaired(steps.filter((_, index) => index !== at));
}

export function moved(steps: readonly StepDraft[], from: number, to: number): Repaired {
  const rest = steps.filter((_, index) => index !== from);
  return repaired([...rest.slice(0, to), steps[from]!, ...rest.slice(to)]);
}

export function repaired(steps: readonly StepDraft[]): Repaired {
  const changed: string[] = [];
  const whole = steps.map((step, at) => {
    const fixed = led(step, keysAfter(steps, at));
    if (fixed !== step) changed.push(step.key);
    return fixed;
  });
  return { steps: whole, changed };
}

/** What ways are there out of a step besides the next one, by the word that says so. */
export function waysOf(step: StepDraft): readonly { readonly word: string; readonly to: string }[] {
  if (step.kind === 'branch')
    return [
      ...step.cases.map(({ to }, at) => ({ word: `cases[${at}]`, to })),
      ...(step.otherwise === undefined ? [] : [{ word: 'otherwise', to: step.otherwise }]),
    ];
  if (step.kind === 'split') return step.parts.map(({ percent, to }) => ({ word: `${percent} %`, to }));
  if (step.kind === 'wait')
    return step.onTimeout === undefined ? [] : [{ word: 'onTimeout', to: step.onTimeout }];
  if (step.kind === 'action')
    return step.otherwise === undefined ? [] : [{ word: 'otherwise', to: step.otherwise }];
  return [];
}

function led(step: StepDraft, later: readonly string[]): StepDraft {
  const next = later[0] ?? '';
  // The last step leads nowhere yet; that is for the check to say.
  if (waysOf(step).every(({ to }) => later.includes(to) || to === next)) return step;
  const on = (to: string): string => (later.includes(to) ? to : next);
  if (step.kind === 'branch') {
    const { otherwise } = step;
    const rest = omit(step, 'otherwise');
    const kept = otherwise !== undefined && later.includes(otherwise) ? { otherwise } : {};
    return { ...rest, ...kept, cases: step.cases.map((one) => ({ ...one, to: on(one.to) })) };
  }
  if (step.kind === 'split') return { ...step, parts: step.parts.map((one) => ({ ...one, to: on(one.to) })) };
  return step.kind === 'wait'
    ? omit(step, 'onTimeout')
    : (omit(step as ActionDraft, 'otherwise') as ActionDraft);
}
