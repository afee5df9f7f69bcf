import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { languageName } from '../members/languages';
import { useDemandQuotes, type Quote } from './demand-query';
import classes from './listening.module.css';
import { listening } from './strings';

/** What may be quoted behind a demand. */
export function Quotes({ demandId }: { demandId: string }): ReactNode {
  const found = useDemandQuotes(demandId, true);
  if (found.isPending) return <Waiting rows={2} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const quotes = found.data.pages.flatMap((page) => page.quotes);
  if (quotes.length === 0) return <Text c="dimmed">{t(listening.noQuotes)}</Text>;
  return (
    <Stack>
      {quotes.map((one) => (
        <QuoteCard key={one.id} one={one} />
      ))}
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

function QuoteCard({ one }: { one: Quote }): ReactNode {
  const { verbatim, name, language, text, translations } = one;
  return (
    <figure className={classes.quote!}>
      <blockquote lang={language} dir="auto" className={classes.said!}>
        {text}
      </blockquote>
      {translations.map((other) => (
        <blockquote key={other.language} lang={other.language} dir="auto" className={classes.said!}>
          {other.text}
        </blockquote>
      ))}
      <Text component="figcaption" size="sm" c="dimmed">
        {[
          ...(name === null ? [] : [name]),
          languageName(language),
          ...(verbatim ? [] : [t(listening.paraphrased)]),
          one.heardIn,
        ].join(' · ')}
      </Text>
    </figure>
  );
}
