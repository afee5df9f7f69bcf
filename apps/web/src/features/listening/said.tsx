import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { languageName } from '../members/languages';
import classes from './listening.module.css';
import type { Spoken } from './listening-query';
import { listening } from './strings';

type Words = Spoken['texts'][number];
/** A testimony as the desk has it, or its speaker. */
type Told = Pick<Spoken, 'quote' | 'namedAs' | 'sharedWith' | 'texts'>;

/** The words of a testimony, the original first, each other marked by whom. */
export function Said({ one }: { one: Told }): ReactNode {
  const others = one.texts.filter(({ kind }) => kind !== 'ORIGINAL');
  const original = one.texts.find(({ kind }) => kind === 'ORIGINAL');
  return (
    <Stack gap="xs">
      {original !== undefined && (
        <div>
          <Text lang={original.language} dir="auto" className={classes.said!}>
            {original.text ?? t(listening.unreadable)}
          </Text>
          <Text size="sm" c="dimmed">
            {[
              languageName(original.language),
              t(listening[one.quote]),
              t(listening[one.namedAs]),
              t(listening[one.sharedWith]),
            ].join(' · ')}
          </Text>
        </div>
      )}
      {others.map((text) => (
        <div key={text.id}>
          <Text size="sm" c="dimmed">
            {markOf(text)}
          </Text>
          <Text lang={text.language} dir="auto" className={classes.said!}>
            {text.text ?? t(listening.unreadable)}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

function markOf({ kind, language, machine, madeBy, reviewedAt }: Words): string {
  if (kind === 'PARAPHRASE') return t(listening.paraphrased);
  const who = machine ?? madeBy ?? t(listening.somebody);
  const unread = machine !== null && reviewedAt === null;
  return t(unread ? listening.machineUnread : listening.translatedBy, {
    language: languageName(language),
    who,
  });
}
