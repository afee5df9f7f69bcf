import { Alert, Anchor, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useState, type ChangeEvent, type FormEvent, type ReactNode } from 'react';
import { Refusal } from '../../app/ask';
import { ErrorSummary, problemAt, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { Mark } from '../../app/mark';
import { reasonOf } from '../../app/outcome';
import { useSignIn, useSignInLink } from './session';
import { identity } from './strings';

type Field = 'email' | 'password';
const MISSING = { email: identity.missingEmail, password: identity.missingPassword } as const;

/** Signs in by password, or by a link sent by mail (`linkOnly`: members have no password). */
export function SignIn({ linkOnly = false }: { linkOnly?: boolean }): ReactNode {
  const password = useSignIn();
  const link = useSignInLink();
  const [typed, setTyped] = useState({ email: '', password: '' });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const failed = (error: unknown): void => setProblems([{ message: wordsOf(error) }]);
  /** Names what is missing. @returns whether nothing is. */
  const check = (...fields: readonly Field[]): boolean => {
    const missing = fields.filter((field) => typed[field].trim() === '');
    setProblems(missing.map((field) => ({ field, message: t(MISSING[field]) })));
    return missing.length === 0;
  };
  const sendLink = (): void => {
    if (check('email')) link.mutate({ email: typed.email }, { onError: failed });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (linkOnly) return sendLink();
    if (check('email', 'password')) password.mutate(typed, { onError: failed });
  };
  const input = (field: Field) => ({
    id: field,
    label: t(identity[field]),
    value: typed[field],
    error: problemAt(problems, field),
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setTyped((before) => ({ ...before, [field]: value }));
    },
  });
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <Mark />
            <Title order={1} size="h3">
              {t(identity.welcome)}
            </Title>
            <ErrorSummary problems={problems} />
            {link.isSuccess && <Alert role="status">{t(identity.sent)}</Alert>}
            <TextInput type="email" autoComplete="username" {...input('email')} />
            {!linkOnly && (
              <PasswordInput
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': t(identity.show) }}
                {...input('password')}
              />
            )}
            <Button type="submit" loading={password.isPending || (linkOnly && link.isPending)} size="md">
              {t(linkOnly ? identity.link : identity.submit)}
            </Button>
            {!linkOnly && (
              <Anchor component="button" type="button" onClick={sendLink}>
                {t(identity.link)}
              </Anchor>
            )}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

const wordsOf = (error: unknown): string =>
  error instanceof Refusal && error.code.startsWith('SIGN_IN') ? t(identity.refused) : reasonOf(error);
