import type { Condition, Texts } from './condition';

interface Keyed {
  /** Names the step within its sequence, across versions: a step that keeps its key is the same step. */
  readonly key: string;
}

export interface MessageStep extends Keyed {
  readonly kind: 'message';
  readonly name: string;
  /** Whom it is for, among those who reach it; the others pass by. */
  readonly only?: Condition;
  /** `start`: it makes no sense any more when the gathering has begun. */
  readonly until: 'start' | 'never';
  /** What a service message tells of; without it, the message invites or follows up. */
  readonly about?: 'cancellation' | 'change' | 'place' | 'offer' | 'certificate';
  /** `email` when nothing is said. */
  readonly channel?: 'email' | 'sms';
  readonly subject: Texts;
  readonly body: Texts;
  /** A template instead of `subject` and `body`, which are empty then. */
  readonly template?: string;
}

/** So long by the clock. */
export interface WaitFor {
  readonly minutes: number;
}

/** Until a time on the wall, where the person is, on one of the weekdays (1 Monday to 7 Sunday; none: any). */
export interface WaitUntil {
  /** HH:MM. */
  readonly time: string;
  readonly weekdays?: readonly number[];
}

/** So many days by the calendar of the gathering's place, and minutes by the clock, after (negative: before) it. */
export interface WaitAround {
  readonly anchor: 'start' | 'end';
  readonly days?: number;
  readonly minutes: number;
}

/** Until something is true, or the time is over. */
export interface WaitEvent {
  readonly event: Condition;
  readonly timeoutMinutes: number;
  /** Where those go on whose time is over; the next step when it is not said. */
  readonly onTimeout?: string;
}

export type WaitStep = Keyed & { readonly kind: 'wait' } & (
    { readonly for: WaitFor } | { readonly until: WaitUntil } | WaitAround | WaitEvent
  );

export interface BranchStep extends Keyed {
  readonly kind: 'branch';
  /** The first that is true decides. */
  readonly cases: readonly { readonly when: Condition; readonly to: string }[];
  /** Where the others go on; the next step when it is not said. */
  readonly otherwise?: string;
  /** The others wait so long for one of the cases to become true, and leave the sequence when none has. */
  readonly patience?: WaitAround;
}

export interface SplitStep extends Keyed {
  readonly kind: 'split';
  /** Whole percentages that add up to 100. Who goes where is drawn once for each person and step. */
  readonly parts: readonly { readonly percent: number; readonly to: string }[];
}

export type Action =
  | { readonly do: 'tag' | 'untag'; readonly tag: string }
  | { readonly do: 'task'; readonly title: string }
  /** From here on the gathering that they are here for is this one. */
  | { readonly do: 'invite'; readonly gatheringId: string }
  /** As `invite`, to the next training near them; without one they go on at `otherwise`, or the next step. */
  | { readonly do: 'offer_training'; readonly otherwise?: string }
  | { readonly do: 'ask_commitment'; readonly campaignId: string }
  | { readonly do: 'webhook'; readonly endpointId: string };

export type ActionStep = Keyed & { readonly kind: 'action' } & Action;

export interface ExitStep extends Keyed {
  readonly kind: 'exit';
  /** The goal that whoever comes here has reached. */
  readonly goal?: string;
}

export type StepConfig = MessageStep | WaitStep | BranchStep | SplitStep | ActionStep | ExitStep;

export const channelOf = ({ channel = 'email' }: MessageStep): 'email' | 'sms' => channel;

/** What lets people into a sequence by itself; they must be of its segment too. */
export type Trigger =
  | { readonly on: 'hand' }
  | { readonly on: 'joined' }
  | { readonly on: 'moved' }
  | { readonly on: 'tag'; readonly tag: string }
  | { readonly on: 'segment' }
  | {
      readonly on: 'rsvp';
      readonly states: readonly string[];
      readonly gatheringKind?: string;
      readonly gatheringId?: string;
    }
  | {
      readonly on: 'attendance';
      readonly states: readonly string[];
      readonly gatheringKind?: string;
      readonly gatheringId?: string;
    }
  | { readonly on: 'commitment'; readonly states: readonly string[]; readonly campaignId?: string }
  | { readonly on: 'commitment_due'; readonly daysBefore: number; readonly campaignId?: string }
  | { readonly on: 'date'; readonly at: string };

/** Whether somebody may be in a sequence again: never, once for each gathering, or whenever they are not in it. */
export type Reentry = 'once' | 'each_gathering' | 'again';
