import { useState } from 'react';
import type { MemberFilter } from './members-query';

/** Who is selected: these, or everyone that the filter finds but these. */
interface Picked {
  readonly all: boolean;
  readonly ids: ReadonlySet<string>;
}

const NOBODY: Picked = { all: false, ids: new Set() };

export interface Selection {
  readonly isAll: boolean;
  readonly count: number;
  has(id: string): boolean;
  toggle(id: string): void;
  /** Selects all of these besides. */
  add(ids: readonly string[]): void;
  selectAll(): void;
  clear(): void;
  /** The same people as a filter. */
  filter(): MemberFilter;
}

/** Who is selected among the members that `filter` finds, `total` of them; another filter selects nobody. */
export function useSelection(filter: MemberFilter, total: number): Selection {
  const under = JSON.stringify(filter);
  const [kept, setKept] = useState({ under, picked: NOBODY });
  const picked = kept.under === under ? kept.picked : NOBODY;
  const set = (next: Picked): void => setKept({ under, picked: next });
  const flip = (id: string): ReadonlySet<string> => {
    const ids = new Set(picked.ids);
    if (!ids.delete(id)) ids.add(id);
    return ids;
  };
  return {
    isAll: picked.all && picked.ids.size === 0,
    count: picked.all ? total - picked.ids.size : picked.ids.size,
    has: (id) => picked.ids.has(id) !== picked.all,
    toggle: (id) => set({ all: picked.all, ids: flip(id) }),
    add: (more) => {
      const ids = new Set(picked.ids);
      for (const id of more)
        if (picked.all) ids.delete(id);
        else ids.add(id);
      set({ all: picked.all, ids });
    },
    selectAll: () => set({ all: true, ids: new Set() }),
    clear: () => set(NOBODY),
    filter: () =>
      picked.all
        ? { ...filter, ...(picked.ids.size === 0 ? {} : { except: [...picked.ids] }) }
        : { ids: [...picked.ids] },
  };
}
