import { Button, Group, List, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { totalOf, type Sequence } from './sequences-query';
import { outreach } from './strings';

const HOLD = graphql(`
  mutation HoldSequence($id: ID!) {
    holdSequence(id: $id) {
      id
      state
    }
  }
`);
const RESUME = graphql(`
  mutation ResumeSequence($id: ID!) {
    resumeSequence(id: $id) {
      id
      state
    }
  }
`);
const END = graphql(`
  mutation EndSequence($id: ID!) {
    endSequence(id: $id) {
      id
      state
    }
  }
`);
const APPROVE = graphql(`
  mutation ApproveSequence($id: ID!) {
    approveSequence(id: $id) {
      id
      state
    }
  }
`);
const STOP_ENTRIES = graphql(`
  mutation StopSequenceEntries($id: ID!) {
    stopSequenceEntries(id: $id) {
      id
      entriesOpen
    }
  }
`);
const ALLOW_ENTRIES = graphql(`
  mutation AllowSequenceEntries($id: ID!) {
    allowSequenceEntries(id: $id) {
      id
      entriesOpen
    }
  }
`);
type Change = 'hold' | 'resume' | 'end' | 'stopEntries' | 'allowEntries';

const OFFERED: Readonly<Record<Exclude<Sequence['state'], 'ENDED'>, Change[]>> = {
  DRAFT: ['end'],
  WAITING_FOR_APPROVAL: ['end'],
  ACTIVE: ['hold', 'end'],
  HELD: ['resume', 'end'],
};

/** The brakes of a sequence; each asks first, and says who gets what. */
export function SequenceChanges({ sequence }: { sequence: Sequence }): ReactNode {
  const [asked, setAsked] = useState<Change>('hold');
  const [open, setOpen] = useState(false);
  const changes = {
    hold: useChange(HOLD, 'sequence'),
    resume: useChange(RESUME, 'sequence'),
    end: useChange(END, 'sequence'),
    stopEntries: useChange(STOP_ENTRIES, 'sequence'),
    allowEntries: useChange(ALLOW_ENTRIES, 'sequence'),
  };
  const approve = useChange(APPROVE, 'sequence');
  if (sequence.state === 'ENDED') return null;
  const entries: Change[] =
    sequence.version === 0 || sequence.purpose === 'service'
      ? []
      : [sequence.entriesOpen ? 'stopEntries' : 'allowEntries'];
  const offered: Change[] = [...entries, ...OFFERED[sequence.state]];
  const close = (): void => setOpen(false);
  return (
    <Group>
      {sequence.state === 'WAITING_FOR_APPROVAL' && (
        <Button mih={44} loading={approve.isPending} onClick={() => approve.mutate({ id: sequence.id })}>
          {t(outreach.approve)}
        </Button>
      )}
      {offered.map((change) => (
        <Button
          key={change}
          variant={change === 'resume' ? 'filled' : 'default'}
          mih={44}
          onClick={() => {
            setAsked(change);
            setOpen(true);
          }}
        >
          {t(outreach[change])}
        </Button>
      ))}
      <Modal
        opened={open}
        onClose={close}
        title={t(outreach[`${asked}Title`])}
        closeButtonProps={{ 'aria-label': t(outreach.close) }}
      >
        <Stack>
          <Consequences change={asked} sequence={sequence} />
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close} data-autofocus>
              {t(outreach.leaveIt)}
            </Button>
            <Button
              mih={44}
              loading={changes[asked].isPending}
              onClick={() => changes[asked].mutate({ id: sequence.id }, { onSettled: close })}
            >
              {t(outreach[asked])}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

const isEntries = (change: Change): change is 'stopEntries' | 'allowEntries' =>
  change === 'stopEntries' || change === 'allowEntries';

function Consequences({ change, sequence }: { change: Change; sequence: Sequence }): ReactNode {
  return (
    <List spacing="xs">
      {isEntries(change) && <List.Item>{t(outreach[`${change}Means`])}</List.Item>}
      {!isEntries(change) && sequence.purpose !== 'service' && (
        <List.Item>{t(outreach[`${change}Who`], { count: sequence.activeCount })}</List.Item>
      )}
      {!isEntries(change) && (
        <List.Item>
          {t(outreach[`${change}Due`], { count: totalOf(sequence.steps.nodes, 'PENDING') })}
        </List.Item>
      )}
      {change === 'end' && <List.Item>{t(outreach.endForGood)}</List.Item>}
    </List>
  );
}
