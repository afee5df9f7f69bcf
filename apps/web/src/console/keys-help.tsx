import { Group, Kbd, Modal, Stack, Switch, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../app/i18n';
import { words } from '../app/words';
import { useSingleKeys } from './keys';
import { keys } from './keys-strings';

type Line = readonly [keys: readonly string[], word: string, single?: boolean];

const ANYWHERE: readonly Line[] = [
  [['Ctrl', 'K'], keys.bar],
  [['/'], keys.search, true],
  [['C'], keys.create, true],
  [['?'], keys.help, true],
];

/** What the keys do, and the switch for those without Ctrl. */
export default function KeysHelp({ close }: { close: () => void }): ReactNode {
  const [single, setSingle] = useSingleKeys();
  const list: readonly Line[] = [
    [[t(keys.up), t(keys.down)], keys.move],
    [[t(keys.space)], keys.select],
    [[t(keys.shift), t(keys.down)], keys.stretch],
    [[t(keys.enter)], keys.open],
  ];
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t(keys.title)}
      closeButtonProps={{ 'aria-label': t(words.close) }}
    >
      <Stack>
        <Switch
          size="md"
          label={t(keys.single)}
          description={t(keys.singleMore)}
          checked={single}
          onChange={(event) => setSingle(event.currentTarget.checked)}
        />
        <Part title={t(keys.anywhere)} lines={ANYWHERE.filter(([, , alone]) => single || alone !== true)} />
        <Part title={t(keys.list)} lines={list} />
      </Stack>
    </Modal>
  );
}

function Part({ title, lines }: { title: string; lines: readonly Line[] }): ReactNode {
  return (
    <section aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="45%">{t(keys.key)}</Table.Th>
            <Table.Th>{t(keys.does)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(([pressed, word]) => (
            <Table.Tr key={word}>
              <Table.Td>
                <Group gap={4}>
                  {pressed.map((one) => (
                    <Kbd key={one}>{one}</Kbd>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{t(word)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
