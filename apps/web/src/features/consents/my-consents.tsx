import { Stack, Switch, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Failed, reasonOf, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql';
import { mine } from '../members/mine-strings';
import { allowing } from './page-strings';
import { consents } from './strings';

const MY_CONSENTS = graphql(`
  query MyConsents {
    me {
      id
      phone
      consents(first: 50) {
        nodes {
          id
          purpose
          channel
          state
          wording
          source
          at
        }
      }
    }
  }
`);
const SET = graphql(`
  mutation SetMyConsent(
    $purpose: ConsentPurpose!
    $channel: ConsentChannel!
    $granted: Boolean!
    $wording: String!
  ) {
    setMyConsent(purpose: $purpose, channel: $channel, granted: $granted, wording: $wording) {
      id
    }
  }
`);
const PURPOSES = ['EVENTS', 'CAMPAIGNS', 'ORGANIZING', 'NEWSLETTER'] as const;

type Setting = VariablesOf<typeof SET>;
type Given = NonNullable<NonNullable<ResultOf<typeof MY_CONSENTS>['me']>['consents']>['nodes'][number];

/** One switch for each purpose, through each channel the member has; it says what was agreed to, where and when. */
export function MyConsents({ everything = false }: { everything?: boolean }): ReactNode {
  const found = useQuery({
    queryKey: ['my-consents'],
    queryFn: ({ signal }) => ask(MY_CONSENTS, {}, { signal }),
  });
  const set = useMutation({
    mutationFn: (setting: Setting) => ask(SET, setting),
    onSuccess: (_done, { granted }) => say(t(granted ? consents.allowed : consents.withdrawn)),
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my-consents'] }),
  });
  if (found.isPending) return <Waiting rows={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const given = found.data.me?.consents?.nodes ?? [];
  const telephone = everything && found.data.me?.phone != null;
  const channels = telephone ? (['EMAIL', 'SMS', 'PHONE'] as const) : (['EMAIL'] as const);
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(mine.consents)}
      </Title>
      {channels.map((channel) => (
        <Stack key={channel}>
          {telephone && (
            <Title order={3} size="h5">
              {t(allowing[channel])}
            </Title>
          )}
          {PURPOSES.map((purpose) => (
            <One
              key={purpose}
              name={telephone ? `${t(consents[purpose])}, ${t(consents[channel])}` : t(consents[purpose])}
              given={given.find((one) => one.purpose === purpose && one.channel === channel)}
              asked={
                set.isPending && set.variables.purpose === purpose && set.variables.channel === channel
                  ? set.variables.granted
                  : undefined
              }
              detailed={everything}
              choose={(granted) =>
                set.mutate({ purpose, channel, granted, wording: t(consents[`wording${channel}`]) })
              }
            />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

interface OneProps {
  readonly name: string;
  readonly given: Given | undefined;
  /** What was asked for and is on its way. */
  readonly asked: boolean | undefined;
  readonly detailed: boolean;
  readonly choose: (granted: boolean) => void;
}

function One({ name, given, asked, detailed, choose }: OneProps): ReactNode {
  const since = given === undefined ? t(mine.never) : t(mine.said, { when: moment(given.at) });
  const said =
    detailed && given !== undefined
      ? t(consents.said, { wording: given.wording, source: given.source })
      : undefined;
  return (
    <Switch
      size="md"
      label={name}
      description={
        <>
          {since}
          {said !== undefined && (
            <Text span display="block" size="sm" c="dimmed">
              {said}
            </Text>
          )}
        </>
      }
      checked={asked ?? given?.state === 'GRANTED'}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
