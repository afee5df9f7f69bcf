import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { graphql } from '../../graphql';
import { useChapters } from '../chapters/chapters';
import { STATUSES, type Status } from './member-filters';
import type { MemberRecord } from './member-query';
import { record } from './record-strings';
import { members } from './strings';

const UPDATE = graphql(`
  mutation UpdateMember($id: ID!, $input: MemberInput!) {
    updateMember(id: $id, input: $input) {
      id
    }
  }
`);
const MOVE = graphql(`
  mutation MoveMember($id: ID!, $chapterId: ID!) {
    moveMember(id: $id, chapterId: $chapterId) {
      id
    }
  }
`);

/** Changes a member's name, status, language and home chapter. */
export default function EditMember({
  member,
  close,
}: {
  member: MemberRecord;
  close: () => void;
}): ReactNode {
  const { id } = member;
  const chapters = useChapters();
  const [draft, setDraft] = useState({
    givenName: member.givenName,
    familyName: member.familyName,
    status: member.status as Status,
    language: member.language,
  });
  const [chapterId, setChapter] = useState(member.chapter.id);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const saving = useMutation({
    mutationFn: async () => {
      await ask(UPDATE, { id, input: draft });
      if (chapterId !== member.chapter.id) await ask(MOVE, { id, chapterId });
    },
    onSuccess: () => {
      say(t(record.saved));
      close();
    },
    onError: (error) => setProblems(problemsOf(error, (field) => field.replace(/^input\./, ''))),
    onSettled: () =>
      Promise.all(
        ['member', 'members', 'chapters'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ),
  });
  const input = (name: keyof typeof draft) => ({
    id: name,
    value: draft[name],
    error: problemAt(problems, name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  const submit = (): void => {
    const nameless = `${draft.givenName}${draft.familyName}`.trim() === '';
    const found = nameless ? [{ field: 'givenName', message: t(record.nameMissing) }] : [];
    setProblems(found);
    if (found.length === 0) saving.mutate();
  };
  return (
    <Modal opened onClose={close} title={t(record.edit)} closeButtonProps={{ 'aria-label': t(words.close) }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <ErrorSummary problems={problems} />
          <TextInput label={t(record.givenName)} maxLength={200} {...input('givenName')} data-autofocus />
          <TextInput label={t(record.familyName)} maxLength={200} {...input('familyName')} />
          <NativeSelect
            label={t(members.status)}
            {...input('status')}
            data={STATUSES.map((value) => ({ value, label: t(members[value]) }))}
          />
          <TextInput label={t(members.languageTag)} maxLength={20} {...input('language')} />
          <NativeSelect
            label={t(members.chapter)}
            value={chapterId}
            onChange={(event) => setChapter(event.currentTarget.value)}
            data={(chapters.data ?? [{ id: chapterId, name: member.chapter.name }]).map((one) => ({
              value: one.id,
              label: one.name,
            }))}
          />
          {chapterId !== member.chapter.id && <Text size="sm">{t(record.moves)}</Text>}
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close}>
              {t(members.cancel)}
            </Button>
            <Button type="submit" mih={44} loading={saving.isPending}>
              {t(record.save)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
