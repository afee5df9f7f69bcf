import { useCallback, useState, useSyncExternalStore, type ReactNode } from 'react';
import { ask } from '../app/ask';
import { i18n, LANGUAGES, moment, speak, t, type Language } from '../app/i18n';
import mark from '../app/mark.svg';
import { reasonOf } from '../app/reason';
import { words } from '../app/words';
import { DoorAt } from '../features/attendance/door-gathering';
import { refreshGatherings, session } from '../features/attendance/door-queries';
import { DoorSignIn } from '../features/attendance/door-sign-in';
import { forgetAll, gatheringsKept, type DoorGathering } from '../features/attendance/door-store';
import { door } from '../features/attendance/door-strings';
import { OutboxState } from '../features/attendance/outbox-state';
import { useAsked, useKept, useOutbox } from '../features/attendance/use-door';
import { graphql } from '../graphql';

const SIGN_OUT = graphql(`
  mutation DoorSignOut {
    signOut
  }
`);

/** The id behind the # of the address: the gathering whose door this is. */
const useHash = (): string =>
  useSyncExternalStore(
    (tell) => {
      addEventListener('hashchange', tell);
      return () => removeEventListener('hashchange', tell);
    },
    () => decodeURIComponent(location.hash.slice(1)),
  );

/** Check-in on a phone: choose the gathering, mark who came; what is not sent yet stays on the phone. */
export function Door(): ReactNode {
  const [signedOut, setSignedOut] = useState(false);
  const [signIns, setSignIns] = useState(0);
  const [, setLanguage] = useState(i18n.locale);
  const chosen = useHash();
  const kept = useKept(gatheringsKept);
  const box = useOutbox();
  const { asked, error, again } = useAsked(
    useCallback(async () => {
      const chapters = await session();
      setSignedOut(chapters === undefined);
      if (chapters !== undefined) await refreshGatherings(chapters);
    }, []),
  );
  const needsSignIn = signedOut || asked === 'ended' || box.outcome === 'ended';
  const gathering = kept?.find(({ id }) => id === chosen);
  const signedIn = (): void => {
    again();
    setSignIns((before) => before + 1);
    box.send();
  };
  const change = (language: Language): void => {
    speak(language);
    setLanguage(language);
  };
  const known = kept !== undefined && (kept.length > 0 || asked !== 'asking');
  return (
    <>
      <header>
        <img src={mark} width={32} height={32} alt="" />
        <strong>{t(door.title)}</strong>
        <select
          aria-label={t(words.language)}
          value={i18n.locale}
          onChange={(event) => change(event.currentTarget.value as Language)}
        >
          {Object.entries(LANGUAGES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </header>
      {(!needsSignIn || box.rows.length > 0) && <OutboxState {...box} />}
      <main>
        {needsSignIn && (
          <>
            {box.rows.length > 0 && <p role="alert">{t(door.ended)}</p>}
            <DoorSignIn onSignedIn={signedIn} />
          </>
        )}
        {asked === 'refused' && (
          <p role="alert" className="refused">
            {reasonOf(error)}{' '}
            <button type="button" onClick={again}>
              {t(words.retry)}
            </button>
          </p>
        )}
        {!known && !needsSignIn && asked === 'asking' && (
          <div className="skeleton" role="status" aria-busy="true" aria-label={t(words.loading)} />
        )}
        {known && gathering !== undefined && (
          <DoorAt key={gathering.id} gathering={gathering} signIns={signIns} />
        )}
        {known && gathering === undefined && !needsSignIn && asked !== 'refused' && (
          <Choose kept={kept} again={again} />
        )}
      </main>
      <footer>
        {gathering !== undefined && <a href="#">{t(door.back)}</a>}
        {!needsSignIn && <SignOut busy={box.rows.length > 0} />}
      </footer>
    </>
  );
}

function Choose({ kept, again }: { kept: readonly DoorGathering[]; again: () => void }): ReactNode {
  return (
    <>
      <h1>{t(door.choose)}</h1>
      {kept.length === 0 && (
        <p>
          {`${t(door.noGatherings)} `}
          <button type="button" onClick={again}>
            {t(door.refresh)}
          </button>
        </p>
      )}
      <ul className="people">
        {kept.map(({ id, title, startsAt, timeZone }) => (
          <li key={id}>
            <a className="row" href={`#${encodeURIComponent(id)}`}>
              <span>{title}</span>
              <small>{moment(startsAt, timeZone)}</small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Signs out and forgets what is on the phone; not while something is on this phone alone. */
function SignOut({ busy }: { busy: boolean }): ReactNode {
  const [said, setSaid] = useState('');
  const leave = (): void => {
    if (busy) return setSaid(t(door.stillWaiting));
    ask(SIGN_OUT, {})
      .then(forgetAll)
      .then(
        () => location.replace('/door'),
        (error: unknown) => setSaid(reasonOf(error)),
      );
  };
  return (
    <>
      <button type="button" onClick={leave}>
        {t(words.signOut)}
      </button>
      {said !== '' && <p role="alert">{said}</p>}
    </>
  );
}
