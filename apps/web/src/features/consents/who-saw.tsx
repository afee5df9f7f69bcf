import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { graphql, type ResultOf } from '../../graphql';
import { fieldsInWords, purposeInWords, saw } from './ledger-words';

const WHO = graphql(`
  query WhoSawMyData($after: String) {
    whoReadMyData(first: 20, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        at
        reader
        partnerName
        purpose
        reason
        fields
      }
    }
  }
`);

/** When, who, why and which fields: the member's own page of the access ledger. */
export default function WhoSaw(): ReactNode {
  const found = useInfiniteQuery({
    queryKey: ['who-saw'],
    queryFn: ({ pageParam, signal }) => ask(WHO, { after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ whoReadMyData: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
  return (
    <Stack>
      <Title order={1} size="h2">
        {t(saw.seen)}
      </Title>
      <Text>{t(saw.seenWhy)}</Text>
      {found.isPending ? (
        <Waiting rows={4} />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Entries entries={found.data.pages.flatMap(({ whoReadMyData }) => whoReadMyData.nodes)} />
      )}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t(words.more)}
        </Button>
      )}
    </Stack>
  );
}

type Entry = ResultOf<typeof WHO>['whoReadMyData']['nodes'][number];

function Entries({ entries }: { entries: readonly Entry[] }): ReactNode {
  if (entries.length === 0) return <Empty>{t(saw.notSeen)}</Empty>;
  return entries.map(({ id, at, reader, partnerName, purpose, reason, fields }) => (
    <Paper key={id} withBorder p="sm" component="article">
      <Title order={2} size="h5">
        {partnerName ?? t(saw[reader])}
      </Title>
      <Text>{[moment(at), t(saw.whatFor, { purpose: purposeInWords(purpose) })].join(' · ')}</Text>
      {reason !== null && <Text>{t(saw.because, { reason })}</Text>}
      <Text c="dimmed" size="sm">
        {t(saw.sawWhat, { names: fieldsInWords(fields as string[]) })}
      </Text>
    </Paper>
  ));
}
