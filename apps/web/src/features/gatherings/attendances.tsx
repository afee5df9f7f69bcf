import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { FindMember } from '../members/find-member';
import { isOpen } from './answers';
import classes from './gathering.module.css';
import { useAttendances, type Gathering } from './gathering-query';
import { hall } from './gathering-strings';
import { MarkedPerson } from './marked-person';
import { useMarks, type Marks } from './marks';
import { ZoomReport } from './zoom-report';

/** Who came: everyone whose attendance is known, someone who came unannounced, and the report of a Zoom meeting. */
export function Attendances({ gathering }: { gathering: Gathering }): ReactNode {
  const marks = useMarks(gathering.id);
  const [adding, setAdding] = useState(false);
  return (
    <Stack component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t(hall.attendance)}
        </Title>
        <Text>{t(hall.attended, { count: gathering.attendedCount ?? 0 })}</Text>
      </Group>
      {isOpen(gathering) ? (
        <>
          <Known gathering={gathering} marks={marks} />
          <Group>
            <Button variant="default" mih={44} aria-expanded={adding} onClick={() => setAdding(!adding)}>
              {t(hall.addCame)}
            </Button>
          </Group>
          {adding && (
            <FindMember
              choose={({ id }) => {
                marks.mark(id, 'ATTENDED');
                setAdding(false);
              }}
            />
          )}
          <ZoomReport gatheringId={gathering.id} />
        </>
      ) : (
        gathering.state === 'SCHEDULED' && <Text c="dimmed">{t(hall.opens)}</Text>
      )}
    </Stack>
  );
}

function Known({ gathering, marks }: { gathering: Gathering; marks: Marks }): ReactNode {
  const found = useAttendances(gathering.id);
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const known = found.data.pages.flatMap(({ nodes }) => nodes);
  return (
    <Stack gap="xs">
      <Stack component="ul" gap={6} className={classes.list} aria-label={t(hall.attendance)}>
        {known.map(({ id, status, member }) =>
          member === null ? null : <MarkedPerson key={id} person={member} came={status} marks={marks} />,
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
