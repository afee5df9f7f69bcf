import { Button, Group, List, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { graphql } from '../../graphql';
import type { Gathering } from './gathering-query';
import { hall } from './gathering-strings';
import { series } from './series-strings';
import { SeriesScope, type Scope } from './series-scope';

const CANCEL = graphql(`
  mutation CancelGathering($id: ID!) {
    cancelGathering(gatheringId: $id) {
      id
      state
    }
  }
`);

const CANCEL_SERIES = graphql(`
  mutation CancelSeries($id: ID!, $scope: SeriesScope!) {
    cancelSeries(gatheringId: $id, scope: $scope)
  }
`);

/** Asks before a gathering is cancelled, and says who hears of it. */
export function CancelGathering(props: {
  gathering: Gathering;
  opened: boolean;
  close: () => void;
}): ReactNode {
  const { gathering, opened, close } = props;
  const cancel = useChange(CANCEL, 'gathering');
  const cancelMany = useChange(CANCEL_SERIES, 'gathering');
  const [scope, setScope] = useState<Scope>('THIS');
  const { id } = gathering;
  const send = (): void =>
    scope === 'THIS'
      ? cancel.mutate({ id }, { onSettled: close })
      : cancelMany.mutate({ id, scope }, { onSettled: close });
  const told = gathering.GOING!.totalCount + gathering.MAYBE!.totalCount + gathering.WAITLISTED!.totalCount;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(hall.cancelTitle)}
      closeButtonProps={{ 'aria-label': t(hall.close) }}
    >
      <Stack>
        {gathering.series !== null && (
          <SeriesScope label={t(series.scopeCancel)} value={scope} choose={setScope} />
        )}
        <List spacing="xs">
          <List.Item>{t(hall.cancelNotice, { count: told })}</List.Item>
          {told > 0 && <List.Item>{t(hall.cancelCalendar)}</List.Item>}
          <List.Item>{t(hall.cancelSequences)}</List.Item>
          <List.Item>{t(hall.cannotUndo)}</List.Item>
        </List>
        <Group justify="flex-end">
          <Button variant="default" mih={44} onClick={close} data-autofocus>
            {t(hall.keep)}
          </Button>
          <Button mih={44} loading={cancel.isPending || cancelMany.isPending} onClick={send}>
            {t(hall.cancel)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
