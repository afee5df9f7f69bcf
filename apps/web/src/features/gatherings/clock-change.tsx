import { Alert, Button, Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { i18n, t } from '../../app/i18n';
import { agenda } from './agenda-strings';
import type { ClockChange, GatheringDraft } from './gathering-draft';

/** A local time as it is read: `Sun, Mar 8, 3:00 AM`. @param local `YYYY-MM-DDTHH:mm`. */
export const readLocal = (local: string): string =>
  i18n.date(`${local}:00Z`, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  });

/** A time that a clock change skips: the next one there is. One that comes twice: which. */
export function ClockChoice({
  change,
  offset,
  choose,
}: {
  change: ClockChange;
  offset: string;
  choose: (part: Partial<GatheringDraft>) => void;
}): ReactNode {
  if (change.kind === 'gap') {
    const [date, time] = change.next.split('T') as [string, string];
    return (
      <Alert variant="outline" title={t(agenda.gap, { time: readLocal(change.next) })}>
        <Button variant="default" mih={44} onClick={() => choose({ date, time, offset: '' })}>
          {t(agenda.useIt, { time: readLocal(change.next) })}
        </Button>
      </Alert>
    );
  }
  return (
    <Radio.Group label={t(agenda.twice)} value={offset} onChange={(value) => choose({ offset: value })}>
      <Stack gap="xs" mt="xs">
        {change.offsets.map((value, index) => (
          <Radio
            key={value}
            value={value}
            label={t(index === 0 ? agenda.first : agenda.second, { offset: value })}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
