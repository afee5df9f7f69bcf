import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { CHANGE, type MyTestimony } from './my-said-query';
import { said } from './my-said-strings';
import { NAMES, QUOTES, SHARES } from './note-draft';
import { listening } from './strings';

/** What the member allows with one testimony. */
export function MyAllowed({ one, wordingVersion }: { one: MyTestimony; wordingVersion: string }): ReactNode {
  const { quote, namedAs, sharedWith } = one;
  const [allowed, setAllowed] = useState({ quote, namedAs, sharedWith, pseudonym: one.pseudonym ?? '' });
  const [missing, setMissing] = useState(false);
  const changing = useChange(CHANGE, 'my-testimony');
  const choice = <T extends string>(
    id: 'quote' | 'namedAs' | 'sharedWith',
    label: string,
    values: readonly T[],
  ): ReactNode => (
    <NativeSelect
      label={label}
      value={allowed[id]}
      onChange={(event) => setAllowed({ ...allowed, [id]: event.currentTarget.value })}
      styles={{ input: { minHeight: 44 } }}
      data={values.map((value) => ({ value, label: t(listening[value as 'NONE']) }))}
    />
  );
  const named = allowed.namedAs === 'PSEUDONYM';
  const send = (): void => {
    const empty = named && allowed.pseudonym.trim() === '';
    setMissing(empty);
    if (empty) return;
    const consent = { ...allowed, pseudonym: named ? allowed.pseudonym : null, wordingVersion };
    changing.mutate({ input: { testimonyId: one.id, consent } }, { onSuccess: () => say(t(said.saved)) });
  };
  return (
    <Stack gap="xs">
      {choice('quote', t(listening.mayQuote), QUOTES)}
      {choice('sharedWith', t(listening.sharedWith), SHARES)}
      {choice('namedAs', t(listening.namedAs), NAMES)}
      {named && (
        <TextInput
          label={t(listening.pseudonym)}
          maxLength={80}
          value={allowed.pseudonym}
          error={missing && t(said.wantsName)}
          onChange={(event) => setAllowed({ ...allowed, pseudonym: event.currentTarget.value })}
        />
      )}
      <Button variant="default" mih={44} loading={changing.isPending} onClick={send}>
        {t(said.save)}
      </Button>
    </Stack>
  );
}
