import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface DoorGathering {
  readonly id: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
}

/** Somebody at the door of one gathering. */
export interface DoorPerson {
  readonly gatheringId: string;
  readonly memberId: string;
  readonly name: string;
  /** What they answered; null for who came unannounced. */
  readonly answer: string | null;
  /** What the QR ticket of their answer holds. */
  readonly code: string | null;
  /** Whether they are here, as far as this phone knows. */
  readonly here: boolean;
  /** The mark that was made on this phone and can be taken back here. */
  readonly mark: string | null;
}

/** What the union does not know yet: a mark, or that a mark is taken back. It leaves in the order of `seq`. */
export interface Outgoing {
  readonly seq?: number;
  readonly kind: 'mark' | 'undo';
  /** The id of the mark, made here, so that sending it twice changes nothing. */
  readonly mark: string;
  readonly gatheringId: string;
  readonly memberId: string;
  readonly name: string;
  readonly at: string;
  readonly person?: { readonly givenName: string; readonly familyName: string };
  /** Why the union did not take it, in its own words. */
  readonly refused?: string;
}

interface DoorSchema extends DBSchema {
  gatherings: { key: string; value: DoorGathering };
  people: { key: [string, string]; value: DoorPerson; indexes: { gathering: string } };
  outbox: { key: number; value: Outgoing };
}

const DAY = 86_400_000;
let opened: Promise<IDBPDatabase<DoorSchema>> | undefined;

const database = (): Promise<IDBPDatabase<DoorSchema>> =>
  (opened ??= openDB<DoorSchema>('unionhall-door', 1, {
    upgrade(db) {
      db.createObjectStore('gatherings', { keyPath: 'id' });
      db.createObjectStore('people', { keyPath: ['gatheringId', 'memberId'] }).createIndex(
        'gathering',
        'gatheringId',
      );
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
    },
  }));

/** Said whenever the store has changed, in this tab and in others. */
const changes = new BroadcastChannel('unionhall-door');
const heard = new Set<() => void>();
changes.onmessage = () => heard.forEach((tell) => tell());
const changed = (): void => {
  heard.forEach((tell) => tell());
  changes.postMessage(null);
};

/** Calls `tell` after each change. @returns what ends it. */
export const onChange = (tell: () => void): (() => void) => {
  heard.add(tell);
  return () => void heard.delete(tell);
};

/** Writes to people and outbox in one transaction that is on the disk when the promise is kept. */
async function write(
  work: (stores: {
    person(gatheringId: string, memberId: string): Promise<DoorPerson | undefined>;
    put(person: DoorPerson): void;
    send(outgoing: Outgoing): void;
    drop(seq: number): void;
  }) => Promise<void>,
): Promise<void> {
  const db = await database();
  const tx = db.transaction(['people', 'outbox'], 'readwrite', { durability: 'strict' });
  const people = tx.objectStore('people');
  const outbox = tx.objectStore('outbox');
  await work({
    person: (gatheringId, memberId) => people.get([gatheringId, memberId]),
    put: (person) => void people.put(person),
    send: (outgoing) => void outbox.put(outgoing),
    drop: (seq) => void outbox.delete(seq),
  });
  await tx.done;
  changed();
}

/** Marks somebody as here, and remembers to say so: both, or neither. */
export const checkIn = (
  who: DoorPerson,
  at: string,
  person?: { givenName: string; familyName: string },
): Promise<void> =>
  write(async ({ person: find, put, send }) => {
    const { gatheringId, memberId, name } = who;
    const known = (await find(gatheringId, memberId)) ?? who;
    if (known.here) return;
    const mark = crypto.randomUUID();
    put({ ...known, here: true, mark });
    send({
      kind: 'mark',
      mark,
      gatheringId,
      memberId,
      name,
      at,
      ...(person === undefined ? {} : { person }),
    });
  });

/** Takes back the mark that was made on this phone. */
export const takeBack = (who: DoorPerson, at: string): Promise<void> =>
  write(async ({ person, put, send }) => {
    const { gatheringId, memberId, name } = who;
    const known = await person(gatheringId, memberId);
    if (known?.mark == null) return;
    put({ ...known, here: false, mark: null });
    send({ kind: 'undo', mark: known.mark, gatheringId, memberId, name, at });
  });

/** What waits to be sent and what was refused, oldest first. */
export const outbox = async (): Promise<Outgoing[]> => (await database()).getAll('outbox');

/** What has been sent leaves the outbox. */
export const sent = (rows: readonly Outgoing[]): Promise<void> =>
  write(async ({ drop }) => rows.forEach(({ seq }) => drop(seq!)));

/** Keeps what the union did not take, with the reason, out of the way of the rest. */
export const refuse = (rows: readonly Outgoing[], reason: string): Promise<void> =>
  write(async ({ send }) => rows.forEach((row) => send({ ...row, refused: reason })));

/** Tries again what was refused. */
export const retry = (rows: readonly Outgoing[]): Promise<void> =>
  write(async ({ send }) => rows.forEach(({ refused: _, ...row }) => send(row)));

/** Gives up what was refused: whom it was about is as if it had not been marked. */
export const putAside = (rows: readonly Outgoing[]): Promise<void> =>
  write(async ({ person, put, drop }) => {
    for (const { seq, mark, gatheringId, memberId } of rows) {
      drop(seq!);
      const known = await person(gatheringId, memberId);
      if (known?.mark === mark) put({ ...known, here: false, mark: null });
    }
  });

export const peopleOf = async (gatheringId: string): Promise<DoorPerson[]> =>
  (await database()).getAllFromIndex('people', 'gathering', gatheringId);

export const gatheringsKept = async (): Promise<DoorGathering[]> =>
  (await (await database()).getAll('gatherings')).sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

/**
 * Takes what the union knows of a gathering's people. What waits in the outbox is newer than that: about
 * whom something waits, the phone is right.
 */
export async function learn(
  gatheringId: string,
  people: readonly Omit<DoorPerson, 'gatheringId' | 'mark'>[],
): Promise<void> {
  const waiting = new Set((await outbox()).map(({ memberId }) => memberId));
  await write(async ({ person, put }) => {
    for (const one of people) {
      const known = await person(gatheringId, one.memberId);
      const own = waiting.has(one.memberId);
      const here = own && known !== undefined ? known.here : one.here;
      put({
        ...one,
        gatheringId,
        answer: one.answer ?? known?.answer ?? null,
        code: one.code ?? known?.code ?? null,
        here,
        mark: here ? (known?.mark ?? null) : null,
      });
    }
  });
}

/** Keeps these gatherings for when there is no connection, and forgets those over for a day with nothing to send. */
export async function keepGatherings(gatherings: readonly DoorGathering[]): Promise<void> {
  const db = await database();
  const busy = new Set((await outbox()).map(({ gatheringId }) => gatheringId));
  const tx = db.transaction(['gatherings', 'people'], 'readwrite');
  for (const gathering of gatherings) void tx.objectStore('gatherings').put(gathering);
  for (const { id, endsAt } of await tx.objectStore('gatherings').getAll()) {
    if (busy.has(id) || Date.parse(endsAt) + DAY > Date.now()) continue;
    void tx.objectStore('gatherings').delete(id);
    for (const key of await tx.objectStore('people').index('gathering').getAllKeys(id))
      void tx.objectStore('people').delete(key);
  }
  await tx.done;
  changed();
}

/** Forgets everything, at signing out. */
export async function forgetAll(): Promise<void> {
  const db = await database();
  const tx = db.transaction(['gatherings', 'people', 'outbox'], 'readwrite');
  void tx.objectStore('gatherings').clear();
  void tx.objectStore('people').clear();
  void tx.objectStore('outbox').clear();
  await tx.done;
  changed();
}
