import type { FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { campaigns } from './campaign-strings';

/** A campaign as it is being typed. */
export interface CampaignDraft {
  readonly chapterId: string;
  readonly title: string;
  /** Empty while it follows the title. */
  readonly slug: string;
  readonly target: string;
  readonly summary: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly timeZone: string;
  readonly phases: readonly { readonly title: string; readonly startDate: string }[];
  readonly demands: readonly string[];
}

export const emptyCampaign = (): CampaignDraft => ({
  chapterId: '',
  title: '',
  slug: '',
  target: '',
  summary: '',
  startDate: '',
  endDate: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  phases: [],
  demands: [''],
});

/** A title as a web address: lower-case words joined by hyphens. */
export const slugOf = (title: string): string =>
  title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80)
    .replace(/-$/, '');

export const slugFor = ({ slug, title }: CampaignDraft): string => (slug === '' ? slugOf(title) : slug);

/** What cannot be sent, in the order of the form. */
export function campaignProblems(draft: CampaignDraft): FieldProblem[] {
  const { endDate, startDate, phases } = draft;
  const wrong: [boolean, string, string][] = [
    [draft.chapterId === '', 'chapterId', t(campaigns.needChapter)],
    [draft.title.trim() === '', 'title', t(campaigns.needTitle)],
    [
      draft.title.trim() !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slugFor(draft)),
      'slug',
      t(campaigns.needSlug),
    ],
    [draft.target.trim() === '', 'target', t(campaigns.needTarget)],
    [startDate === '', 'startDate', t(campaigns.needStart)],
    [endDate !== '' && startDate !== '' && endDate < startDate, 'endDate', t(campaigns.needOrder)],
    ...phases.map((phase, index): [boolean, string, string] => [
      phase.title.trim() === '' || phase.startDate === '',
      `phase-${index}`,
      t(campaigns.needPhase, { n: index + 1 }),
    ]),
  ];
  return wrong.flatMap(([is, field, message]) => (is ? [{ field, message }] : []));
}

const dayAfter = (date: string): string =>
  new Date(new Date(`${date}T00:00:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10);
const midnight = (date: string): string => `${date}T00:00`;

/** The campaign as the API takes it: whole days, from midnight to the midnight after the last. */
export const campaignInput = (draft: CampaignDraft) => ({
  chapterId: draft.chapterId,
  title: draft.title.trim(),
  slug: slugFor(draft),
  target: draft.target.trim(),
  summary: draft.summary.trim(),
  startsAt: midnight(draft.startDate),
  endsAt: draft.endDate === '' ? null : midnight(dayAfter(draft.endDate)),
  timeZone: draft.timeZone,
  phases: draft.phases.map((phase, index) => {
    const next = draft.phases[index + 1]?.startDate;
    return {
      title: phase.title.trim(),
      startsAt: midnight(phase.startDate),
      endsAt: next !== undefined && next > phase.startDate ? midnight(next) : null,
    };
  }),
  demands: draft.demands.map((wording) => wording.trim()).filter((wording) => wording !== ''),
});

/** The input of the form that shows a field of the operation. */
export function campaignField(field: string): string | undefined {
  const phase = /phases\.(\d+)/.exec(field);
  if (phase !== null) return `phase-${phase[1]!}`;
  const demand = /demands\.(\d+)/.exec(field);
  if (demand !== null) return `demand-${demand[1]!}`;
  const last = field.split('.').at(-1)!;
  return { startsAt: 'startDate', endsAt: 'endDate' }[last] ?? last;
}
