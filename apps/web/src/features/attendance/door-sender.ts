import { ask, ConnectionLost, Refusal } from '../../app/ask';
import { graphql } from '../../graphql';
import { outbox, refuse, sent, type Outgoing } from './door-store';

const TAKE = graphql(`
  mutation DoorTakeAttendance($input: TakeAttendanceInput!) {
    takeAttendance(input: $input) {
      recorded
      repeated
    }
  }
`);
const UNDO = graphql(`
  mutation DoorUndoAttendance($input: UndoAttendanceInput!) {
    undoAttendance(input: $input)
  }
`);

const AT_ONCE = 200;
/** Whoever sends or asks holds this: one at a time, in all tabs of the phone. */
export const alone = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks.request('unionhall-door', work);

/** How sending ended: nothing waits; no connection; the session is over; the union is busy or broken. */
export type SendOutcome = 'done' | 'lost' | 'ended' | 'later';

/** Sends what waits, oldest first. What the union refuses is kept apart with its reason, and the rest goes on. */
export const sendWaiting = (): Promise<SendOutcome> =>
  alone(async () => {
    for (;;) {
      const batch = nextBatch(await outbox());
      if (batch.length === 0) return 'done';
      const stopped = await sendBatch(batch);
      if (stopped !== undefined) return stopped;
    }
  });

/** The oldest that wait, as far as they are of one kind and one gathering: their order is kept. */
function nextBatch(rows: readonly Outgoing[]): Outgoing[] {
  const waiting = rows.filter(({ refused }) => refused === undefined);
  const [first] = waiting;
  const end = waiting.findIndex(
    ({ kind, gatheringId }) => kind !== first?.kind || gatheringId !== first.gatheringId,
  );
  return waiting.slice(0, Math.min(end < 0 ? waiting.length : end, AT_ONCE));
}

async function sendBatch(batch: readonly Outgoing[]): Promise<SendOutcome | undefined> {
  try {
    await deliver(batch);
    await sent(batch);
    return undefined;
  } catch (error) {
    if (error instanceof ConnectionLost) return 'lost';
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'AUTHZ.UNAUTHENTICATED') return 'ended';
    if (/^(INTERNAL|UNKNOWN|DB\.BUSY|LIMIT)/.test(error.code)) return 'later';
    const place = /^input\.(?:entries|entryIds)\.(\d+)/.exec(error.problems[0]?.field ?? '');
    const at = place === null ? undefined : batch[Number(place[1])];
    // A mark that was never taken has nothing to take back.
    if (error.code === 'ATTENDANCE.NOT_FOUND' && at !== undefined) await sent([at]);
    else await refuse(at === undefined ? batch : [at], error.message);
    return undefined;
  }
}

async function deliver(batch: readonly Outgoing[]): Promise<void> {
  const { kind, gatheringId } = batch[0]!;
  if (kind === 'undo') {
    await ask(UNDO, { input: { gatheringId, entryIds: batch.map(({ mark }) => mark) } });
    return;
  }
  const entries = batch.map(({ mark, memberId, at, person }) => ({
    id: mark,
    memberId,
    status: 'ATTENDED' as const,
    at,
    ...(person === undefined ? {} : { person }),
  }));
  await ask(TAKE, { input: { gatheringId, entries } });
}
