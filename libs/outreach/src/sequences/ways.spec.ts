import fc from 'fast-check';
import type { StepConfig } from './step';
import { broughtBy, knownAt, type Known } from './ways';

const NOTHING: Known = { gathering: false, campaign: false };
const ID = '00000000-0000-7000-8000-000000000000';
const keyOf = (at: number): string => `s${at}`;
const FEW = 7;

/** Steps that lead forward: what each does is drawn, and how far its other way leads. */
const drawn = fc
  .array(fc.tuple(fc.constantFrom('tag', 'invite', 'offer', 'ask', 'branch', 'exit'), fc.nat(FEW)), {
    minLength: 1,
    maxLength: FEW,
  })
  .map((all) =>
    all.map(([what, far], at): StepConfig => {
      const key = keyOf(at);
      const to = keyOf(Math.min(at + 1 + far, all.length - 1));
      const hasLater = at < all.length - 1;
      if (what === 'exit') return { kind: 'exit', key };
      if (what === 'invite') return { kind: 'action', key, do: 'invite', gatheringId: ID };
      if (what === 'ask') return { kind: 'action', key, do: 'ask_commitment', campaignId: ID };
      if (what === 'offer' && hasLater) return { kind: 'action', key, do: 'offer_training', otherwise: to };
      if (what === 'branch' && hasLater) return { kind: 'branch', key, cases: [{ when: { tag: 'x' }, to }] };
      return { kind: 'action', key, do: 'tag', tag: 'x' };
    }),
  );

/** Goes every way one by one. */
function walked(steps: readonly StepConfig[]): Map<string, Known[]> {
  const seen = new Map<string, Known[]>();
  const walk = (at: number, here: Known): void => {
    const step = steps[at];
    if (step === undefined) return;
    seen.set(step.key, [...(seen.get(step.key) ?? []), here]);
    if (step.kind === 'exit') return;
    if (step.kind === 'branch') walk(Number(step.cases[0]!.to.slice(1)), here);
    if (step.kind === 'action' && step.do === 'offer_training') walk(Number(step.otherwise!.slice(1)), here);
    const sets = step.kind === 'action' && (step.do === 'invite' || step.do === 'offer_training');
    const asks = step.kind === 'action' && step.do === 'ask_commitment';
    walk(at + 1, { gathering: here.gathering || sets, campaign: here.campaign || asks });
  };
  walk(0, NOTHING);
  return seen;
}

describe('what is known at a step', () => {
  it('is what every single way to it has brought, and nothing of steps that none leads to', () => {
    fc.assert(
      fc.property(drawn, (steps) => {
        const expected = [...walked(steps)].map(([key, all]) => [
          key,
          { gathering: all.every((one) => one.gathering), campaign: all.every((one) => one.campaign) },
        ]);
        expect(Object.fromEntries(knownAt(steps, NOTHING))).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  it('begins with what the trigger brings', () => {
    expect(broughtBy({ on: 'attendance', states: ['attended'] })).toEqual({
      gathering: true,
      campaign: false,
    });
    expect(broughtBy({ on: 'commitment_due', daysBefore: 1 })).toEqual({ gathering: false, campaign: true });
    expect(broughtBy({ on: 'joined' })).toEqual(NOTHING);
  });
});
