import { Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { problemAt, type FieldProblem } from '../../../app/error-summary';
import { t } from '../../../app/i18n';
import { Waiting } from '../../../app/outcome';
import type { Step } from '../sequences-query';
import { stepName } from '../step-words';
import { keysAfter, moved, newStep, STEP_KINDS, without, type StepDraft, type StepKind } from './definition';
import classes from './editor.module.css';
import { editor } from './editor-strings';

const StepForm = lazy(async () => ({ default: (await import('./step-form')).StepForm }));

/** What a step is called: its own name, or what it does. */
export function titleOf(step: StepDraft): string {
  if (step.kind === 'exit') return step.goal ?? t(editor.exit);
  if (step.kind === 'message' && step.name.trim() === '') return t(editor.message);
  const name = step.kind === 'message' ? step.name : null;
  return stepName({ kind: step.kind.toUpperCase(), name, config: step } as unknown as Step);
}

interface Props {
  readonly steps: readonly StepDraft[];
  readonly change: (steps: readonly StepDraft[]) => void;
  readonly problems: readonly FieldProblem[];
  /** Keys of the steps whose forms are open. */
  readonly open: ReadonlySet<string>;
  readonly setOpen: (open: ReadonlySet<string>) => void;
}

/** The steps in their order; each opens into its form, moves and goes by buttons. */
export function StepList({ steps, change, problems, open, setOpen }: Props): ReactNode {
  const [kind, setKind] = useState<StepKind>('message');
  const [before, setBefore] = useState<{ steps: readonly StepDraft[]; name: string }>();
  const [repaired, setRepaired] = useState<readonly string[]>([]);
  const focus = useRef<string>(undefined);
  const nameOf = (key: string): string => {
    const at = steps.findIndex((step) => step.key === key);
    return at < 0 ? key : t(editor.step, { n: at + 1, name: titleOf(steps[at]!) });
  };
  useEffect(() => {
    if (focus.current === undefined) return;
    const at = steps.findIndex(({ key }) => key === focus.current);
    focus.current = undefined;
    document.getElementById(`steps[${at}]`)?.focus();
  }, [steps]);
  const toggle = (key: string): void => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const settle = (result: { steps: readonly StepDraft[]; changed: readonly string[] }): void => {
    setRepaired(result.changed);
    change(result.steps);
  };
  const add = (): void => {
    const step = newStep(kind, steps, []);
    focus.current = step.key;
    setBefore(undefined);
    setOpen(new Set([...open, step.key]));
    change([...steps, step]);
  };
  return (
    <Stack gap="sm">
      <Stack component="ol" gap="sm" className={classes.list} aria-label={t(editor.steps)}>
        {steps.map((step, at) => {
          const place = `steps[${at}]`;
          const title = t(editor.step, { n: at + 1, name: titleOf(step) });
          const isOpen = open.has(step.key);
          return (
            <Paper key={step.key} id={place} tabIndex={-1} withBorder p="md" component="li">
              <Group justify="space-between" gap="xs">
                <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
                  {title}
                </Title>
                <Group gap={4}>
                  <Act
                    name={t(isOpen ? editor.close : editor.open)}
                    of={title}
                    expanded={isOpen}
                    act={() => toggle(step.key)}
                  />
                  {at > 0 && (
                    <Act
                      name={t(editor.up)}
                      of={title}
                      act={() => {
                        focus.current = step.key;
                        settle(moved(steps, at, at - 1));
                      }}
                    />
                  )}
                  {at < steps.length - 1 && (
                    <Act
                      name={t(editor.down)}
                      of={title}
                      act={() => {
                        focus.current = step.key;
                        settle(moved(steps, at, at + 1));
                      }}
                    />
                  )}
                  {steps.length > 1 && (
                    <Act
                      name={t(editor.remove)}
                      of={title}
                      act={() => {
                        setBefore({ steps, name: titleOf(step) });
                        settle(without(steps, at));
                      }}
                    />
                  )}
                </Group>
              </Group>
              {isOpen && (
                <Suspense fallback={<Waiting rows={2} />}>
                  <StepForm
                    step={step}
                    place={place}
                    later={keysAfter(steps, at).map((key) => ({ key, name: nameOf(key) }))}
                    change={(changed) => change(steps.map((one, n) => (n === at ? changed : one)))}
                    errorAt={(rest) => problemAt(problems, `${place}.${rest}`)}
                  />
                </Suspense>
              )}
            </Paper>
          );
        })}
      </Stack>
      <div role="status">
        {before !== undefined && (
          <Group gap="xs">
            <Text>{t(editor.removed, { name: before.name })}</Text>
            <Button
              variant="default"
              mih={44}
              onClick={() => {
                setBefore(undefined);
                setRepaired([]);
                change(before.steps);
              }}
            >
              {t(editor.undo)}
            </Button>
          </Group>
        )}
        {repaired.length > 0 && (
          <Text>
            {t(editor.repaired, { count: repaired.length, names: repaired.map(nameOf).join(', ') })}
          </Text>
        )}
      </div>
      <Group align="flex-end">
        <NativeSelect
          label={t(editor.addStep)}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as StepKind)}
          data={STEP_KINDS.map((value) => ({ value, label: t(editor[value]) }))}
        />
        <Button variant="default" mih={44} onClick={add}>
          {t(editor.add)}
        </Button>
      </Group>
    </Stack>
  );
}

function Act(props: { name: string; of: string; act: () => void; expanded?: boolean }): ReactNode {
  const { name, of, act, expanded } = props;
  return (
    <Button
      variant="subtle"
      mih={44}
      px="xs"
      aria-label={`${name}: ${of}`}
      onClick={act}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
    >
      {name}
    </Button>
  );
}
