import { useQuery } from '@tanstack/react-query';
import { ask, Refusal } from '../../../app/ask';
import { problemsOf, type FieldProblem } from '../../../app/error-summary';
import { t } from '../../../app/i18n';
import { graphql, type ResultOf } from '../../../graphql';
import { inputOf, type Segment, type Status } from '../segment';
import { named } from './choices';
import { newStep, type Condition, type StepDraft, type TriggerDraft } from './definition';
import { editor } from './editor-strings';

const DRAFT = graphql(`
  query SequenceDraft($id: ID!) {
    sequence(id: $id) {
      id
      title
      purpose
      state
      version
      activeCount
      segment
      trigger
      reentry
      goal
      draft
      gathering {
        id
      }
      steps(first: 100) {
        nodes {
          id
          config
        }
      }
      draftSteps(first: 100) {
        nodes {
          id
          config
        }
      }
    }
  }
`);
export type Kept = NonNullable<ResultOf<typeof DRAFT>['sequence']>;

export const PURPOSES = ['EVENTS', 'CAMPAIGNS', 'ORGANIZING', 'NEWSLETTER'] as const;
export const REENTRIES = ['ONCE', 'EACH_GATHERING', 'AGAIN'] as const;

/** A sequence as it is being written. */
export interface SequenceForm {
  readonly title: string;
  readonly purpose: (typeof PURPOSES)[number];
  readonly gatheringId: string;
  readonly segment: Segment;
  readonly trigger: TriggerDraft;
  readonly reentry: (typeof REENTRIES)[number];
  readonly goal: Condition | null;
  readonly steps: readonly StepDraft[];
}

/** Nothing but one message that says nothing yet. */
export const blankForm = (chapterId: string): SequenceForm => ({
  title: '',
  purpose: 'EVENTS',
  gatheringId: '',
  segment: { chapterId, language: '', status: '', tag: '' },
  trigger: { on: 'hand' },
  reentry: 'ONCE',
  goal: null,
  steps: [newStep('message', [], [])],
});

interface Settings {
  readonly title: string;
  readonly segment: {
    chapterId: string;
    language?: string | null;
    status?: string | null;
    tag?: string | null;
  };
  readonly trigger: TriggerDraft;
  readonly reentry: string;
  readonly goal: Condition | null;
  readonly revision?: number;
}

/** What an organizer goes on from: the draft, or else what is published. */
export function formOf(kept: Kept): SequenceForm {
  const draft = kept.draft as Settings | null;
  const { title, segment, trigger, reentry, goal } = draft ?? (kept as unknown as Settings);
  const { nodes } = draft === null ? kept.steps : kept.draftSteps;
  return {
    title,
    purpose: kept.purpose.toUpperCase() as SequenceForm['purpose'],
    gatheringId: kept.gathering?.id ?? '',
    segment: {
      chapterId: named('Chapter', segment.chapterId),
      language: segment.language ?? '',
      status: (segment.status ?? '').toUpperCase() as Status | '',
      tag: segment.tag ?? '',
    },
    trigger,
    reentry: reentry.toUpperCase() as SequenceForm['reentry'],
    goal: goal ?? null,
    steps: nodes.map(({ config }) => config as StepDraft),
  };
}

export const revisionOf = (kept: Kept): number | null => (kept.draft as Settings | null)?.revision ?? null;

/** The form as the API takes it, but for what only one of its verbs needs. */
export const settingsOf = ({ title, segment, trigger, reentry, goal, steps }: SequenceForm) => ({
  title: title.trim(),
  segment: inputOf(segment),
  trigger,
  reentry,
  goal,
  steps: [...steps],
});

export const useKept = (id: string) =>
  useQuery({
    queryKey: ['sequence', id, 'draft'],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async ({ signal }) => (await ask(DRAFT, { id }, { signal })).sequence,
  });

/** As it stands now, after it was saved. */
export const fetchKept = async (id: string): Promise<Kept | null> => (await ask(DRAFT, { id })).sequence;

interface Placed {
  readonly place: string;
  readonly message: string;
}

/** A place of a definition, with the step that it is in by its number and name. */
export function problemIn({ place, message }: Placed, nameOf: (at: number) => string): FieldProblem {
  const at = /^steps\[(\d+)\]/.exec(place)?.[1];
  if (at === undefined) return { field: place, message };
  const step = t(editor.step, { n: Number(at) + 1, name: nameOf(Number(at)) });
  return { field: place, message: t(editor.inStep, { step, message }) };
}

/** What the API refused, each with the field that it is about. */
export function refusals(error: unknown, nameOf: (at: number) => string): FieldProblem[] {
  if (error instanceof Refusal) {
    if (error.code === 'SEQUENCE.CHANGED_MEANWHILE') return [{ message: t(editor.changedMeanwhile) }];
    const placed = error.problems.flatMap(
      ({ details }) => (details as { problems?: readonly Placed[] } | undefined)?.problems ?? [],
    );
    if (placed.length > 0) return placed.map((one) => problemIn(one, nameOf));
  }
  return problemsOf(error, (field) => field.replace(/^input\./, ''));
}
