import { t } from '../../app/i18n';
import type { Step } from './sequences-query';
import { outreach } from './strings';

const MESSAGES: readonly string[] = ['invitation', 'reminder', 'thanks', 'missed', 'cancellation'];

interface Words {
  readonly anchor?: 'start' | 'end';
  readonly days?: number;
  readonly minutes?: number;
  readonly for?: { readonly minutes: number };
  readonly until?: { readonly time: string };
  readonly cases?: readonly { readonly when: object }[];
  readonly do?: keyof typeof ACTIONS;
  readonly tag?: string;
  readonly title?: string;
}

const ACTIONS = {
  tag: outreach.tag,
  untag: outreach.untag,
  task: outreach.task,
  invite: outreach.invite,
  offer_training: outreach.offerTraining,
  ask_commitment: outreach.askCommitment,
  webhook: outreach.webhook,
} as const;

/** What a step does, in words. */
export function stepName({ kind, name, config }: Step): string {
  const words = config as Words;
  if (kind === 'BRANCH')
    return t(words.cases?.every(({ when }) => 'attendance' in when) ? outreach.branch : outreach.branchOther);
  if (kind === 'MESSAGE')
    return name !== null && MESSAGES.includes(name) ? t(outreach[name as 'invitation']) : (name ?? '');
  if (kind === 'SPLIT') return t(outreach.split);
  if (kind === 'ACTION')
    return t(ACTIONS[words.do ?? 'tag'], { tag: words.tag ?? '', title: words.title ?? '' });
  return waitName(words);
}

function waitName({ anchor, days, minutes = 0, for: time, until }: Words): string {
  if (time !== undefined) return t(outreach.waitFor, { minutes: time.minutes });
  if (until !== undefined) return t(outreach.waitUntil, { time: until.time });
  if (anchor === undefined) return t(outreach.waitEvent);
  return anchor === 'start'
    ? t(outreach.waitStart, { days: -(days ?? 0) })
    : t(outreach.waitEnd, { minutes });
}

const isKnown = (reason: string): reason is keyof typeof outreach => reason in outreach;

/** Why a message was not sent, in words; empty where there is nothing to say. */
export const reasonWords = (reason: string | null): string =>
  reason === null ? '' : isKnown(reason) ? t(outreach[reason]) : t(outreach.otherReason);
