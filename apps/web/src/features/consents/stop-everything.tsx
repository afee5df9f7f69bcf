import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { reasonOf } from '../../app/outcome';
import { say } from '../../app/say';
import { graphql } from '../../graphql';
import { allowing } from './page-strings';

const STOP = graphql(`
  mutation StopEverything {
    stopEverything {
      id
    }
  }
`);

/** Takes back every consent at once, and says since when that holds. */
export function StopEverything(): ReactNode {
  const [asking, setAsking] = useState(false);
  const [since, setSince] = useState<string>();
  const stop = useMutation({
    mutationFn: () => ask(STOP, {}),
    onSuccess: () => {
      setAsking(false);
      setSince(new Date().toISOString());
    },
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my-consents'] }),
  });
  return (
    <Stack align="flex-start">
      {since !== undefined && <Alert role="status">{t(allowing.stopped, { when: moment(since) })}</Alert>}
      {asking ? (
        <>
          <Text role="status">{t(allowing.stopAsk)}</Text>
          <Group gap="xs">
            <Button onClick={() => stop.mutate()} loading={stop.isPending}>
              {t(allowing.stopYes)}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t(allowing.stopNo)}
            </Button>
          </Group>
        </>
      ) : (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t(allowing.stop)}
        </Button>
      )}
    </Stack>
  );
}
