import { Group, Paper, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { moment, number, t } from '../../app/i18n';
import { outcomesOf, SHOWN_STATES, totalOf, type Shown, type Step } from './sequences-query';
import { reasonWords, stepName } from './step-words';
import classes from './outreach.module.css';
import { outreach } from './strings';

/** One step: who waits for it, and what became of its messages; each count opens its list. */
export function StepCard(props: {
  step: Step;
  zone: string | undefined;
  choose: (shown: Shown) => void;
}): ReactNode {
  const { step, zone, choose } = props;
  const counts = SHOWN_STATES.map((shown) => ({ shown, total: totalOf([step], shown) })).filter(
    ({ shown, total }) => total > 0 || shown === 'ACCEPTED',
  );
  return (
    <Paper withBorder p="md" component="li" className={step.kind === 'MESSAGE' ? undefined : classes.wait}>
      <Text fw={step.kind === 'MESSAGE' ? 600 : 400}>{stepName(step)}</Text>
      {step.waiting > 0 && (
        <Text c="dimmed">
          {[
            t(outreach.waiting, { count: step.waiting }),
            ...(step.nextDueAt === null ? [] : [t(outreach.next, { when: moment(step.nextDueAt, zone) })]),
          ].join(', ')}
        </Text>
      )}
      {step.kind === 'MESSAGE' && (
        <Group gap="xs" mt="xs">
          {counts.map(({ shown, total }) => (
            <UnstyledButton key={shown} className={classes.count} onClick={() => choose(shown)}>
              <strong>{number(total)}</strong> {t(outreach[shown])}
            </UnstyledButton>
          ))}
        </Group>
      )}
      <Reasons step={step} />
    </Paper>
  );
}

function Reasons({ step }: { step: Step }): ReactNode {
  const reasons = (['SUPPRESSED', 'REJECTED', 'UNCERTAIN'] as const).flatMap((shown) =>
    outcomesOf([step], shown).filter(({ reason }) => reason !== null),
  );
  if (reasons.length === 0) return null;
  return (
    <ul className={classes.reasons}>
      {reasons.map(({ state, reason, total }) => (
        <li key={`${state} ${reason}`}>
          {t(outreach.because, { count: number(total), reason: reasonWords(reason) })}
        </li>
      ))}
    </ul>
  );
}
