import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { ErrorSummary, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { FindMember, type FoundMember } from '../members/find-member';
import { nameOf } from '../members/name';
import type { Gathering } from './gathering-query';
import { hall } from './gathering-strings';
import { gatherings } from './strings';

const RSVP_FOR = graphql(`
  mutation RsvpFor($input: RsvpForInput!) {
    rsvpFor(input: $input) {
      id
      status
    }
  }
`);
const CHOICES = ['GOING', 'MAYBE', 'DECLINED'] as const;

/** Writes down what a person said on the telephone or on the street. */
export function AnswerFor(props: { gathering: Gathering; opened: boolean; close: () => void }): ReactNode {
  const { gathering, opened, close } = props;
  const [person, setPerson] = useState<FoundMember>();
  const [status, setStatus] = useState<(typeof CHOICES)[number]>('GOING');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const answer = useChange(RSVP_FOR, 'gathering');
  const finish = (): void => {
    setPerson(undefined);
    setProblems([]);
    close();
  };
  const send = (): void => {
    if (person === undefined) {
      setProblems([{ field: 'find-member', message: t(hall.needPerson) }]);
      return;
    }
    answer.mutate(
      { input: { gatheringId: gathering.id, memberId: person.id, status } },
      { onSuccess: finish },
    );
  };
  return (
    <Modal
      opened={opened}
      onClose={finish}
      title={t(hall.answerFor)}
      closeButtonProps={{ 'aria-label': t(hall.close) }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        {person === undefined ? <FindMember choose={setPerson} /> : <Text fw={600}>{nameOf(person)}</Text>}
        <Radio.Group
          label={t(hall.answer)}
          value={status}
          onChange={(value) => setStatus(value as (typeof CHOICES)[number])}
        >
          <Stack gap="xs" mt="xs">
            {CHOICES.map((value) => (
              <Radio key={value} value={value} label={t(gatherings[value])} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button mih={44} loading={answer.isPending} onClick={send}>
            {t(hall.write)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
