import { Stack, Text } from '@mantine/core';
import encodeQR from 'qr';
import { useMemo, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { ahead } from './my-strings';
import classes from './ticket.module.css';

/** How many of the last signs the door takes when they are typed. */
const TYPED = 8;

/** The squares of a code as one path, a unit each. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');

/** What opens the door: a QR code that holds the answer's id and nothing about the person. */
export function Ticket({ rsvpId }: { rsvpId: string }): ReactNode {
  const code = rsvpId
    .replace(/^Rsvp_/, '')
    .replaceAll('-', '')
    .toUpperCase();
  const rows = useMemo(() => encodeQR(code, 'raw', { border: 4 }), [code]);
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{t(ahead.ticket)}</Text>
      <svg
        role="img"
        aria-label={t(ahead.ticket)}
        className={classes.ticket}
        viewBox={`0 0 ${rows.length} ${rows.length}`}
        shapeRendering="crispEdges"
      >
        <path d={pathOf(rows)} />
      </svg>
      <Text size="sm">{t(ahead.code, { code: code.slice(-TYPED) })}</Text>
    </Stack>
  );
}
