import {
  lazy,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { moment, t } from '../../app/i18n';
import { reasonOf } from '../../app/reason';
import { now } from './door-clock';
import { DoorList } from './door-list';
import { findMembers, refreshPeople } from './door-queries';
import { checkIn, peopleOf, takeBack, type DoorGathering, type DoorPerson } from './door-store';
import { door } from './door-strings';
import { useAsked, useKept } from './use-door';
import { WalkIn } from './walk-in';

const Scan = lazy(async () => ({ default: (await import('./scan')).Scan }));

/** How soon a phone sees what other phones at the door have sent. */
const LOOK_AGAIN_MS = 20_000;

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const asCode = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-F]/g, '');
const byName = (a: DoorPerson, b: DoorPerson): number => a.name.localeCompare(b.name);

/** Whom a text means: everyone whose name holds its words, or the one whose ticket it is. */
export function matching(people: readonly DoorPerson[], typed: string): DoorPerson[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const code = asCode(typed);
  const named = people.filter(({ name }) => words.every((word) => plain(name).includes(word)));
  if (named.length > 0 || code.length < 8 || code.length !== typed.trim().length) return named;
  return people.filter((person) => person.code?.endsWith(code));
}

/** The door of one gathering: who is expected, who is here; works without a connection. */
export function DoorAt({ gathering, signIns }: { gathering: DoorGathering; signIns: number }): ReactNode {
  const { id } = gathering;
  const people = useKept(useCallback(() => peopleOf(id), [id]));
  const { asked, error, again } = useAsked(useCallback(() => refreshPeople(id), [id]));
  useEffect(() => {
    if (signIns > 0) again();
  }, [signIns, again]);
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && navigator.onLine && again(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<'scan' | 'walk-in'>();
  const [said, setSaid] = useState('');
  const searched = useDeferredValue(typed);
  const sorted = useMemo(() => [...(people ?? [])].sort(byName), [people]);
  const shown = useMemo(() => matching(sorted, searched), [sorted, searched]);
  const mark = useCallback((person: DoorPerson, met?: { givenName: string; familyName: string }): void => {
    setTyped('');
    void checkIn(person, now(), met).then(() => setSaid(t(door.nowHere, { name: person.name })));
  }, []);
  const tap = useCallback((person: DoorPerson) => mark(person), [mark]);
  const undo = useCallback((person: DoorPerson): void => {
    void takeBack(person, now()).then(() => setSaid(t(door.notHere, { name: person.name })));
  }, []);
  const newcomer = (memberId: string, name: string): DoorPerson => ({
    gatheringId: id,
    memberId,
    name,
    answer: null,
    code: null,
    here: false,
    mark: null,
  });
  const scanned = useCallback(
    (code: string): void => {
      setOpen(undefined);
      const person = sorted.find((one) => one.code === asCode(code));
      if (person === undefined) setSaid(t(door.unknownTicket));
      else mark(person);
    },
    [sorted, mark],
  );
  const add = (givenName: string, familyName: string): void => {
    setOpen(undefined);
    mark(newcomer(`Member_${crypto.randomUUID()}`, `${givenName} ${familyName}`.trim()), {
      givenName,
      familyName,
    });
  };
  const here = sorted.filter((person) => person.here).length;
  return (
    <>
      <h1>{gathering.title}</h1>
      <p className="dim">{moment(gathering.startsAt, gathering.timeZone)}</p>
      <p className="counter">{t(door.counter, { here, expected: sorted.length })}</p>
      <p role="status" className="said">
        {said}
      </p>
      <label htmlFor="search">{t(door.search)}</label>
      <input
        id="search"
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className="actions">
        <button type="button" onClick={() => setOpen('scan')}>
          {t(door.scan)}
        </button>
        <button type="button" onClick={() => setOpen('walk-in')}>
          {t(door.walkIn)}
        </button>
      </div>
      {open === 'scan' && (
        <Suspense>
          <Scan found={scanned} close={() => setOpen(undefined)} />
        </Suspense>
      )}
      {open === 'walk-in' && <WalkIn typed={typed} add={add} close={() => setOpen(undefined)} />}
      {asked === 'refused' && (
        <p role="alert" className="refused">
          {reasonOf(error)}{' '}
          <button type="button" onClick={again}>
            {t(door.refresh)}
          </button>
        </p>
      )}
      {people === undefined || (asked === 'asking' && people.length === 0) ? (
        <div className="skeleton" role="status" aria-busy="true" />
      ) : (
        <DoorList people={shown} checkIn={tap} undo={undo} />
      )}
      {asked !== 'asking' && shown.length === 0 && (
        <p className="dim">{t(searched === '' ? door.empty : door.nobody)}</p>
      )}
      {searched.length > 1 && (
        <Everyone typed={searched} choose={({ memberId, name }) => tap(newcomer(memberId, name))} />
      )}
    </>
  );
}

/** Members who did not announce themselves; needs a connection. */
function Everyone({
  typed,
  choose,
}: {
  typed: string;
  choose: (member: { memberId: string; name: string }) => void;
}): ReactNode {
  const [found, setFound] = useState<readonly { memberId: string; name: string }[]>();
  const [problem, setProblem] = useState('');
  const look = (): void =>
    void findMembers(typed).then(
      (members) => {
        setFound(members);
        setProblem(members.length === 0 ? t(door.nobody) : '');
      },
      (error: unknown) => setProblem(reasonOf(error)),
    );
  return (
    <>
      <button type="button" onClick={look}>
        {t(door.everyone)}
      </button>
      {problem !== '' && <p role="alert">{problem}</p>}
      <ul className="people">
        {found?.map((member) => (
          <li key={member.memberId}>
            <button type="button" className="row" onClick={() => choose(member)}>
              <b className="hidden">{t(door.checkIn)}</b>
              <span>{member.name}</span>
              <small>{t(door.UNANNOUNCED)}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
