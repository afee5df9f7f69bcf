import { t } from '../../app/i18n';
import { commitments } from '../campaigns/strings';
import { consents } from '../consents/strings';
import { gatherings } from '../gatherings/strings';
import { imports } from '../imports/strings';
import { reasonWords } from '../outreach/step-words';
import { outreach } from '../outreach/strings';
import type { MemberRecord } from './member-query';
import { record } from './record-strings';

/** The kinds of things that happen; each has its sign and its switch. */
export const KINDS = ['gatherings', 'commitments', 'consents', 'messages', 'imports'] as const;
export type Kind = (typeof KINDS)[number];

/** One thing that happened, in words. */
export interface Entry {
  readonly id: string;
  readonly kind: Kind;
  /** ISO 8601. */
  readonly at: string;
  readonly title: string;
  readonly about: string;
  readonly to?: string;
}

const CAME = { ATTENDED: record.came, NO_SHOW: record.missed, UNKNOWN: record.cameUnknown } as const;

/** All that is known to have happened with a member, the latest first. */
export function entriesOf(member: MemberRecord): Entry[] {
  const found: Entry[] = [
    ...member.rsvps.nodes.map(({ id, at, status, gathering }) => ({
      id,
      kind: 'gatherings' as const,
      at,
      title: gathering?.title ?? t(record.gathering),
      about: t(record.answered, { answer: t(gatherings[status]) }),
      ...(gathering === null ? {} : { to: `/gatherings/${gathering.id}` }),
    })),
    ...member.attendances.nodes.map(({ id, at, status, minutes, gathering }) => ({
      id,
      kind: 'gatherings' as const,
      at,
      title: gathering?.title ?? t(record.gathering),
      about: [t(CAME[status]), minutes === null ? '' : t(record.minutes, { minutes })]
        .filter((part) => part !== '')
        .join(', '),
      ...(gathering === null ? {} : { to: `/gatherings/${gathering.id}` }),
    })),
    ...member.commitments.nodes.map(({ id, pledgedAt, kind, status, campaign }) => ({
      id,
      kind: 'commitments' as const,
      at: pledgedAt,
      title: campaign?.title ?? t(record.commitments),
      about: `${t(commitments[kind])}: ${t(commitments[status])}`,
      ...(campaign === null ? {} : { to: `/campaigns/${campaign.slug}` }),
    })),
    ...(member.consents?.nodes ?? []).map(({ id, at, purpose, channel, state, source }) => ({
      id,
      kind: 'consents' as const,
      at,
      title: `${t(consents[purpose])} ${t(consents[channel])}: ${t(consents[state])}`,
      about: t(record.source, { source }),
    })),
    ...(member.deliveries?.nodes ?? []).map(({ id, state, reason, dueAt, decidedAt, step }) => ({
      id,
      kind: 'messages' as const,
      at: decidedAt ?? dueAt,
      title: messageName(step?.name),
      about: [stateWord(state), reasonWords(reason)].filter((part) => part !== '').join(' · '),
    })),
    ...(member.importRows?.nodes ?? []).flatMap(({ id, outcome, run }) =>
      run === null
        ? []
        : [
            {
              id,
              kind: 'imports' as const,
              at: run.createdAt,
              title: t(record.imported),
              about: t(imports[outcome]),
            },
          ],
    ),
  ];
  return found.sort((a, b) => (a.at < b.at ? 1 : -1));
}

const MESSAGES: readonly string[] = ['invitation', 'reminder', 'thanks', 'missed', 'cancellation'];

const messageName = (name: string | null | undefined): string =>
  name != null && MESSAGES.includes(name) ? t(outreach[name as 'invitation']) : t(record.aMessage);

const stateWord = (state: string): string =>
  state in outreach ? t(outreach[state as 'ACCEPTED']) : t(record.waiting);
