import { Alert, Anchor, Button, Group, Modal, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { ErrorSummary, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { FindMember, type FoundMember } from '../members/find-member';
import { nameOf } from '../members/name';
import classes from './gathering.module.css';
import { hall } from './gathering-strings';
import { planning } from './planning-strings';

const LEADERS = graphql(`
  query GatheringLeaders($id: ID!) {
    gathering(id: $id) {
      conflicts
      facilitators(first: 30) {
        nodes {
          id
          role
          state
          member {
            id
            givenName
            familyName
          }
        }
      }
    }
  }
`);
const ASK = graphql(`
  mutation AskFacilitator($input: AskFacilitatorInput!) {
    askFacilitator(input: $input) {
      id
    }
  }
`);
const RELEASE = graphql(`
  mutation ReleaseFacilitator($id: ID!) {
    releaseFacilitator(id: $id)
  }
`);
const ROLES = ['LEAD', 'CO_LEAD', 'TRAINER', 'INTERPRETER', 'NOTE_TAKER', 'WELCOME', 'TECHNICIAN'] as const;
type Role = (typeof ROLES)[number];

interface Conflict {
  readonly gatheringId: string;
  readonly title: string;
  readonly place: boolean;
  readonly meeting: boolean;
  readonly people: readonly string[];
}

/** Who leads a gathering, and what else is planned at its time with the same people or place. */
export function Leaders({ gatheringId, open }: { gatheringId: string; open: boolean }): ReactNode {
  const found = useQuery({
    queryKey: ['gathering', gatheringId, 'leaders'],
    queryFn: async ({ signal }) => (await ask(LEADERS, { id: gatheringId }, { signal })).gathering,
  });
  const [asking, setAsking] = useState(false);
  const release = useChange(RELEASE, 'gathering');
  if (found.data == null) return null;
  const people = found.data.facilitators.nodes;
  return (
    <Stack component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t(planning.leaders)}
        </Title>
        {open && (
          <Button variant="default" mih={44} onClick={() => setAsking(true)}>
            {t(planning.askSomeone)}
          </Button>
        )}
      </Group>
      <Conflicts all={(found.data.conflicts ?? []) as readonly Conflict[]} />
      {people.length === 0 && <Text c="dimmed">{t(planning.nobody)}</Text>}
      <Stack component="ul" gap={6} className={classes.list} aria-label={t(planning.leaders)}>
        {people.map(({ id, role, state, member }) => {
          const name = member === null ? '' : nameOf(member);
          return (
            <Paper key={id} withBorder px="sm" py="xs" component="li">
              <Group justify="space-between" mih={44}>
                <Text>{`${name} · ${t(planning[role])} · ${t(planning[state])}`}</Text>
                {open && (
                  <Button
                    variant="default"
                    mih={44}
                    aria-label={t(planning.releaseWho, { name })}
                    onClick={() => release.mutate({ id })}
                  >
                    {t(planning.release)}
                  </Button>
                )}
              </Group>
            </Paper>
          );
        })}
      </Stack>
      {asking && <AskSomeone gatheringId={gatheringId} close={() => setAsking(false)} />}
    </Stack>
  );
}

function Conflicts({ all }: { all: readonly Conflict[] }): ReactNode {
  if (all.length === 0) return null;
  const why = ({ place, meeting, people }: Conflict): string =>
    [
      place && t(planning.conflictPlace),
      meeting && t(planning.conflictMeeting),
      people.length > 0 && t(planning.conflictPeople, { count: people.length }),
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <Alert variant="outline" title={t(planning.conflicts)}>
      <Stack gap={4}>
        {all.map((one) => (
          <Text key={one.gatheringId}>
            <Anchor component={Link} to="/gatherings/$id" params={{ id: one.gatheringId } as never}>
              {one.title}
            </Anchor>
            {`: ${why(one)}`}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

function AskSomeone({ gatheringId, close }: { gatheringId: string; close: () => void }): ReactNode {
  const [person, setPerson] = useState<FoundMember>();
  const [role, setRole] = useState<Role>('LEAD');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const send = useChange(ASK, 'gathering');
  return (
    <Modal
      opened
      onClose={close}
      title={t(planning.askSomeone)}
      closeButtonProps={{ 'aria-label': t(hall.close) }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        {person === undefined ? <FindMember choose={setPerson} /> : <Text fw={600}>{nameOf(person)}</Text>}
        <NativeSelect
          label={t(planning.role)}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={ROLES.map((value) => ({ value, label: t(planning[value]) }))}
        />
        <Group justify="flex-end">
          <Button
            mih={44}
            loading={send.isPending}
            onClick={() => {
              if (person === undefined) setProblems([{ field: 'find-member', message: t(hall.needPerson) }]);
              else send.mutate({ input: { gatheringId, memberId: person.id, role } }, { onSuccess: close });
            }}
          >
            {t(planning.askSomeone)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
