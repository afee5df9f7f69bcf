import { Alert, Button, Group, Paper, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { reasonOf } from '../../app/outcome';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { graphql } from '../../graphql';
import { useMay } from '../identity/permissions';
import classes from './members.module.css';
import { members } from './strings';
import type { Tagged } from './tag-many';
import type { Selection } from './use-selection';

const TagMany = lazy(() => import('./tag-many'));
const UNDO = graphql(`
  mutation UndoTagging($id: ID!) {
    undoTagging(id: $id)
  }
`);

/** How many are selected, the way to select everyone that matches, and what can be done with them. */
export function SelectionBar({ selection, total }: { selection: Selection; total: number }): ReactNode {
  const { may } = useMay();
  const [verb, setVerb] = useState<'add' | 'remove'>();
  const [tagged, setTagged] = useState<Tagged>();
  return (
    <>
      {tagged !== undefined && <Done tagged={tagged} close={() => setTagged(undefined)} />}
      <Paper className={classes.bar!} data-open={selection.count > 0 || undefined}>
        <Group gap="0.25rem 0.5rem">
          <Text role="status" fw={600} me={selection.count > 0 ? 'xs' : 0}>
            {selection.count > 0 && t(members.selectedCount, { count: selection.count })}
          </Text>
          {!selection.isAll && (
            <Button
              variant="subtle"
              mih={44}
              px="xs"
              ms={selection.count > 0 ? 0 : -10}
              onClick={selection.selectAll}
            >
              {t(members.selectAll, { count: total })}
            </Button>
          )}
          {selection.count > 0 && (
            <>
              {may('members.edit') && (
                <>
                  <Button mih={44} onClick={() => setVerb('add')}>
                    {t(members.addTag)}
                  </Button>
                  <Button variant="default" mih={44} onClick={() => setVerb('remove')}>
                    {t(members.removeTag)}
                  </Button>
                </>
              )}
              <Button variant="subtle" mih={44} px="xs" onClick={selection.clear}>
                {t(members.selectNone)}
              </Button>
            </>
          )}
        </Group>
      </Paper>
      <Suspense>
        {verb !== undefined && (
          <TagMany
            verb={verb}
            selection={selection}
            close={() => setVerb(undefined)}
            done={(made) => {
              setTagged(made);
              setVerb(undefined);
              selection.clear();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** What a change of tags did, with the way back. */
function Done({ tagged, close }: { tagged: Tagged; close: () => void }): ReactNode {
  const undo = useMutation({
    mutationFn: (id: string) => ask(UNDO, { id }),
    onSuccess: ({ undoTagging }) => {
      say(t(members.undone, { count: undoTagging }));
      close();
    },
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['members'] }),
  });
  const { verb, tag, changed, outOfReach, runId } = tagged;
  return (
    <Alert role="status" variant="outline">
      <Group justify="space-between" gap="xs">
        <div>
          <Text>{t(verb === 'add' ? members.tagged : members.untagged, { count: changed, tag })}</Text>
          {outOfReach > 0 && (
            <Text size="sm" c="dimmed">
              {t(members.outOfReach, { count: outOfReach })}
            </Text>
          )}
        </div>
        <Group gap="xs">
          {runId !== null && (
            <Button variant="default" mih={44} loading={undo.isPending} onClick={() => undo.mutate(runId)}>
              {t(members.undo)}
            </Button>
          )}
          <Button variant="subtle" mih={44} onClick={close}>
            {t(words.close)}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
