import { Badge, Button, Group, Paper, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { useTags } from './members-query';
import { record } from './record-strings';
import { members } from './strings';

const TAG = graphql(`
  mutation TagMember($id: ID!, $tags: [String!]!) {
    tagMember(id: $id, tags: $tags) {
      id
    }
  }
`);
const UNTAG = graphql(`
  mutation UntagMember($id: ID!, $tags: [String!]!) {
    untagMember(id: $id, tags: $tags) {
      id
    }
  }
`);

/** The tags of one member; each comes off by its button, and new ones are written. */
export function MemberTags(props: { id: string; tags: readonly string[]; may: boolean }): ReactNode {
  const { id, tags, may } = props;
  const [typed, setTyped] = useState('');
  const names = useTags(may);
  const put = useChange(TAG, 'member');
  const take = useChange(UNTAG, 'member');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const tag = typed.trim();
    if (tag !== '') put.mutate({ id, tags: [tag] }, { onSuccess: () => setTyped('') });
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={t(members.tags)}>
      <Title order={2} size="h5" mb="xs">
        {t(members.tags)}
      </Title>
      {tags.length === 0 && <Text c="dimmed">{t(record.noTags)}</Text>}
      <Group gap="xs" mb={may ? 'sm' : 0}>
        {tags.map((tag) =>
          may ? (
            <Button
              key={tag}
              variant="default"
              size="compact-md"
              mih={32}
              radius="xl"
              fw={500}
              aria-label={t(record.removeTag, { tag })}
              rightSection={<span aria-hidden="true">{'×'}</span>}
              onClick={() => take.mutate({ id, tags: [tag] })}
            >
              {tag}
            </Button>
          ) : (
            <Badge key={tag} variant="default" size="lg" tt="none" fw={500}>
              {tag}
            </Badge>
          ),
        )}
      </Group>
      {may && (
        <form onSubmit={add}>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              flex={1}
              miw={0}
              label={t(record.newTag)}
              list="record-tags"
              maxLength={60}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              styles={{ input: { minHeight: 44 } }}
            />
            <datalist id="record-tags">
              {names.data?.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <Button type="submit" variant="default" mih={44} loading={put.isPending}>
              {t(record.add)}
            </Button>
          </Group>
        </form>
      )}
    </Paper>
  );
}
