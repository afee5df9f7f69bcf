import { Button, Checkbox, Group, Paper, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { ConditionForm } from './condition-form';
import { omit, type BranchDraft, type SplitDraft } from './definition';
import { editor } from './editor-strings';
import { forms } from './form-strings';
import { Target } from './parts';
import type { StepFormProps } from './step-form';

/** Ways that part by what is true of somebody; the first that is true decides. */
export function BranchForm({ step, place, later, change }: StepFormProps<BranchDraft>): ReactNode {
  const cases = (list: BranchDraft['cases']): void => change({ ...step, cases: list });
  const at = (index: number, part: Partial<BranchDraft['cases'][number]>): void =>
    cases(step.cases.map((one, n) => (n === index ? { ...one, ...part } : one)));
  return (
    <Stack gap="sm">
      {step.cases.map((one, index) => (
        // The order is what tells them apart: the first that is true decides.
        <Paper key={index} withBorder p="sm">
          <Stack gap="xs">
            <ConditionForm
              label={t(forms.case, { n: index + 1 })}
              condition={one.when}
              change={(when) => at(index, { when })}
            />
            <Target
              id={`${place}.cases[${index}].to`}
              label={t(forms.to)}
              to={one.to}
              later={later}
              change={(to) => at(index, { to: to ?? '' })}
            />
            {step.cases.length > 1 && (
              <Button
                variant="subtle"
                mih={44}
                aria-label={`${t(editor.remove)}: ${t(forms.case, { n: index + 1 })}`}
                onClick={() => cases(step.cases.filter((_, n) => n !== index))}
              >
                {t(editor.remove)}
              </Button>
            )}
          </Stack>
        </Paper>
      ))}
      <Group>
        <Button
          variant="default"
          mih={44}
          onClick={() => cases([...step.cases, { when: { tag: '' }, to: later[0]?.key ?? '' }])}
        >
          {t(forms.addCase)}
        </Button>
      </Group>
      <Target
        id={`${place}.otherwise`}
        label={t(forms.otherwise)}
        to={step.otherwise}
        later={later}
        next={t(forms.next)}
        change={(to) => {
          const rest = omit(step, 'otherwise');
          change(to === undefined ? rest : { ...rest, otherwise: to });
        }}
      />
      <Checkbox
        label={t(forms.patience)}
        checked={step.patience !== undefined}
        onChange={(event) => {
          const rest = omit(step, 'patience');
          change(
            event.currentTarget.checked ? { ...rest, patience: { anchor: 'end', minutes: 2_880 } } : rest,
          );
        }}
      />
    </Stack>
  );
}

/** Parts by chance, in percent. */
export function SplitForm({ step, place, later, change, errorAt }: StepFormProps<SplitDraft>): ReactNode {
  const parts = (list: SplitDraft['parts']): void => change({ ...step, parts: list });
  const at = (index: number, part: Partial<SplitDraft['parts'][number]>): void =>
    parts(step.parts.map((one, n) => (n === index ? { ...one, ...part } : one)));
  return (
    <Stack gap="sm">
      {step.parts.map((one, index) => (
        // A part is told apart by its place alone.
        <Group key={index} align="flex-end" gap="xs">
          <TextInput
            id={index === 0 ? `${place}.parts` : `${place}.parts[${index}].percent`}
            type="number"
            min={1}
            max={99}
            label={t(forms.percent)}
            value={String(one.percent)}
            error={index === 0 ? errorAt('parts') : undefined}
            onChange={(event) => at(index, { percent: Number(event.currentTarget.value) })}
          />
          <Target
            id={`${place}.parts[${index}].to`}
            label={t(forms.to)}
            to={one.to}
            later={later}
            change={(to) => at(index, { to: to ?? '' })}
          />
          {step.parts.length > 2 && (
            <Button
              variant="subtle"
              mih={44}
              aria-label={`${t(editor.remove)}: ${one.percent}`}
              onClick={() => parts(step.parts.filter((_, n) => n !== index))}
            >
              {t(editor.remove)}
            </Button>
          )}
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          mih={44}
          onClick={() => parts([...step.parts, { percent: 1, to: later[0]?.key ?? '' }])}
        >
          {t(forms.addPart)}
        </Button>
      </Group>
    </Stack>
  );
}
