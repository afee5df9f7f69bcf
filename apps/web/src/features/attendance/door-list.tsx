import { memo, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import type { DoorPerson } from './door-store';
import { door } from './door-strings';

const ANSWERS = {
  GOING: door.GOING,
  INVITED: door.INVITED,
  MAYBE: door.MAYBE,
  WAITLISTED: door.WAITLISTED,
} as const;
const answerOf = (answer: string | null): string =>
  t(ANSWERS[answer as keyof typeof ANSWERS] ?? door.UNANNOUNCED);

interface RowProps {
  readonly person: DoorPerson;
  readonly checkIn: (person: DoorPerson) => void;
  readonly undo: (person: DoorPerson) => void;
}

/** One person: a tap anywhere on the row checks in; who is here can be taken back. */
const Row = memo(function Row({ person, checkIn, undo }: RowProps): ReactNode {
  const { name, here, answer, mark } = person;
  if (!here)
    return (
      <li>
        <button type="button" className="row" onClick={() => checkIn(person)}>
          <b className="hidden">{t(door.checkIn)}</b>
          <span>{name}</span>
          <small>{answerOf(answer)}</small>
        </button>
      </li>
    );
  return (
    <li className="row here">
      <span>{name}</span>
      <small>
        <span aria-hidden="true">{'✓ '}</span>
        {t(door.here)}
      </small>
      {mark !== null && (
        <button type="button" onClick={() => undo(person)}>
          {t(door.undo)} <b className="hidden">{name}</b>
        </button>
      )}
    </li>
  );
});

/** Everybody who is expected or here. */
export function DoorList({
  people,
  ...taps
}: { readonly people: readonly DoorPerson[] } & Omit<RowProps, 'person'>): ReactNode {
  return (
    <ul className="people">
      {people.map((person) => (
        <Row key={person.memberId} person={person} {...taps} />
      ))}
    </ul>
  );
}
