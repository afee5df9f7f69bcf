import { Alert, Anchor, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRef, type ReactNode } from 'react';
import { Refusal } from '../../app/ask';
import { t } from '../../app/i18n';
import { Mark } from '../../app/mark';
import { reasonOf } from '../../app/outcome';
import { useSignIn, useSignInLink } from './session';
import { identity } from './strings';

/** Signs in by password, or by a link sent by mail (`linkOnly`: members have no password). */
export function SignIn({ linkOnly = false }: { linkOnly?: boolean }): ReactNode {
  const summary = useRef<HTMLDivElement>(null);
  const password = useSignIn();
  const link = useSignInLink();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t(identity.missingEmail) : null),
      password: (value) => (!linkOnly && value === '' ? t(identity.missingPassword) : null),
    },
  });
  const failed = password.error ?? link.error;
  const problems = [...Object.values(form.errors), ...(failed === null ? [] : [wordsOf(failed)])];
  const say = (): void => void setTimeout(() => summary.current?.focus());
  const submit = form.onSubmit((values) => {
    if (linkOnly) link.mutate({ email: values.email }, { onError: say });
    else password.mutate(values, { onError: say });
  }, say);
  const sendLink = (): void => {
    if (form.validateField('email').hasError) return say();
    link.mutate({ email: form.values.email }, { onError: say });
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <Mark />
            <Title order={1} size="h3">
              {t(identity.welcome)}
            </Title>
            {problems.length > 0 && (
              <Alert
                ref={summary}
                tabIndex={-1}
                role="alert"
                color="red"
                variant="outline"
                title={t(identity.problem)}
              >
                {problems}
              </Alert>
            )}
            {link.isSuccess && <Alert role="status">{t(identity.sent)}</Alert>}
            <TextInput
              type="email"
              autoComplete="username"
              label={t(identity.email)}
              {...form.getInputProps('email')}
            />
            {!linkOnly && (
              <PasswordInput
                autoComplete="current-password"
                label={t(identity.password)}
                visibilityToggleButtonProps={{ 'aria-label': t(identity.show) }}
                {...form.getInputProps('password')}
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
