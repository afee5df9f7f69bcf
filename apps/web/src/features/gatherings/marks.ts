import { useState } from 'react';
import { useChange } from '../../app/change';
import { graphql } from '../../graphql';

const TAKE = graphql(`
  mutation TakeAttendance($input: TakeAttendanceInput!) {
    takeAttendance(input: $input) {
      recorded
    }
  }
`);
const UNDO = graphql(`
  mutation UndoAttendance($input: UndoAttendanceInput!) {
    undoAttendance(input: $input)
  }
`);

export interface Marks {
  /** Marks a member; the mark can be taken back while the page is open. */
  mark(memberId: string, status: 'ATTENDED' | 'NO_SHOW'): void;
  undo(memberId: string): void;
  /** Whether a mark made here can be taken back. */
  made(memberId: string): boolean;
  readonly busy: boolean;
}

/** Marks who came. Each mark has an id of its own, made here, so that sending it again changes nothing. */
export function useMarks(gatheringId: string): Marks {
  const [made, setMade] = useState<Readonly<Record<string, readonly string[]>>>({});
  const take = useChange(TAKE, 'gathering');
  const back = useChange(UNDO, 'gathering');
  return {
    busy: take.isPending || back.isPending,
    made: (memberId) => (made[memberId] ?? []).length > 0,
    mark: (memberId, status) => {
      const id = crypto.randomUUID();
      take.mutate(
        { input: { gatheringId, entries: [{ id, memberId, status, at: new Date().toISOString() }] } },
        {
          onSuccess: () =>
            setMade((before) => ({ ...before, [memberId]: [...(before[memberId] ?? []), id] })),
        },
      );
    },
    undo: (memberId) => {
      const id = made[memberId]?.at(-1);
      if (id === undefined) return;
      back.mutate(
        { input: { gatheringId, entryIds: [id] } },
        {
          onSuccess: () =>
            setMade((before) => ({ ...before, [memberId]: (before[memberId] ?? []).slice(0, -1) })),
        },
      );
    },
  };
}
