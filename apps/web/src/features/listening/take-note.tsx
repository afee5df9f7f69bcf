import {
  Button,
  Group,
  NativeSelect,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { i18n, t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { say } from '../../app/say';
import { FindMember } from '../members/find-member';
import { languageName, LANGUAGES_SPOKEN } from '../members/languages';
import { nameOf } from '../members/name';
import { TAKE, type Session, type Wording } from './listening-query';
import { inputOf, namesOf, newNote, problemsOfNote, QUOTES, SHARES, WAYS, type Note } from './note-draft';
import { listening } from './strings';

/** Writes down what one person said, with what they allow. */
export function TakeNote({ session, wording }: { session: Session; wording: Wording }): ReactNode {
  const [note, setNote] = useState<Note>(() => newNote(session.language));
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const change = (part: Partial<Note>): void => setNote({ ...note, ...part });
  const taking = useMutation({
    mutationFn: () => ask(TAKE, { input: inputOf(note, session.id, wording.version) }),
    onSuccess: async () => {
      say(t(listening.saved));
      setNote(newNote(note.language));
      await queries.invalidateQueries({ queryKey: ['listening'] });
    },
    onError: (error) =>
      setProblems(problemsOf(error, (field) => field.replace('input.', '').replace('consent.', ''))),
  });
  return (
    <form
      noValidate
      aria-label={t(listening.take)}
      onSubmit={(event) => {
        event.preventDefault();
        const found = problemsOfNote(note);
        setProblems(found);
        if (found.length === 0) taking.mutate();
      }}
    >
      <Stack>
        <Title order={2} size="h4">
          {t(listening.take)}
        </Title>
        <ErrorSummary problems={problems} />
        <Textarea
          id="text"
          label={t(listening.words)}
          description={t(listening.wordsHint)}
          lang={note.language}
          dir="auto"
          autosize
          minRows={4}
          maxRows={20}
          maxLength={20_000}
          value={note.text}
          error={problemAt(problems, 'text')}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <NativeSelect
          id="language"
          maw={360}
          label={t(listening.language)}
          value={note.language}
          onChange={(event) => change({ language: event.currentTarget.value })}
          data={[...new Set([note.language, ...LANGUAGES_SPOKEN])].map((value) => ({
            value,
            label: languageName(value),
          }))}
        />
        <Speaker note={note} change={change} />
        <Paper withBorder p="sm">
          <Text fw={600}>{t(listening.asked)}</Text>
          <Text>{i18n.locale === 'es' ? wording.es : wording.en}</Text>
        </Paper>
        <Allowed note={note} change={change} problems={problems} />
        <MainAction>
          <Button type="submit" mih={44} loading={taking.isPending}>
            {t(listening.save)}
          </Button>
        </MainAction>
      </Stack>
    </form>
  );
}

interface Part {
  readonly note: Note;
  readonly change: (part: Partial<Note>) => void;
}

function Speaker({ note, change }: Part): ReactNode {
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t(listening.speaker)}
        value={note.known ? 'member' : 'nobody'}
        onChange={(value) =>
          change({ known: value === 'member', person: undefined, namedAs: 'ANONYMOUS', pseudonym: '' })
        }
      >
        <Group mt="xs">
          <Radio value="nobody" label={t(listening.nobody)} />
          <Radio value="member" label={t(listening.member)} />
        </Group>
      </Radio.Group>
      {note.known && note.person === undefined && <FindMember choose={(person) => change({ person })} />}
      {note.person !== undefined && (
        <Group>
          <Text fw={600}>{nameOf(note.person)}</Text>
          <Button variant="default" mih={44} onClick={() => change({ person: undefined })}>
            {t(listening.anotherSpeaker)}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Allowed({ note, change, problems }: Part & { problems: readonly FieldProblem[] }): ReactNode {
  const choice = <T extends string>(
    id: 'quote' | 'namedAs' | 'sharedWith' | 'how',
    label: string,
    values: readonly T[],
  ): ReactNode => (
    <NativeSelect
      id={id}
      label={label}
      value={note[id]}
      error={problemAt(problems, id)}
      onChange={(event) => change({ [id]: event.currentTarget.value })}
      data={values.map((value) => ({ value, label: t(listening[value as 'NONE']) }))}
    />
  );
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {choice('quote', t(listening.mayQuote), QUOTES)}
        {choice('sharedWith', t(listening.sharedWith), SHARES)}
        {choice('namedAs', t(listening.namedAs), namesOf(note))}
        {choice('how', t(listening.how), WAYS)}
      </SimpleGrid>
      {note.namedAs === 'PSEUDONYM' && (
        <TextInput
          id="pseudonym"
          maw={360}
          label={t(listening.pseudonym)}
          maxLength={80}
          value={note.pseudonym}
          error={problemAt(problems, 'pseudonym')}
          onChange={(event) => change({ pseudonym: event.currentTarget.value })}
        />
      )}
    </>
  );
}
