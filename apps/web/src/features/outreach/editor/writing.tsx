import { Button, Group, Stack, Title } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { ErrorSummary, type FieldProblem } from '../../../app/error-summary';
import { t } from '../../../app/i18n';
import { Waiting } from '../../../app/outcome';
import { editor } from './editor-strings';
import type { SequenceForm } from './sequence-form';
import { StepList } from './step-list';

const SettingsForm = lazy(async () => ({ default: (await import('./settings-form')).SettingsForm }));
const Canvas = lazy(() => import('./canvas'));

/** The keys of the steps that problems are in. */
const keysIn = (problems: readonly FieldProblem[], { steps }: SequenceForm): string[] =>
  problems.flatMap(({ field }) => {
    const at = /^steps\[(\d+)\]/.exec(field ?? '')?.[1];
    const step = at === undefined ? undefined : steps[Number(at)];
    return step === undefined ? [] : [step.key];
  });

/** The form of a sequence: what it is, for whom, and its steps as a list or as a picture. */
export function Writing(props: {
  form: SequenceForm;
  change: (part: Partial<SequenceForm>) => void;
  problems: readonly FieldProblem[];
  isNew: boolean;
  children: ReactNode;
}): ReactNode {
  const { form, change, problems, isNew, children } = props;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [closed, setClosed] = useState<readonly FieldProblem[]>();
  const [picture, setPicture] = useState(false);
  const [asked, setSettings] = useState(isNew);
  const settings = asked || problems.some(({ field }) => field !== undefined && !field.startsWith('steps'));
  // What problems are in stands open, until somebody closes it.
  const open = closed === problems ? opened : new Set([...opened, ...keysIn(problems, form)]);
  return (
    <Stack>
      <ErrorSummary problems={problems} />
      {!isNew && (
        <Group>
          <Button variant="default" mih={44} aria-expanded={settings} onClick={() => setSettings(!settings)}>
            {t(editor.settings)}
          </Button>
        </Group>
      )}
      {settings && (
        <Suspense fallback={<Waiting rows={4} />}>
          <SettingsForm form={form} change={change} problems={problems} isNew={isNew} />
        </Suspense>
      )}
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t(editor.steps)}
        </Title>
        <Group gap={4} role="group" aria-label={t(editor.steps)}>
          {([false, true] as const).map((value) => (
            <Button
              key={String(value)}
              variant={picture === value ? 'filled' : 'default'}
              mih={44}
              aria-pressed={picture === value}
              onClick={() => setPicture(value)}
            >
              {t(value ? editor.asPicture : editor.asList)}
            </Button>
          ))}
        </Group>
      </Group>
      {picture ? (
        <Suspense fallback={<Waiting rows={4} />}>
          <Canvas
            steps={form.steps}
            choose={(key) => {
              setOpened(new Set([...opened, key]));
              setPicture(false);
              const at = form.steps.findIndex((step) => step.key === key);
              requestAnimationFrame(() => document.getElementById(`steps[${at}]`)?.focus());
            }}
          />
        </Suspense>
      ) : (
        <StepList
          steps={form.steps}
          change={(steps) => change({ steps })}
          problems={problems}
          open={open}
          setOpen={(keys) => {
            setOpened(keys);
            setClosed(problems);
          }}
        />
      )}
      {children}
    </Stack>
  );
}
