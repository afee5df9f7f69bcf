import { useState } from 'react';
import { Refusal } from '../../app/ask';
import { problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { agenda } from './agenda-strings';
import { readLocal } from './clock-change';
import { draftProblems, fieldOf, wordOf, type ClockChange, type GatheringDraft } from './gathering-draft';

/** What a refusal asks because of a clock change. */
function clockChangeOf(error: unknown): ClockChange | undefined {
  if (!(error instanceof Refusal)) return undefined;
  const details = error.problems[0]?.details as { nextValid?: string; offsets?: string[] } | undefined;
  if (error.code === 'GATHERING.TIME_IN_GAP') return { kind: 'gap', next: details!.nextValid! };
  if (error.code === 'GATHERING.TIME_AMBIGUOUS') return { kind: 'twice', offsets: details!.offsets! };
  return undefined;
}

/** The problems of a gathering's form, and the choice of a clock change: checked when it is sent, never before. */
export function useGatheringForm(draft: GatheringDraft) {
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [clock, setClock] = useState<ClockChange>();
  return {
    problems,
    clock,
    /** Whether it can be sent; says what stands in the way otherwise. */
    check: (more: readonly FieldProblem[] = []): boolean => {
      const found = [...draftProblems(draft), ...more];
      setProblems(found);
      return found.length === 0;
    },
    refused: (error: unknown): void => {
      const asked = clockChangeOf(error);
      setClock(asked);
      setProblems(
        asked?.kind === 'gap'
          ? [{ field: 'time', message: t(agenda.gap, { time: readLocal(asked.next) }) }]
          : problemsOf(error, fieldOf, wordOf),
      );
    },
    /** The time was typed anew: what was asked about the old one is moot. */
    timeChanged: (): void => setClock(undefined),
  };
}
