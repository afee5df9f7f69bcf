import fc from 'fast-check';
import { moved, newStep, repaired, STEP_KINDS, waysOf, without, type StepDraft } from './definition';

/** Steps of any kinds whose ways all lead on. */
const written = fc.array(fc.constantFrom(...STEP_KINDS), { minLength: 1, maxLength: 12 }).map((kinds) => {
  const steps = kinds.reduceRight<StepDraft[]>(
    (later, kind) => [newStep(kind, later, later.map(({ key }) => key)), ...later], // prettier-ignore
    [],
  );
  return repaired(steps).steps;
});
const leadOn = (steps: readonly StepDraft[]): boolean =>
  steps.every(
    (step, at) =>
    waysOf(step).every(({ to }) => to === '' ? at === steps.length - 1 : steps.slice(at + 1).some(({ key }) => key === to)), // prettier-ignore
  );

describe('the steps of a draft', () => {
  it('have keys of their own', () => {
    fc.assert(
      fc.property(written, (steps) => {
        expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length);
      }),
    );
  });

  it('lead on wherever one is moved or taken out, and it is said whose way was changed', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.nat(), fc.boolean(), (steps, from, to, out) => {
        const [a, b] = [from % steps.length, to % steps.length];
        const result = out ? without(steps, a) : moved(steps, a, b);
        expect(leadOn(result.steps)).toBe(true);
        const before = new Map(steps.map((step) => [step.key, step]));
        for (const step of result.steps)
          expect([step.key, step === before.get(step.key)]).toEqual([
            step.key,
            !result.changed.includes(step.key),
          ]);
      }),
    );
  });

  it('stay as they are when nothing leads back', () => {
    fc.assert(
      fc.property(written, (steps) => {
        expect(repaired(steps)).toEqual({ steps, changed: [] });
      }),
    );
  });
});
