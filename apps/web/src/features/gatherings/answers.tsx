import { Button, Group, Stack, Title, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { AnswerFor } from './answer-for';
import classes from './gathering.module.css';
import { ANSWER_STATUSES, useAnswers, type AnswerStatus, type Gathering } from './gathering-query';
import { hall } from './gathering-strings';
import { MarkedPerson } from './marked-person';
import { useMarks } from './marks';
import { gatherings } from './strings';

const HALF_A_DAY = 43_200_000;
/** Attendance can be taken from twelve hours before the start. */
export const isOpen = ({ state, startsAt }: Gathering): boolean =>
  state === 'SCHEDULED' && Date.now() >= new Date(startsAt).getTime() - HALF_A_DAY;

/** How many gave which answer, and who; with the marks of who came. */
export function Answers({ gathering }: { gathering: Gathering }): ReactNode {
  const [status, setStatus] = useState<AnswerStatus>('GOING');
  const [answering, setAnswering] = useState(false);
  const ahead = gathering.state === 'SCHEDULED' && new Date(gathering.endsAt) > new Date();
  return (
    <Stack component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t(hall.answers)}
        </Title>
        {ahead && (
          <Button variant="default" mih={44} onClick={() => setAnswering(true)}>
            {t(hall.answerFor)}
          </Button>
        )}
      </Group>
      <Group gap="xs" role="group" aria-label={t(hall.answers)}>
        {ANSWER_STATUSES.map((one) => (
          <UnstyledButton
            key={one}
            className={classes.count}
            aria-pressed={one === status}
            onClick={() => setStatus(one)}
          >
            <strong>{number(gathering[one]!.totalCount)}</strong> {t(gatherings[one])}
          </UnstyledButton>
        ))}
      </Group>
      <People gathering={gathering} status={status} />
      <AnswerFor gathering={gathering} opened={answering} close={() => setAnswering(false)} />
    </Stack>
  );
}

function People({ gathering, status }: { gathering: Gathering; status: AnswerStatus }): ReactNode {
  const found = useAnswers(gathering.id, status);
  const marks = useMarks(gathering.id);
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const answers = found.data.pages.flatMap(({ nodes }) => nodes);
  if (answers.length === 0) return <Empty>{t(hall.noAnswers)}</Empty>;
  return (
    <Stack gap="xs">
      <Stack component="ul" gap={6} className={classes.list} aria-label={t(gatherings[status])}>
        {answers.map(({ id, came, member }) =>
          member === null ? null : (
            <MarkedPerson
              key={id}
              person={member}
              came={came}
              marks={isOpen(gathering) ? marks : undefined}
            />
          ),
        )}
      </Stack>
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t(words.more)}
        </Button>
      )}
    </Stack>
  );
}
