import { Anchor, Badge, Checkbox } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { i18n, number, t } from '../../app/i18n';
import { columnWord, tracks, type Column } from './columns';
import { languageName } from './languages';
import type { MemberLine } from './members-query';
import classes from './members.module.css';
import { nameOf } from './name';
import { members } from './strings';
import type { Selection } from './use-selection';

interface GridProps {
  readonly lines: readonly MemberLine[];
  readonly total: number;
  readonly columns: readonly Column[];
  readonly selection: Selection;
  readonly more: () => void;
}

/**
 * The members as a grid of which only what is in sight is on the page. One row has the focus: arrows move it,
 * the space bar selects it, with Shift from where the last selection was, Enter opens the record.
 */
export function MemberGrid({ lines, total, columns, selection, more }: GridProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const follow = useRef(false);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => 56,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 120,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - 30) more();
  }, [last, lines.length, more]);
  const row = shown.find(({ index }) => index === active);
  useEffect(() => {
    if (!follow.current || row === undefined) return;
    follow.current = false;
    list.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
  });
  const stretch = (to: number): void => {
    const [from, until] = anchor.current < to ? [anchor.current, to] : [to, anchor.current];
    selection.add(lines.slice(from, until + 1).map(({ id }) => id));
  };
  const move = (to: number, selects: boolean): void => {
    const next = Math.max(0, Math.min(lines.length - 1, to));
    follow.current = true;
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
    if (selects) stretch(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -lines.length,
      End: lines.length,
    };
    const by = step[event.key as keyof typeof step];
    if (by !== undefined) move(active + by, event.shiftKey);
    else if (event.key === ' ') toggle(active, event.shiftKey);
    else if (event.key === 'Enter')
      void navigate({ to: '/members/$id', params: { id: lines[active]!.id } as never });
    else return;
    event.preventDefault();
  };
  const toggle = (index: number, from: boolean): void => {
    setActive(index);
    if (from) stretch(index);
    else {
      anchor.current = index;
      selection.toggle(lines[index]!.id);
    }
  };
  const style = { '--tracks': tracks(columns) } as CSSProperties;
  const tabRow = row === undefined ? shown[0]?.index : active;
  return (
    <div
      role="grid"
      aria-label={t(members.title)}
      aria-rowcount={total + 1}
      aria-multiselectable="true"
      style={style}
      onKeyDown={press}
    >
      <div role="rowgroup" className={classes.heads}>
        <div role="row" aria-rowindex={1} className={classes.head}>
          <span role="columnheader" aria-label={t(members.selected)} />
          <span role="columnheader">{t(members.name)}</span>
          {columns.map((column) => (
            <span role="columnheader" key={column}>
              {t(columnWord(column))}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={list} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, key, start }) => {
          const member = lines[index]!;
          const selected = selection.has(member.id);
          return (
            <div
              key={key}
              role="row"
              tabIndex={index === tabRow ? 0 : -1}
              aria-rowindex={index + 2}
              aria-selected={selected}
              data-index={index}
              ref={virtual.measureElement}
              className={classes.line}
              onFocus={() => setActive(index)}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              <span role="gridcell" className={classes.tick}>
                <Checkbox
                  size="md"
                  tabIndex={-1}
                  aria-label={t(members.select, { name: nameOf(member) })}
                  checked={selected}
                  onChange={() => undefined}
                  onClick={(event) => toggle(index, event.shiftKey)}
                />
              </span>
              <Cells member={member} columns={columns} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const CELLS: Readonly<Record<Column, (member: MemberLine) => ReactNode>> = {
  chapter: ({ chapter }) => chapter.name,
  status: ({ status }) => t(members[status]),
  language: ({ language }) => languageName(language),
  tags: ({ tags }) =>
    ((tags as string[] | undefined) ?? []).map((tag) => (
      <Badge key={tag} variant="default" tt="none" fw={400} me={4}>
        {tag}
      </Badge>
    )),
  came: ({ attendanceCount }) => number(attendanceCount ?? 0),
  city: ({ city }) => city ?? '',
  joined: ({ joinedOn }) => (joinedOn == null ? '' : i18n.date(`${joinedOn}T00:00:00`)),
  since: ({ createdAt }) => (createdAt === undefined ? '' : i18n.date(createdAt)),
};

function Cells({ member, columns }: { member: MemberLine; columns: readonly Column[] }): ReactNode {
  return (
    <>
      <span role="gridcell" className={classes.name}>
        <Anchor component={Link} to="/members/$id" params={{ id: member.id } as never} fw={600} tabIndex={-1}>
          {nameOf(member)}
        </Anchor>
      </span>
      {columns.map((column) => (
        <span role="gridcell" key={column} className={classes[column] ?? ''}>
          {CELLS[column](member)}
        </span>
      ))}
    </>
  );
}
