import { Anchor, Group, NativeSelect, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { moment, t } from '../../app/i18n';
import { Icon, type IconName } from '../../console/icons';
import type { MemberRecord } from './member-query';
import { record } from './record-strings';
import { entriesOf, KINDS, type Entry, type Kind } from './timeline-entries';
import classes from './timeline.module.css';

const ICONS: Readonly<Record<Kind, IconName>> = {
  gatherings: 'gatherings',
  commitments: 'campaigns',
  consents: 'check',
  messages: 'mailbox',
  imports: 'imports',
};

/** All that happened with a member in one line of time, the latest first; or one kind of it. */
export function Timeline({ member }: { member: MemberRecord }): ReactNode {
  const [kind, setKind] = useState<Kind | ''>('');
  const all = entriesOf(member);
  const shown = kind === '' ? all : all.filter((one) => one.kind === kind);
  return (
    <section aria-label={t(record.history)}>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4">
          {t(record.history)}
        </Title>
        {all.length > 0 && (
          <NativeSelect
            aria-label={t(record.show)}
            styles={{ input: { minHeight: 44 } }}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as Kind | '')}
            data={[
              { value: '', label: t(record.all) },
              ...KINDS.map((value) => ({ value, label: t(record[value]) })),
            ]}
          />
        )}
      </Group>
      {shown.length === 0 ? (
        <Text c="dimmed">{t(all.length === 0 ? record.nothing : record.nothingOf)}</Text>
      ) : (
        <ol className={classes.line}>
          {shown.map((entry) => (
            <Happened key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Happened({ entry: { kind, at, title, about, to } }: { entry: Entry }): ReactNode {
  return (
    <li className={classes.entry}>
      <span className={classes.sign}>
        <Icon name={ICONS[kind]} size={18} />
      </span>
      <div className={classes.what}>
        {to === undefined ? (
          <Text fw={600}>{title}</Text>
        ) : (
          <Anchor component={Link} to={to} fw={600}>
            {title}
          </Anchor>
        )}
        <Text>{about}</Text>
        <Text size="sm" c="dimmed">
          <time dateTime={at}>{moment(at)}</time>
        </Text>
      </div>
    </li>
  );
}
