import { targetsOf } from './definition';
import type { StepConfig, Trigger } from './step';

/** What messages may speak of at a step. */
export interface Known {
  readonly gathering: boolean;
  readonly campaign: boolean;
}

/** What a trigger brings along for those whom it lets in. */
export const broughtBy = ({ on }: Trigger): Known => ({
  gathering: on === 'rsvp' || on === 'attendance',
  campaign: on === 'commitment' || on === 'commitment_due',
});

/**
 * What is known at each step on every way that leads to it. Ways lead forward alone, so that one walk in the
 * order of the steps meets all of them. A step to which none leads is not there.
 */
export function knownAt(steps: readonly StepConfig[], start: Known): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const arrive = (key: string | undefined, brought: Known): void => {
    if (key === undefined) return;
    const before = known.get(key) ?? brought;
    known.set(key, {
      gathering: before.gathering && brought.gathering,
      campaign: before.campaign && brought.campaign,
    });
  };
  arrive(steps[0]?.key, start);
  steps.forEach((step, at) => {
    const here = known.get(step.key);
    if (here === undefined) return;
    for (const { to } of targetsOf(step)) arrive(to, here);
    if (goesOn(step)) arrive(steps[at + 1]?.key, after(step, here));
  });
  return known;
}

/** What the next step knows besides. A training that may not have been found is not known. */
function after(step: StepConfig, here: Known): Known {
  if (step.kind !== 'action') return here;
  switch (step.do) {
    case 'invite':
      return { ...here, gathering: true };
    case 'offer_training':
      return step.otherwise === undefined ? here : { ...here, gathering: true };
    case 'ask_commitment':
      return { ...here, campaign: true };
    default:
      return here;
  }
}

/** Whether the step after it is a way on. */
function goesOn(step: StepConfig): boolean {
  if (step.kind === 'exit' || step.kind === 'split') return false;
  return step.kind !== 'branch' || (step.otherwise === undefined && step.patience === undefined);
}
