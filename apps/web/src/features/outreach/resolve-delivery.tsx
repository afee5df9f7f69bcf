import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { outreach } from './strings';

const RESOLVE = graphql(`
  mutation ResolveDelivery($id: ID!, $resolution: DeliveryResolution!) {
    resolveDelivery(id: $id, resolution: $resolution) {
      id
      state
    }
  }
`);
const ANSWERS = {
  ACCEPTED: outreach.itArrived,
  REJECTED: outreach.itDidNot,
  SEND_AGAIN: outreach.sendAgain,
} as const;

/** What an organizer has found out about a message of which nobody knows. */
export function ResolveDelivery({ id, name }: { id: string; name: string }): ReactNode {
  const resolve = useChange(RESOLVE, 'sequence');
  return (
    <Group gap="xs" role="group" aria-label={name}>
      {(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]).map((resolution) => (
        <Button
          key={resolution}
          variant="default"
          mih={44}
          loading={resolve.isPending && resolve.variables.resolution === resolution}
          onClick={() => resolve.mutate({ id, resolution })}
        >
          {t(ANSWERS[resolution])}
        </Button>
      ))}
    </Group>
  );
}
