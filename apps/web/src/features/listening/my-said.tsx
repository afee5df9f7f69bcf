import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { day, i18n, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { MyAllowed } from './my-allowed';
import { useMyTestimony, WITHDRAW, type MyTestimony } from './my-said-query';
import { said } from './my-said-strings';
import { Said } from './said';

/** What the member said in listening sessions: read, allow more or less, or take back. */
export default function MySaid(): ReactNode {
  const found = useMyTestimony();
  return (
    <Stack>
      <Title order={1} size="h2">
        {t(said.title)}
      </Title>
      <Text>{t(said.about)}</Text>
      {found.isPending ? (
        <Waiting rows={3} />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <List
          all={found.data.pages.flatMap(({ myTestimony }) => myTestimony.nodes)}
          wording={found.data.pages[0]!.testimonyConsentWordings.find(({ current }) => current)}
        />
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

interface Wording {
  readonly version: string;
  readonly en: string;
  readonly es: string;
}

function List({ all, wording }: { all: readonly MyTestimony[]; wording: Wording | undefined }): ReactNode {
  if (all.length === 0) return <Empty>{t(said.none)}</Empty>;
  return (
    <>
      {wording !== undefined && <Text>{i18n.locale === 'es' ? wording.es : wording.en}</Text>}
      {all.map((one) => (
        <Paper key={one.id} withBorder p="md" component="article">
          {one.state === 'WITHDRAWN' ? (
            <Text c="dimmed">{t(said.withdrawn, { when: day(one.withdrawnAt!) })}</Text>
          ) : (
            <Standing one={one} wordingVersion={wording?.version ?? ''} />
          )}
        </Paper>
      ))}
    </>
  );
}

function Standing({ one, wordingVersion }: { one: MyTestimony; wordingVersion: string }): ReactNode {
  const about = one.themes.map(({ name }) => name).join(', ');
  return (
    <Stack>
      <Title order={2} size="h5">
        {t(said.saidOn, { when: day(one.heardAt) })}
      </Title>
      <Said one={one} />
      {about !== '' && <Text c="dimmed">{t(said.themes, { list: about })}</Text>}
      <MyAllowed
        key={`${one.quote} ${one.namedAs} ${one.sharedWith}`}
        one={one}
        wordingVersion={wordingVersion}
      />
      <TakeBack id={one.id} />
    </Stack>
  );
}

function TakeBack({ id }: { id: string }): ReactNode {
  const [asking, setAsking] = useState(false);
  const withdrawing = useChange(WITHDRAW, 'my-testimony');
  if (!asking)
    return (
      <Button variant="default" mih={44} onClick={() => setAsking(true)}>
        {t(said.withdraw)}
      </Button>
    );
  return (
    <Stack gap="xs" role="group" aria-label={t(said.withdraw)}>
      <Text role="status">{t(said.sure)}</Text>
      <Button
        mih={44}
        loading={withdrawing.isPending}
        onClick={() => withdrawing.mutate({ id }, { onSuccess: () => say(t(said.gone)) })}
      >
        {t(said.really)}
      </Button>
      <Button variant="default" mih={44} onClick={() => setAsking(false)}>
        {t(said.keep)}
      </Button>
    </Stack>
  );
}
