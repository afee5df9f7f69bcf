import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { day, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { LINK, PUBLISH, UNLINK, useBehind, type BehindDemand } from './demand-query';
import { useThemes } from './listening-query';
import { Quotes } from './quotes';
import { listening } from './strings';

interface Demand {
  readonly id: string;
  readonly wording: string;
}

/** What members spoke about that stands behind a demand, and back from it to what they said. */
export function BehindDemandOf(props: { slug: string; demand: Demand; editable: boolean }): ReactNode {
  const { slug, demand, editable } = props;
  const found = useBehind(slug);
  const [reading, setReading] = useState(false);
  if (found.isPending) return <Waiting rows={1} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const behind = found.data?.demands.nodes.find(({ id }) => id === demand.id);
  if (behind === undefined) return null;
  const themes = behind.themes.nodes;
  return (
    <Stack gap="xs" mt="md">
      <Title order={3} size="h6">
        {t(listening.behind)}
      </Title>
      {themes.length === 0 && <Text c="dimmed">{t(listening.noBehind)}</Text>}
      {themes.map((one) => (
        <Linked key={one.id} one={one} demandId={demand.id} editable={editable} />
      ))}
      {editable && <AddTheme demand={demand} chapterId={found.data!.chapter.id} linked={themes} />}
      {themes.length > 0 && (
        <Group>
          <Button
            variant="default"
            mih={44}
            aria-expanded={reading}
            aria-label={t(listening.showQuotes, { wording: demand.wording })}
            onClick={() => setReading(!reading)}
          >
            {t(listening.quotes)}
          </Button>
          {editable && <Publish demandId={demand.id} />}
        </Group>
      )}
      {reading && <Quotes demandId={demand.id} />}
      {behind.heard.nodes.map(({ id, number, publishedAt, themes: told }) => (
        <Text key={id} size="sm">
          {`${t(listening.version, { number, day: day(publishedAt) })}: ${told.nodes.map(toldAs).join(', ')}`}
        </Text>
      ))}
    </Stack>
  );
}

const toldAs = ({ name, persons }: { name: string; persons: number | null }): string =>
  `${name} (${persons === null ? t(listening.fewPeople) : t(listening.people, { count: persons })})`;

type LinkedTheme = BehindDemand['themes']['nodes'][number];

function Linked(props: { one: LinkedTheme; demandId: string; editable: boolean }): ReactNode {
  const { one, demandId, editable } = props;
  const unlinking = useChange(UNLINK, 'listening');
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text style={{ overflowWrap: 'anywhere' }}>
        {one.state === 'SPLIT' ? t(listening.wasSplit, { name: one.name }) : one.name}
      </Text>
      {editable && one.theme !== null && (
        <Button
          variant="default"
          mih={44}
          aria-label={t(listening.unlink, { name: one.name })}
          loading={unlinking.isPending}
          onClick={() => unlinking.mutate({ input: { demandId, themeId: one.theme!.id } })}
        >
          {'×'}
        </Button>
      )}
    </Group>
  );
}

function AddTheme(props: { demand: Demand; chapterId: string; linked: readonly LinkedTheme[] }): ReactNode {
  const { demand, chapterId, linked } = props;
  const themes = useThemes(chapterId);
  const [themeId, setTheme] = useState('');
  const linking = useChange(LINK, 'listening');
  const left = (themes.data ?? []).filter(({ id }) => !linked.some(({ theme }) => theme?.id === id));
  if (left.length === 0) return null;
  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <NativeSelect
        flex={1}
        miw={0}
        label={t(listening.linkTheme, { wording: demand.wording })}
        value={themeId}
        onChange={(event) => setTheme(event.currentTarget.value)}
        styles={{ input: { minHeight: 44 } }}
        data={[
          { value: '', label: t(listening.choose) },
          ...left.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button
        variant="default"
        mih={44}
        loading={linking.isPending}
        onClick={() => {
          if (themeId === '') return;
          linking.mutate({ input: { demandId: demand.id, themeId } }, { onSuccess: () => setTheme('') });
        }}
      >
        {t(listening.link)}
      </Button>
    </Group>
  );
}

function Publish({ demandId }: { demandId: string }): ReactNode {
  const publishing = useChange(PUBLISH, 'listening');
  return (
    <Button
      variant="default"
      mih={44}
      loading={publishing.isPending}
      onClick={() => publishing.mutate({ id: demandId }, { onSuccess: () => say(t(listening.published)) })}
    >
      {t(listening.publish)}
    </Button>
  );
}
