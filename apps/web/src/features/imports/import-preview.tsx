import { Alert, Button, Group, Progress, Stack, Table, Tabs, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { COMMIT, isWorking, UNDO, useRows, useRun, type Outcome, type Run } from './imports-query';
import { fieldWord, problemWord } from './import-words';
import classes from './imports.module.css';
import { imports } from './strings';

const OUTCOMES = ['NEW', 'UPDATED', 'UNCHANGED', 'REJECTED'] as const;
const countOf = (run: Run): Record<Outcome, number> => ({
  NEW: run.newCount,
  UPDATED: run.updatedCount,
  UNCHANGED: run.unchangedCount,
  REJECTED: run.rejectedCount,
});

/** What an import would change, row by row; then how far it is, and the way back. */
export function ImportPreview({ id, another }: { id: string; another: () => void }): ReactNode {
  const found = useRun(id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(imports.none)}</Empty>;
  const run = found.data;
  const counts = countOf(run);
  return (
    <Stack>
      <Act run={run} another={another} />
      <Tabs defaultValue={OUTCOMES.find((outcome) => counts[outcome] > 0) ?? 'NEW'} keepMounted={false}>
        <Tabs.List className={classes.tabs!}>
          {OUTCOMES.map((outcome) => (
            <Tabs.Tab key={outcome} value={outcome}>
              {`${t(imports[outcome])} ${number(counts[outcome])}`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {OUTCOMES.map((outcome) => (
          <Tabs.Panel key={outcome} value={outcome} pt="md">
            <Rows id={id} outcome={outcome} state={run.state} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function Act({ run, another }: { run: Run; another: () => void }): ReactNode {
  const [wording, setWording] = useState('');
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['import', run.id] });
  const commit = useMutation({
    mutationFn: () =>
      ask(COMMIT, {
        input: {
          id: run.id,
          consent:
            wording.trim() === ''
              ? null
              : { purposes: ['events'], channels: ['email'], wording: wording.trim() },
        },
      }),
    onSettled: again,
  });
  const undo = useMutation({ mutationFn: () => ask(UNDO, { id: run.id }), onSettled: again });
  const failed = commit.error ?? undo.error;
  const changes = run.newCount + run.updatedCount;
  return (
    <Stack>
      {failed !== null && <Failed error={failed} />}
      {isWorking(run) && <Working run={run} />}
      {run.state === 'PREVIEWED' &&
        (changes === 0 ? (
          <Alert role="status">{t(imports.nothing)}</Alert>
        ) : (
          <>
            <TextInput
              label={t(imports.consent)}
              value={wording}
              onChange={(event) => setWording(event.currentTarget.value)}
            />
            <Group>
              <Button onClick={() => commit.mutate()} loading={commit.isPending}>
                {t(imports.commit, { count: changes })}
              </Button>
              <Button variant="default" onClick={another}>
                {t(imports.another)}
              </Button>
            </Group>
          </>
        ))}
      {(run.state === 'COMMITTED' ||
        run.state === 'UNDONE' ||
        run.state === 'FAILED' ||
        run.state === 'CLOSED') && (
        <Alert role="status">
          <Stack align="flex-start" gap="xs">
            <Text>{t(imports[run.state], { kept: run.keptCount, problem: run.problem })}</Text>
            <Group>
              {run.state === 'COMMITTED' && (
                <Button variant="default" onClick={() => undo.mutate()} loading={undo.isPending}>
                  {t(imports.undo)}
                </Button>
              )}
              <Button variant="default" onClick={another}>
                {t(imports.another)}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}

function Working({ run }: { run: Run }): ReactNode {
  const words = t(imports.working, { done: number(run.doneCount), all: number(run.rowCount) });
  return (
    <Stack gap={4}>
      <Text role="status">{words}</Text>
      <Progress.Root size="lg">
        <Progress.Section value={(100 * run.doneCount) / Math.max(1, run.rowCount)} aria-label={words} />
      </Progress.Root>
    </Stack>
  );
}

function Rows({ id, outcome, state }: { id: string; outcome: Outcome; state: string }): ReactNode {
  const rows = useRows(id, outcome, state);
  if (rows.isPending) return <Waiting rows={4} />;
  if (rows.isError) return <Failed error={rows.error} retry={() => void rows.refetch()} />;
  if (rows.data.length === 0) return <Empty>{t(imports.none)}</Empty>;
  return (
    <Table className={classes.rows!}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t(imports.line)}</Table.Th>
          <Table.Th>{t(imports.person)}</Table.Th>
          <Table.Th>{t(outcome === 'REJECTED' ? imports.why : imports.changes)}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.data.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td data-word={t(imports.line)}>{number(row.line)}</Table.Td>
            <Table.Td>
              {[row.givenName, row.familyName, row.email ?? row.phone].filter(Boolean).join(' ')}
            </Table.Td>
            <Table.Td data-word={t(outcome === 'REJECTED' ? imports.why : imports.changes)}>
              {outcome === 'REJECTED'
                ? [row.problemColumn, row.problem === null ? '' : problemWord(row.problem)]
                    .filter(Boolean)
                    .join(': ')
                : (row.changed as string[]).map(fieldWord).join(', ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
