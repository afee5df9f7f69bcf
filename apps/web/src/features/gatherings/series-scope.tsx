import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { series } from './series-strings';

export const SCOPES = ['THIS', 'FOLLOWING', 'ALL'] as const;
export type Scope = (typeof SCOPES)[number];

/** Of a gathering that repeats: which dates are meant. */
export function SeriesScope(props: {
  label: string;
  value: Scope;
  choose: (scope: Scope) => void;
}): ReactNode {
  const { label, value, choose } = props;
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => choose(chosen as Scope)}>
      <Stack gap="xs" mt="xs">
        {SCOPES.map((one) => (
          <Radio key={one} value={one} label={t(series[one])} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
