import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { ActionForm } from './action-form';
import type { StepDraft } from './definition';
import { forms } from './form-strings';
import { MessageForm } from './message-form';
import { WaitForm } from './wait-form';
import { BranchForm, SplitForm } from './way-forms';

/** What the form of a step is given. */
export interface StepFormProps<Step extends StepDraft = StepDraft> {
  readonly step: Step;
  /** As the API names it, like `steps[2]`: ids of the fields begin with it. */
  readonly place: string;
  /** The steps that it may lead to. */
  readonly later: readonly { readonly key: string; readonly name: string }[];
  readonly change: (step: StepDraft) => void;
  /** What stands against a field, by the rest of its place. */
  readonly errorAt: (rest: string) => string | undefined;
}

/** The plain form of a step. */
export function StepForm(props: StepFormProps): ReactNode {
  const { step, ...rest } = props;
  switch (step.kind) {
    case 'message':
      return <MessageForm step={step} {...rest} />;
    case 'wait':
      return <WaitForm step={step} {...rest} />;
    case 'branch':
      return <BranchForm step={step} {...rest} />;
    case 'split':
      return <SplitForm step={step} {...rest} />;
    case 'action':
      return <ActionForm step={step} {...rest} />;
    case 'exit':
      return (
        <TextInput
          id={`${rest.place}.goal`}
          label={t(forms.exitGoal)}
          maxLength={80}
          value={step.goal ?? ''}
          onChange={(event) => {
            const goal = event.currentTarget.value;
            rest.change({ key: step.key, kind: 'exit', ...(goal === '' ? {} : { goal }) });
          }}
        />
      );
  }
}
