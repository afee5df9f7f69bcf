import { NativeSelect, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import type { GatheringDraft } from './gathering-draft';
import { planning } from './planning-strings';

const OFFERS = ['', '6', '12', '24', '48', '72'];

/** Who is let in, whom they may bring, and what becomes of a place that is given back. */
export function PlacesFields(props: {
  draft: GatheringDraft;
  change: (part: Partial<GatheringDraft>) => void;
}): ReactNode {
  const { draft, change } = props;
  const input = (name: 'admission' | 'guests' | 'offerHours') => ({
    id: name,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const offers = OFFERS.includes(draft.offerHours) ? OFFERS : [...OFFERS, draft.offerHours];
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          {...input('admission')}
          label={t(planning.admission)}
          data={(['OPEN', 'APPROVAL', 'INVITATION'] as const).map((value) => ({
            value,
            label: t(planning[value]),
          }))}
        />
        <NativeSelect {...input('guests')} label={t(planning.guests)} data={['0', '1', '2', '3', '4', '5']} />
      </SimpleGrid>
      {draft.capacity.trim() !== '' && (
        <NativeSelect
          {...input('offerHours')}
          label={t(planning.offer)}
          data={offers.map((value) => ({
            value,
            label: value === '' ? t(planning.offerNow) : t(planning.offerHours, { count: Number(value) }),
          }))}
        />
      )}
    </>
  );
}
