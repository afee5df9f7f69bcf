import { t } from '../../app/i18n';
import type { Step } from './sequences-query';
import { outreach } from './strings';

const MESSAGES: readonly string[] = ['invitation', 'reminder', 'thanks', 'missed', 'cancellation'];

/** What a step does, in words. */
export function stepName({ kind, name, config }: Step): string {
  if (kind === 'BRANCH') return t(outreach.branch);
  if (kind === 'MESSAGE')
    return name !== null && MESSAGES.includes(name) ? t(outreach[name as 'invitation']) : (name ?? '');
  const { anchor, days, minutes } = config as { anchor: 'start' | 'end'; days?: number; minutes: number };
  return anchor === 'start'
    ? t(outreach.waitStart, { days: -(days ?? 0) })
    : t(outreach.waitEnd, { minutes });
}

const isKnown = (reason: string): reason is keyof typeof outreach => reason in outreach;

/** Why a message was not sent, in words; empty where there is nothing to say. */
export const reasonWords = (reason: string | null): string =>
  reason === null ? '' : isKnown(reason) ? t(outreach[reason]) : t(outreach.otherReason);
