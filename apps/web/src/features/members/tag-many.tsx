import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { words } from '../../app/words';
import { graphql } from '../../graphql';
import { useTags, type MemberFilter } from './members-query';
import { members } from './strings';
import type { Selection } from './use-selection';

const TAG = graphql(`
  mutation TagMembers($filter: MemberFilter!, $tags: [String!]!) {
    tagMembers(filter: $filter, tags: $tags) {
      matched
      outOfReach
      changed
      runId
    }
  }
`);
const UNTAG = graphql(`
  mutation UntagMembers($filter: MemberFilter!, $tags: [String!]!) {
    untagMembers(filter: $filter, tags: $tags) {
      matched
      outOfReach
      changed
      runId
    }
  }
`);

export interface Tagged {
  readonly verb: 'add' | 'remove';
  readonly tag: string;
  readonly changed: number;
  readonly outOfReach: number;
  /** What takes it back. */
  readonly runId: string | null;
}

const send = async (verb: Tagged['verb'], filter: MemberFilter, tag: string): Promise<Tagged> => {
  const given = { filter, tags: [tag] };
  const answer = verb === 'add' ? (await ask(TAG, given)).tagMembers : (await ask(UNTAG, given)).untagMembers;
  return { verb, tag, ...answer };
};

/** Asks which tag to put on, or take off, everyone who is selected; says first how many that are. */
export default function TagMany(props: {
  verb: Tagged['verb'];
  selection: Selection;
  close: () => void;
  done: (tagged: Tagged) => void;
}): ReactNode {
  const { verb, selection, close, done } = props;
  const tags = useTags();
  const [tag, setTag] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const sending = useMutation({
    mutationFn: () => send(verb, selection.filter(), tag.trim()),
    onSuccess: async (made) => {
      done(made);
      await Promise.all(
        ['members', 'member', 'tags'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
    },
    onError: (error) => setProblems(problemsOf(error, () => 'many-tag')),
  });
  const submit = (): void => {
    const missing = tag.trim() === '' ? [{ field: 'many-tag', message: t(members.tagMissing) }] : [];
    setProblems(missing);
    if (missing.length === 0) sending.mutate();
  };
  const word = t(verb === 'add' ? members.addTag : members.removeTag);
  return (
    <Modal opened onClose={close} title={word} closeButtonProps={{ 'aria-label': t(words.close) }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <ErrorSummary problems={problems} />
          <Text>{t(members.meant, { count: selection.count })}</Text>
          <TextInput
            id="many-tag"
            label={t(members.tag)}
            list="all-tags"
            maxLength={60}
            value={tag}
            error={problemAt(problems, 'many-tag')}
            onChange={(event) => setTag(event.currentTarget.value)}
            data-autofocus
          />
          <datalist id="all-tags">
            {tags.data?.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close}>
              {t(members.cancel)}
            </Button>
            <Button type="submit" mih={44} loading={sending.isPending}>
              {word}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
