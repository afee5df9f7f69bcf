import { Anchor, Stack, Tabs, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { AgreementTable } from './agreement';
import { Coding } from './coding';
import classes from './listening.module.css';
import { useListeningSession } from './listening-query';
import { Notes } from './notes';
import { listening } from './strings';
import { Themes } from './themes';

/** The desk of a listening session: what was said, what it is about, how far two coders agree. */
export function ListeningDesk(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useListeningSession(id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { gathering, testimonyConsentWordings } = found.data;
  const wording = testimonyConsentWordings.find(({ current }) => current);
  if (gathering?.kind !== 'LISTENING_SESSION' || wording === undefined)
    return <Empty>{t(listening.notFound)}</Empty>;
  return (
    <Stack maw={1100}>
      <Title order={1} size="h2">
        {t(listening.title)}
      </Title>
      <Text c="dimmed">{`${gathering.title} · ${gathering.chapter.name}`}</Text>
      <Anchor component={Link} to="/gatherings/$id" params={{ id } as never}>
        {t(listening.back)}
      </Anchor>
      <Tabs defaultValue="notes" keepMounted={false}>
        <Tabs.List className={classes.tabs!}>
          {(['notes', 'coding', 'agreement', 'themes'] as const).map((tab) => (
            <Tabs.Tab key={tab} value={tab} mih={44}>
              {t(listening[tab])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="notes" pt="md">
          <Notes session={gathering} wording={wording} />
        </Tabs.Panel>
        <Tabs.Panel value="coding" pt="md">
          <Coding session={gathering} />
        </Tabs.Panel>
        <Tabs.Panel value="agreement" pt="md">
          <AgreementTable gatheringId={gathering.id} />
        </Tabs.Panel>
        <Tabs.Panel value="themes" pt="md">
          <Themes chapterId={gathering.chapter.id} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
