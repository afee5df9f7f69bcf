import { Alert, Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { Refusal } from '../../app/ask';
import { t } from '../../app/i18n';
import { reasonOf } from '../../app/reason';
import { goOn } from '../../app/session-end';
import { sameAgain, signInByPassword, useSignInLink, type Session } from './session';
import classes from './sign-in-again.module.css';
import { identity } from './strings';

/** The same person goes on; for somebody else, or an unknown person, the page begins anew. */
function back(): void {
  void sameAgain().then((same) => {
    if (!same) return window.location.reload();
    goOn(true);
    return undefined;
  });
}

const wordsOf = (error: unknown): string =>
  error instanceof Refusal && error.code.startsWith('SIGN_IN') ? t(identity.refused) : reasonOf(error);

/** By the password of the same account, or by a link that is opened in this browser. */
export default function SignInAgainDialog({ linkOnly }: { linkOnly: boolean }): ReactNode {
  const email = queries.getQueryData<Session>(['session'])?.viewer?.email ?? '';
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  const summary = useRef<HTMLDivElement>(null);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const signIn = useMutation({ mutationFn: signInByPassword, onSuccess: back });
  const link = useSignInLink();
  useEffect(() => box.current?.showModal(), []);
  useEffect(() => {
    if (problem !== '') summary.current?.focus();
  }, [problem]);
  const failed = (error: unknown): void => setProblem(wordsOf(error));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A form within a dialog is, for React, within the form behind it.
    event.stopPropagation();
    setProblem('');
    if (linkOnly) return link.mutate({ email }, { onError: failed });
    if (password === '') return setProblem(t(identity.missingPassword));
    return signIn.mutate({ email, password }, { onError: failed });
  };
  const check = (): void =>
    void sameAgain().then((same) => (same ? goOn(true) : setProblem(t(identity.notYet))), failed);
  return (
    <dialog ref={box} className={classes.dialog} aria-labelledby={title} onCancel={() => goOn(false)}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Title order={2} size="h3" id={title}>
            {t(identity.again)}
          </Title>
          <Text>{t(identity.kept)}</Text>
          <Text fw={600}>{email}</Text>
          {problem !== '' && (
            <Alert ref={summary} tabIndex={-1} role="alert" color="red" variant="outline">
              {problem}
            </Alert>
          )}
          {link.isSuccess && <Alert role="status">{t(identity.sentBack)}</Alert>}
          {!linkOnly && (
            <PasswordInput
              autoFocus
              autoComplete="current-password"
              label={t(identity.password)}
              visibilityToggleButtonProps={{ 'aria-label': t(identity.show) }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          <Group justify="space-between">
            <Button variant="default" onClick={() => goOn(false)}>
              {t(identity.notNow)}
            </Button>
            <Group gap="xs">
              {link.isSuccess && (
                <Button variant="default" onClick={check}>
                  {t(identity.cameBack)}
                </Button>
              )}
              {!linkOnly && !link.isSuccess && (
                <Button variant="subtle" onClick={() => link.mutate({ email }, { onError: failed })}>
                  {t(identity.link)}
                </Button>
              )}
              <Button type="submit" loading={signIn.isPending || link.isPending}>
                {t(linkOnly ? identity.link : identity.submit)}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </dialog>
  );
}
