import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { ErrorSummary, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { reasonOf } from '../../app/outcome';
import { say } from '../../app/say';
import { graphql } from '../../graphql';
import { ownRecord } from './own-record-strings';

const EXPORT = graphql(`
  mutation ExportMyData {
    exportMyData
  }
`);
const EVERYWHERE = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere
  }
`);
const LEAVE = graphql(`
  mutation LeaveAndErase {
    leaveAndErase
  }
`);
const SURE = 'leave-sure';

/** Hands a file to the browser's downloads. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

/** What a member can do with all that the union keeps of them: take it along, close sessions, be erased. */
export default function MyData(): ReactNode {
  const [left, setLeft] = useState(false);
  const take = useMutation({
    mutationFn: () => ask(EXPORT, {}),
    onSuccess: ({ exportMyData }) => {
      download(
        `unionhall-${new Date().toISOString().slice(0, 10)}.json`,
        JSON.stringify(exportMyData, null, 2),
      );
      say(t(ownRecord.downloaded));
    },
    onError: (error) => say(reasonOf(error), 'alert'),
  });
  const everywhere = useMutation({
    mutationFn: () => ask(EVERYWHERE, {}),
    onSuccess: () => window.location.reload(),
    onError: (error) => say(reasonOf(error), 'alert'),
  });
  if (left)
    return (
      <Stack role="status">
        <Title order={1} size="h2">
          {t(ownRecord.farewell)}
        </Title>
        <Text>{t(ownRecord.farewellWhy)}</Text>
      </Stack>
    );
  return (
    <Stack gap="xl">
      <Title order={1} size="h2">
        {t(ownRecord.data)}
      </Title>
      <Stack component="section" align="flex-start">
        <Title order={2} size="h4">
          {t(ownRecord.take)}
        </Title>
        <Text>{t(ownRecord.takeWhy)}</Text>
        <Button onClick={() => take.mutate()} loading={take.isPending}>
          {t(ownRecord.download)}
        </Button>
      </Stack>
      <Stack component="section" align="flex-start">
        <Title order={2} size="h4">
          {t(ownRecord.sessions)}
        </Title>
        <Text>{t(ownRecord.sessionsWhy)}</Text>
        <Button variant="default" onClick={() => everywhere.mutate()} loading={everywhere.isPending}>
          {t(ownRecord.everywhere)}
        </Button>
      </Stack>
      <Leave onLeft={() => setLeft(true)} />
    </Stack>
  );
}

function Leave({ onLeft }: { onLeft: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const [sure, setSure] = useState(false);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const leave = useMutation({
    mutationFn: () => ask(LEAVE, {}),
    onSuccess: onLeft,
    onError: (error) => setProblems([{ message: reasonOf(error) }]),
  });
  const send = (): void => {
    setProblems(sure ? [] : [{ field: SURE, message: t(ownRecord.leaveUnsure) }]);
    if (sure) leave.mutate();
  };
  return (
    <Stack component="section" align="flex-start">
      <Title order={2} size="h4">
        {t(ownRecord.leave)}
      </Title>
      <Text>{t(ownRecord.leaveWhy)}</Text>
      <Text>{t(ownRecord.leaveStays)}</Text>
      {asking ? (
        <>
          <ErrorSummary problems={problems} />
          <Checkbox
            id={SURE}
            size="md"
            label={t(ownRecord.leaveSure)}
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />
          <Group gap="xs">
            <Button color="red.9" onClick={send} loading={leave.isPending}>
              {t(ownRecord.leaveYes)}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t(ownRecord.leaveNo)}
            </Button>
          </Group>
        </>
      ) : (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t(ownRecord.leaveAsk)}
        </Button>
      )}
    </Stack>
  );
}
