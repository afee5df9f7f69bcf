import { Button, Fieldset, Group, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemAt, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import type { CampaignDraft } from './campaign-draft';
import { campaigns } from './campaign-strings';

interface PartProps {
  readonly draft: CampaignDraft;
  readonly change: (part: Partial<CampaignDraft>) => void;
  readonly problems: readonly FieldProblem[];
}

/** What is demanded, one text each. */
export function DemandFields({ draft, change, problems }: PartProps): ReactNode {
  const { demands } = draft;
  return (
    <Fieldset legend={t(campaigns.demands)}>
      <Stack>
        {demands.map((wording, index) => (
          <Group key={index} align="flex-end">
            <Textarea
              id={`demand-${index}`}
              flex={1}
              miw={200}
              label={t(campaigns.demand, { n: index + 1 })}
              autosize
              maxLength={2000}
              value={wording}
              error={problemAt(problems, `demand-${index}`)}
              onChange={(event) => change({ demands: demands.with(index, event.currentTarget.value) })}
            />
            {demands.length > 1 && (
              <Button
                variant="default"
                mih={44}
                aria-label={t(campaigns.removeDemand, { n: index + 1 })}
                onClick={() => change({ demands: demands.toSpliced(index, 1) })}
              >
                {t(campaigns.remove)}
              </Button>
            )}
          </Group>
        ))}
        <Group>
          <Button variant="default" mih={44} onClick={() => change({ demands: [...demands, ''] })}>
            {t(campaigns.addDemand)}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** The stretches of a campaign: each lasts until the next one begins. */
export function PhaseFields({ draft, change, problems }: PartProps): ReactNode {
  const { phases } = draft;
  const set = (index: number, part: Partial<CampaignDraft['phases'][number]>): void =>
    change({ phases: phases.with(index, { ...phases[index]!, ...part }) });
  return (
    <Fieldset legend={t(campaigns.phases)}>
      <Stack>
        {phases.map((phase, index) => (
          <Group key={index} align="flex-end">
            <TextInput
              id={`phase-${index}`}
              flex={1}
              miw={160}
              label={t(campaigns.phase, { n: index + 1 })}
              maxLength={200}
              value={phase.title}
              error={problemAt(problems, `phase-${index}`)}
              onChange={(event) => set(index, { title: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t(campaigns.phaseFrom, { n: index + 1 })}
              value={phase.startDate}
              onChange={(event) => set(index, { startDate: event.currentTarget.value })}
            />
            <Button
              variant="default"
              mih={44}
              aria-label={t(campaigns.removePhase, { n: index + 1 })}
              onClick={() => change({ phases: phases.toSpliced(index, 1) })}
            >
              {t(campaigns.remove)}
            </Button>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            mih={44}
            onClick={() => change({ phases: [...phases, { title: '', startDate: '' }] })}
          >
            {t(campaigns.addPhase)}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
