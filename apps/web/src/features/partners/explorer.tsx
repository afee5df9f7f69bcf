import { Button, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { number, t } from '../../app/i18n';
import { Failed } from '../../app/outcome';
import { askAsPartner } from './ask-as-partner';
import { desk } from './desk-strings';
import { EXAMPLES } from './examples';
import { PledgeTable, pledgeCountsOf } from './pledge-table';

interface ExplorerProps {
  readonly partnerKey: string;
  readonly campaign: string;
  readonly mostRows: number;
  readonly asked: () => void;
}

/** A plain editor of queries that says what one costs before and after it runs. */
export function Explorer({ partnerKey, campaign, mostRows, asked }: ExplorerProps): ReactNode {
  const [query, setQuery] = useState<string>(EXAMPLES[0].query);
  const [variables, setVariables] = useState(EXAMPLES[0].variables(campaign));
  const [wrong, setWrong] = useState(false);
  const send = useMutation({
    mutationFn: ({ costOnly, values }: { costOnly: boolean; values: object }) =>
      askAsPartner(partnerKey, query, values, costOnly),
    onSettled: asked,
  });
  const go = (costOnly: boolean): void => {
    try {
      send.mutate({ costOnly, values: JSON.parse(variables || '{}') as object });
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  const choose = (id: string): void => {
    const example = EXAMPLES.find((one) => one.id === id)!;
    setQuery(example.query);
    setVariables(example.variables(campaign));
    send.reset();
  };
  const cost = send.data?.extensions?.cost;
  const ran = send.isSuccess && !send.variables.costOnly;
  const counts = ran ? pledgeCountsOf(send.data.data) : undefined;
  return (
    <Stack component="section">
      <Title order={2} size="h3">
        {t(desk.explorer)}
      </Title>
      <NativeSelect
        label={t(desk.example)}
        data={EXAMPLES.map(({ id, word }) => ({ value: id, label: t(word) }))}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <Textarea
        label={t(desk.query)}
        dir="ltr"
        rows={11}
        spellCheck={false}
        styles={{ input: { fontFamily: 'monospace' } }}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <Textarea
        label={t(desk.slug)}
        dir="ltr"
        error={wrong && t(desk.badVariables)}
        value={variables}
        onChange={(event) => setVariables(event.currentTarget.value)}
      />
      <Group>
        <Button size="md" onClick={() => go(false)} loading={send.isPending}>
          {t(desk.run)}
        </Button>
        <Button size="md" variant="default" onClick={() => go(true)}>
          {t(desk.measure)}
        </Button>
      </Group>
      {send.isError && <Failed error={send.error} retry={() => go(send.variables.costOnly)} />}
      <Text role="status">
        {cost !== undefined &&
          t(ran ? desk.didCost : desk.wouldCost, { cost: number(cost), most: number(mostRows) })}
      </Text>
      {counts !== undefined && <PledgeTable {...counts} />}
      {ran && (
        <Textarea
          label={t(desk.result)}
          dir="ltr"
          readOnly
          rows={12}
          styles={{ input: { fontFamily: 'monospace' } }}
          value={JSON.stringify(send.data.data, null, 2)}
        />
      )}
    </Stack>
  );
}
