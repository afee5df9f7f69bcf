import '@mantine/spotlight/styles.css';
import { Text, VisuallyHidden } from '@mantine/core';
import { createSpotlightStore, Spotlight, useSpotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../app/i18n';
import { Failed } from '../app/outcome';
import { useCommandItems, type CommandItem } from './command-items';
import { command } from './command-strings';
import { Icon } from './icons';

const LIST = 'command-list';

/** Finds people, gatherings, campaigns, chapters and places by what is typed, and goes there. */
export default function CommandBar({ close }: { close: () => void }): ReactNode {
  const [store] = useState(createSpotlightStore);
  const { opened } = useSpotlight(store);
  const [selected, setSelected] = useState(-1);
  const [query, setQuery] = useState('');
  const { items, error, waiting } = useCommandItems(query);
  const navigate = useNavigate();
  const shown = items.map(({ id }) => id).join(' ');
  useEffect(() => {
    store.setState({ ...store.getState(), opened: true });
  }, [store]);
  useEffect(() => {
    // Other lines stand there now: the first arrow down goes to the first of them.
    document.querySelector(`#${LIST} [data-selected]`)?.removeAttribute('data-selected');
    store.updateState((state) => ({ ...state, selected: -1 }));
    setSelected(-1);
  }, [store, shown]);
  const take = ({ does, to, search }: CommandItem): void => {
    does?.();
    if (to !== undefined) void navigate({ to, search: (search ?? {}) as never });
  };
  const press = (event: KeyboardEvent): void => {
    // The library moves its mark behind this, and tells nobody.
    if (event.key.startsWith('Arrow')) queueMicrotask(() => setSelected(store.getState().selected));
    if (event.key !== 'Enter' || selected >= 0) return;
    event.preventDefault();
    const [first] = items;
    if (first === undefined || (waiting && query !== '')) return;
    take(first);
    store.setState({ ...store.getState(), opened: false });
  };
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={close}
      clearQueryOnClose={false}
      aria-label={t(command.title)}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      scrollable
      maxHeight="min(26rem, 60vh)"
    >
      <Spotlight.Search
        role="combobox"
        aria-label={t(command.prompt)}
        aria-expanded={items.length > 0}
        aria-controls={LIST}
        aria-activedescendant={items[selected]?.id}
        placeholder={t(command.prompt)}
        leftSection={<Icon name="search" />}
        onKeyDown={press}
      />
      <VisuallyHidden role="status">
        {opened && !waiting && query !== '' && t(command.found, { count: items.length })}
      </VisuallyHidden>
      {error !== null && <Failed error={error} />}
      <Spotlight.ActionsList id={LIST} role="listbox" aria-label={t(command.title)}>
        {items.map((item, index) => (
          <Fragment key={item.id}>
            {item.group !== items[index - 1]?.group && (
              <Text
                size="sm"
                fw={600}
                c="dimmed"
                px="sm"
                pt={index === 0 ? 4 : 'sm'}
                pb={4}
                role="presentation"
              >
                {item.group}
              </Text>
            )}
            <Spotlight.Action
              ref={(line: HTMLButtonElement | null) => {
                // The library keeps an id to itself, and the field has to name the line.
                if (line !== null) line.id = item.id;
              }}
              role="option"
              aria-selected={index === selected}
              label={item.label}
              description={item.about ?? ''}
              leftSection={<Icon name={item.icon} />}
              mih={44}
              onClick={() => take(item)}
            />
          </Fragment>
        ))}
      </Spotlight.ActionsList>
      {items.length === 0 && !waiting && (
        <Text c="dimmed" p="lg" ta="center">
          {t(command.nothing)}
        </Text>
      )}
    </Spotlight.Root>
  );
}
