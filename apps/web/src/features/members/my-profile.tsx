import { Button, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { LANGUAGES, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { graphql, type ResultOf } from '../../graphql';
import { ownRecord } from './own-record-strings';

const PROFILE = graphql(`
  query MyProfile {
    me {
      id
      givenName
      familyName
      email
      phone
      language
      timeZone
      postalCode
      chapter {
        name
      }
    }
  }
`);
const UPDATE = graphql(`
  mutation UpdateMyProfile($input: ProfileInput!) {
    updateMyProfile(input: $input) {
      id
    }
  }
`);

type Profile = NonNullable<ResultOf<typeof PROFILE>['me']>;
const FIELDS = ['givenName', 'familyName', 'email', 'phone', 'language', 'timeZone', 'postalCode'] as const;
type Field = (typeof FIELDS)[number];
type Draft = Record<Field, string>;

const draftOf = (me: Profile): Draft =>
  Object.fromEntries(FIELDS.map((field) => [field, me[field] ?? ''])) as Draft;

/** The member's own record, which is theirs to correct. */
export default function MyProfile(): ReactNode {
  const found = useQuery({ queryKey: ['my-profile'], queryFn: ({ signal }) => ask(PROFILE, {}, { signal }) });
  return (
    <Stack>
      <Title order={1} size="h2">
        {t(ownRecord.profile)}
      </Title>
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        found.data.me !== null && <Form me={found.data.me} />
      )}
    </Stack>
  );
}

const own = (field: string): string => `profile-${field}`;

function Form({ me }: { me: Profile }): ReactNode {
  const before = draftOf(me);
  const [draft, change, forget] = useDraft<Draft>('profile', before);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const update = useMutation({
    mutationFn: (input: Partial<Draft>) =>
      ask(UPDATE, {
        input: Object.fromEntries(Object.entries(input).map(([field, value]) => [field, value || null])),
      }),
    onSuccess: async () => {
      forget();
      say(t(ownRecord.saved));
      await queries.invalidateQueries({ queryKey: ['my-profile'] });
      await queries.invalidateQueries({ queryKey: ['session'] });
    },
    onError: (error) =>
      setProblems(
        problemsOf(error, (field) => {
          const name = field.split('.').at(-1)!;
          return (FIELDS as readonly string[]).includes(name) ? own(name) : undefined;
        }),
      ),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found: FieldProblem[] = [];
    if (`${draft.givenName}${draft.familyName}`.trim() === '')
      found.push({ field: own('givenName'), message: t(ownRecord.nameless) });
    if (draft.email.trim() === '') found.push({ field: own('email'), message: t(ownRecord.emailNeeded) });
    setProblems(found);
    if (found.length > 0) return;
    const changed = FIELDS.filter((field) => draft[field] !== before[field]);
    update.mutate(Object.fromEntries(changed.map((field) => [field, draft[field].trim()])));
  };
  const input = (field: Field, autoComplete: string) => ({
    id: own(field),
    label: t(ownRecord[field]),
    autoComplete,
    value: draft[field],
    error: problemAt(problems, own(field)),
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
  const other = draft.language in LANGUAGES ? [] : [{ value: draft.language, label: draft.language }];
  const zones = [...new Set(['', draft.timeZone, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <ErrorSummary problems={problems} />
        <TextInput {...input('givenName', 'given-name')} />
        <TextInput {...input('familyName', 'family-name')} />
        <TextInput type="email" {...input('email', 'email')} />
        <TextInput type="tel" description={t(ownRecord.phoneHow)} {...input('phone', 'tel')} />
        <NativeSelect data={[...other, ...languages]} {...input('language', 'language')} />
        <NativeSelect data={zones} {...input('timeZone', 'off')} />
        <TextInput {...input('postalCode', 'postal-code')} />
        <Text c="dimmed">{t(ownRecord.chapterOf, { chapter: me.chapter.name })}</Text>
        <div>
          <Button type="submit" loading={update.isPending}>
            {t(ownRecord.save)}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
