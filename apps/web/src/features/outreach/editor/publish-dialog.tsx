import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { outreach } from '../strings';
import { running } from './run-strings';

export const PEOPLE = ['MOVE', 'FINISH', 'STOP'] as const;
export type People = (typeof PEOPLE)[number];

/** Asks what becomes of those inside, and says what publishing does. */
export function PublishDialog(props: {
  title: string;
  /** How many are inside a version before. */
  inside: number;
  needsApproval: boolean;
  sending: boolean;
  close: () => void;
  publish: (people: People) => void;
}): ReactNode {
  const { title, inside, needsApproval, sending, close, publish } = props;
  const [people, setPeople] = useState<People>('MOVE');
  return (
    <Modal
      opened
      onClose={close}
      title={t(running.publishTitle, { title })}
      closeButtonProps={{ 'aria-label': t(outreach.close) }}
    >
      <Stack>
        <Text>{t(needsApproval ? running.needsApproval : running.startsNow)}</Text>
        {inside > 0 && (
          <Radio.Group
            label={t(running.inside, { count: inside })}
            value={people}
            onChange={(value) => setPeople(value as People)}
          >
            <Stack gap="xs" mt="xs">
              {PEOPLE.map((value) => (
                <Radio key={value} value={value} label={t(running[value])} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" mih={44} onClick={close} data-autofocus>
            {t(running.leaveIt)}
          </Button>
          <Button mih={44} loading={sending} onClick={() => publish(inside > 0 ? people : 'FINISH')}>
            {t(running.publishNow)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
