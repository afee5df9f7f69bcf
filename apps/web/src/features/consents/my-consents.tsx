import { Stack, Switch, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { mine } from '../members/mine-strings';
import { consents } from './strings';

const MY_CONSENTS = graphql(`
  query MyConsents {
    me {
      id
      consents(first: 50, filter: { channel: { eq: EMAIL } }) {
        nodes {
          id
          purpose
          state
          at
        }
      }
    }
  }
`);
const SET = graphql(`
  mutation SetMyConsent($purpose: ConsentPurpose!, $granted: Boolean!, $wording: String!) {
    setMyConsent(purpose: $purpose, channel: EMAIL, granted: $granted, wording: $wording) {
      id
    }
  }
`);
const PURPOSES = ['EVENTS', 'CAMPAIGNS', 'ORGANIZING', 'NEWSLETTER'] as const;

/** One switch for each purpose; it says since when it stands. */
export function MyConsents(): ReactNode {
  const found = useQuery({
    queryKey: ['my-consents'],
    queryFn: ({ signal }) => ask(MY_CONSENTS, {}, { signal }),
  });
  const set = useChange(SET, 'my-consents');
  if (found.isPending) return <Waiting rows={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const given = found.data.me?.consents?.nodes ?? [];
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(mine.consents)}
      </Title>
      {PURPOSES.map((purpose) => {
        const consent = given.find((one) => one.purpose === purpose);
        const asked = set.isPending && set.variables.purpose === purpose ? set.variables.granted : undefined;
        return (
          <Switch
            key={purpose}
            size="md"
            label={t(consents[purpose])}
            description={consent === undefined ? t(mine.never) : t(mine.said, { when: moment(consent.at) })}
            checked={asked ?? consent?.state === 'GRANTED'}
            onChange={(event) =>
              set.mutate({ purpose, granted: event.currentTarget.checked, wording: t(mine.wording) })
            }
          />
        );
      })}
    </Stack>
  );
}
