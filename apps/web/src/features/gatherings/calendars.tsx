import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, reasonOf, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { graphql } from '../../graphql';
import { calendars } from './calendars-strings';
import classes from './gathering.module.css';

const FEEDS = graphql(`
  query CalendarFeeds {
    calendarFeeds {
      id
      shows
      createdAt
    }
  }
`);
const MAKE = graphql(`
  mutation CreateCalendarFeed($input: CreateCalendarFeedInput!) {
    createCalendarFeed(input: $input) {
      id
      address
    }
  }
`);
const REVOKE = graphql(`
  mutation RevokeCalendarFeed($id: ID!) {
    revokeCalendarFeed(id: $id)
  }
`);
export type FeedShows = 'MINE' | 'ORGANIZER';

/** Addresses by which calendar programs follow gatherings: made, shown once, and revoked. */
export function Calendars({ offered }: { offered: readonly FeedShows[] }): ReactNode {
  const [shows, setShows] = useState<FeedShows>(offered[0]!);
  const found = useQuery({
    queryKey: ['calendars'],
    queryFn: async ({ signal }) => (await ask(FEEDS, {}, { signal })).calendarFeeds,
  });
  const make = useMutation({
    mutationFn: async () => (await ask(MAKE, { input: { shows } })).createCalendarFeed,
    onError: (error) => say(reasonOf(error), 'alert'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['calendars'] }),
  });
  const revoke = useChange(REVOKE, 'calendars');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        {t(calendars.title)}
      </Title>
      <Text>{t(calendars.lead)}</Text>
      <Group align="flex-end">
        {offered.length > 1 && (
          <NativeSelect
            aria-label={t(calendars.title)}
            value={shows}
            onChange={(event) => setShows(event.currentTarget.value as FeedShows)}
            data={offered.map((value) => ({ value, label: t(calendars[value]) }))}
          />
        )}
        <Button mih={44} loading={make.isPending} onClick={() => make.mutate()}>
          {t(calendars.make)}
        </Button>
      </Group>
      {make.data !== undefined && (
        <Alert variant="outline" title={t(calendars.shown)}>
          <TextInput
            label={t(calendars.address)}
            readOnly
            value={make.data.address}
            onFocus={(event) => event.currentTarget.select()}
          />
        </Alert>
      )}
      {found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Waiting rows={2} />
      ) : found.data.length === 0 ? (
        <Empty>{t(calendars.none)}</Empty>
      ) : (
        <Stack component="ul" gap={6} className={classes.list} aria-label={t(calendars.title)}>
          {found.data.map(({ id, shows: what, createdAt }) => (
            <Paper key={id} withBorder px="sm" py="xs" component="li">
              <Group justify="space-between" mih={44}>
                <Text>{`${t(calendars[what])}, ${t(calendars.since, { when: moment(createdAt, here) })}`}</Text>
                <Button
                  variant="default"
                  mih={44}
                  aria-label={t(calendars.revokeWhich, { what: t(calendars[what]) })}
                  onClick={() => revoke.mutate({ id })}
                >
                  {t(calendars.revoke)}
                </Button>
              </Group>
            </Paper>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** In the console. */
export const OrganizerCalendars = (): ReactNode => <Calendars offered={['ORGANIZER']} />;

/** In the portal. */
export const MemberCalendars = (): ReactNode => <Calendars offered={['MINE']} />;
