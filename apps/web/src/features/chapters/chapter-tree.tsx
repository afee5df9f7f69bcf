import { ActionIcon, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { useScope } from '../../console/scope';
import { useMay } from '../identity/permissions';
import { roles } from '../identity/role-strings';
import { useLevel, type ChapterLine } from './chapters-query';
import classes from './chapters.module.css';
import { chapters } from './strings';

const NewChapter = lazy(() => import('./new-chapter'));
const MoveChapter = lazy(() => import('./move-chapter'));

type Doing = { readonly what: 'add' | 'move'; readonly chapter: ChapterLine };

/** The tree of chapters: how many are in each, who looks after it, and what can be changed; level by level. */
export function ChapterTree(): ReactNode {
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(chapters.title)}
      </Title>
      <Level parent={null} act={setDoing} />
      <Suspense>
        {doing?.what === 'add' && <NewChapter parent={doing.chapter} close={close} />}
        {doing?.what === 'move' && <MoveChapter chapter={doing.chapter} close={close} />}
      </Suspense>
    </Stack>
  );
}

function Level({ parent, act }: { parent: string | null; act: (doing: Doing) => void }): ReactNode {
  const { may, known } = useMay();
  const found = useLevel(parent, known && may('grants.manage'));
  if (found.isPending) return <Waiting rows={parent === null ? 6 : 2} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data.nodes.length === 0) return <Empty>{t(chapters.none)}</Empty>;
  return (
    <ul className={classes.level}>
      {found.data.nodes.map((chapter) => (
        <Branch
          key={chapter.id}
          chapter={chapter}
          act={act}
          opened={parent === null && found.data.nodes.length === 1}
        />
      ))}
    </ul>
  );
}

interface BranchProps {
  readonly chapter: ChapterLine;
  readonly act: (doing: Doing) => void;
  readonly opened: boolean;
}

function Branch({ chapter, act, opened }: BranchProps): ReactNode {
  const [open, setOpen] = useState(opened);
  const { name, kind, childCount, memberCount } = chapter;
  return (
    <li>
      <div className={classes.branch}>
        {childCount > 0 ? (
          <ActionIcon
            variant="subtle"
            size={44}
            aria-expanded={open}
            aria-label={t(chapters.open, { name })}
            onClick={() => setOpen(!open)}
          >
            <span className={classes.turn} data-open={open || undefined} aria-hidden="true">
              {'›'}
            </span>
          </ActionIcon>
        ) : (
          <span className={classes.leaf} aria-hidden="true" />
        )}
        <div className={classes.about}>
          <Group gap="xs">
            <Text fw={600} size="lg">
              {name}
            </Text>
            <Badge variant="default" tt="none" fw={500}>
              {t(chapters[kind])}
            </Badge>
          </Group>
          <Text c={memberCount === null ? 'dimmed' : undefined}>{counted(chapter)}</Text>
          {chapter.grants !== undefined && memberCount !== null && <Leads chapter={chapter} />}
        </div>
        {memberCount !== null && <Actions chapter={chapter} act={act} />}
      </div>
      {open && <Level parent={chapter.id} act={act} />}
    </li>
  );
}

function counted({ memberCount, memberCountWithin, childCount }: ChapterLine): string {
  const below = childCount > 0 ? [t(chapters.below, { count: childCount })] : [];
  if (memberCount === null) return [t(chapters.notYours), ...below].join(' · ');
  const people =
    childCount > 0
      ? t(chapters.within, { count: memberCountWithin ?? 0, own: memberCount })
      : t(chapters.members, { count: memberCount });
  return [people, ...below].join(' · ');
}

function Leads({ chapter }: { chapter: ChapterLine }): ReactNode {
  const grants = chapter.grants?.nodes ?? [];
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {grants.length === 0
        ? t(chapters.noLeads)
        : `${t(chapters.leads)}: ${grants.map(({ email, role }) => `${email ?? ''} (${t(roles[role])})`).join(', ')}`}
    </Text>
  );
}

function Actions({ chapter, act }: { chapter: ChapterLine; act: (doing: Doing) => void }): ReactNode {
  const { may } = useMay();
  const [, setScope] = useScope();
  const { id, name } = chapter;
  return (
    <Group gap="xs" className={classes.actions!}>
      <Button
        variant="default"
        px="sm"
        mih={44}
        onClick={() => {
          setScope(id);
          say(t(chapters.workingIn, { name }));
        }}
      >
        {t(chapters.work)}
      </Button>
      {may('chapters.edit') && (
        <>
          <Button
            variant="default"
            px="sm"
            mih={44}
            aria-label={t(chapters.addShortOf, { name })}
            onClick={() => act({ what: 'add', chapter })}
          >
            {t(chapters.addShort)}
          </Button>
          <Button
            variant="default"
            px="sm"
            mih={44}
            aria-label={t(chapters.moveName, { name })}
            onClick={() => act({ what: 'move', chapter })}
          >
            {t(chapters.move)}
          </Button>
        </>
      )}
    </Group>
  );
}
