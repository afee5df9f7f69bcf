import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { Failed } from '../../app/outcome';
import { graphql, type ResultOf } from '../../graphql';
import { hall } from '../gatherings/gathering-strings';
import { nameOf } from './name';

const FIND = graphql(`
  query FindMember($filter: MemberFilter!) {
    members(first: 8, orderBy: NAME, filter: $filter) {
      nodes {
        id
        givenName
        familyName
        chapter {
          name
        }
      }
    }
  }
`);

export type FoundMember = ResultOf<typeof FIND>['members']['nodes'][number];

/** Finds one person by the beginning of the family name; each that is found is a button. */
export function FindMember({ choose }: { choose: (member: FoundMember) => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ['find-member', name],
    enabled: name !== '',
    queryFn: async ({ signal }) =>
      (await ask(FIND, { filter: { nameStarts: name } }, { signal })).members.nodes,
  });
  return (
    <Stack gap="xs">
      <TextInput
        id="find-member"
        type="search"
        label={t(hall.find)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      <Text role="status" size="sm" c="dimmed">
        {found.data !== undefined &&
          (found.data.length === 0 ? t(hall.nobodyFound) : t(hall.found, { count: found.data.length }))}
      </Text>
      {found.data?.map((member) => (
        <Button
          key={member.id}
          variant="default"
          mih={44}
          justify="space-between"
          onClick={() => choose(member)}
        >
          {`${nameOf(member)} · ${member.chapter.name}`}
        </Button>
      ))}
    </Stack>
  );
}
