import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { i18n, number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { useMay } from '../identity/permissions';
import { Contact } from './contact';
import { languageName } from './languages';
import { useMember, type MemberRecord as Record } from './member-query';
import { MemberTags } from './member-tags';
import { nameOf } from './name';
import { record } from './record-strings';
import { members } from './strings';
import { Timeline } from './timeline';
import classes from './timeline.module.css';

const EditMember = lazy(() => import('./edit-member'));

/** What the union knows of one member. Contact data is read apart, with a reason that the member sees. */
export function MemberRecord(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const { may, known } = useMay();
  const found = useMember(
    id,
    {
      contact: may('members.contact'),
      outreach: may('outreach.run'),
      imports: may('members.import'),
    },
    known,
  );
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(members.notFound)}</Empty>;
  const member = found.data;
  return (
    <Stack maw={1080} gap="lg">
      <Head member={member} mayEdit={may('members.edit')} />
      <div className={classes.record}>
        <Stack>
          {may('members.contact') && <Contact key={id} id={id} />}
          <MemberTags id={id} tags={member.tags as string[]} may={may('members.edit')} />
          <Facts member={member} />
        </Stack>
        <Timeline key={id} member={member} />
      </div>
    </Stack>
  );
}

function Head({ member, mayEdit }: { member: Record; mayEdit: boolean }): ReactNode {
  const [editing, setEditing] = useState(false);
  return (
    <div>
      <Anchor component={Link} to="/members" size="sm">
        {t(record.back)}
      </Anchor>
      <Group justify="space-between" align="flex-start" mt={4}>
        <div style={{ minWidth: 0 }}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            {nameOf(member)}
          </Title>
          <Group gap="xs" mt={4}>
            <Badge size="lg" variant="default" tt="none" fw={600}>
              {t(members[member.status])}
            </Badge>
            <Text>{member.chapter.name}</Text>
            <Text c="dimmed">{languageName(member.language)}</Text>
          </Group>
        </div>
        {mayEdit && (
          <Button variant="default" mih={44} onClick={() => setEditing(true)}>
            {t(record.edit)}
          </Button>
        )}
      </Group>
      <Suspense>{editing && <EditMember member={member} close={() => setEditing(false)} />}</Suspense>
    </div>
  );
}

function Facts({ member }: { member: Record }): ReactNode {
  const facts: [string, string][] = [
    [t(record.timesCame), number(member.attendanceCount)],
    [t(record.lives), [member.city, member.country].filter(Boolean).join(', ')],
    [t(record.joinedOn), member.joinedOn === null ? '' : i18n.date(`${member.joinedOn}T00:00:00`)],
    [t(record.knownSince), i18n.date(member.createdAt)],
  ];
  return (
    <Paper withBorder p="md" component="section" aria-label={t(record.facts)}>
      <Title order={2} size="h5" mb="xs">
        {t(record.facts)}
      </Title>
      <Stack gap="xs">
        {facts
          .filter(([, value]) => value !== '')
          .map(([word, value]) => (
            <Group key={word} justify="space-between" gap="xs">
              <Text c="dimmed">{word}</Text>
              <Text>{value}</Text>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}
