import { useLingui } from '@lingui/react';
import { Alert, Button, Center, Paper, PasswordInput, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { mount, queries } from '../app/app';
import { Refusal } from '../app/ask';
import { t } from '../app/i18n';
import { Mark } from '../app/mark';
import { reasonOf } from '../app/outcome';
import { askAsPartner } from '../features/partners/ask-as-partner';
import { Desk } from '../features/partners/desk';
import { desk } from '../features/partners/desk-strings';

const KEPT_IN = 'unionhall.partner-key';

/** Without a key: the way in. With one: the desk. The key lives as long as the tab. */
function Entry(): ReactNode {
  useLingui();
  const [key, setKey] = useState(sessionStorage.getItem(KEPT_IN));
  const keep = (given: string): void => {
    sessionStorage.setItem(KEPT_IN, given);
    setKey(given);
  };
  const leave = (): void => {
    sessionStorage.removeItem(KEPT_IN);
    queries.clear();
    setKey(null);
  };
  return key === null ? <KeyForm keep={keep} /> : <Desk partnerKey={key} leave={leave} />;
}

function KeyForm({ keep }: { keep: (key: string) => void }): ReactNode {
  const [given, setGiven] = useState('');
  const [missing, setMissing] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const say = (): void => void setTimeout(() => summary.current?.focus());
  const enter = useMutation({
    mutationFn: (key: string) => askAsPartner(key, '{ partnership { name } }'),
    onSuccess: (_answer, key) => keep(key),
    onError: say,
  });
  const problem = missing ? t(desk.missing) : enter.isError ? wordsOf(enter.error) : undefined;
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(given.trim() === '');
            if (given.trim() === '') say();
            else enter.mutate(given.trim());
          }}
        >
          <Stack>
            <Mark />
            <Title order={1} size="h3">
              {t(desk.title)}
            </Title>
            {problem !== undefined && (
              <Alert ref={summary} tabIndex={-1} role="alert" color="red" variant="outline">
                {problem}
              </Alert>
            )}
            <PasswordInput
              label={t(desk.key)}
              description={t(desk.keyHint)}
              autoComplete="off"
              value={given}
              onChange={(event) => setGiven(event.currentTarget.value)}
            />
            <Button type="submit" size="md" loading={enter.isPending}>
              {t(desk.enter)}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

const wordsOf = (error: unknown): string =>
  error instanceof Refusal && error.code.startsWith('AUTHZ') ? t(desk.refused) : reasonOf(error);

mount(<Entry />);
