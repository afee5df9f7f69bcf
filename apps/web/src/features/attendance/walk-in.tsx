import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { door } from './door-strings';

/** Takes the name of somebody who is not known yet. */
export function WalkIn({
  typed,
  add,
  close,
}: {
  /** What was searched for: most likely the name. */
  typed: string;
  add: (givenName: string, familyName: string) => void;
  close: () => void;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const given = useRef<HTMLInputElement>(null);
  const family = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    given.current?.focus();
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const names = [given.current!.value.trim(), family.current!.value.trim()] as const;
    if (names.join('') === '') {
      setMissing(true);
      given.current!.focus();
      return;
    }
    add(...names);
  };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="walk-in">
      <form className="card" onSubmit={submit} noValidate>
        <h2 id="walk-in">{t(door.walkIn)}</h2>
        {missing && (
          <p id="missing" role="alert" className="refused">
            {t(door.nameMissing)}
          </p>
        )}
        <label htmlFor="given">{t(door.givenName)}</label>
        <input
          id="given"
          ref={given}
          defaultValue={typed}
          autoComplete="off"
          maxLength={200}
          aria-invalid={missing}
          aria-describedby={missing ? 'missing' : undefined}
        />
        <label htmlFor="family">{t(door.familyName)}</label>
        <input id="family" ref={family} autoComplete="off" maxLength={200} />
        <button className="main" type="submit">
          {t(door.checkIn)}
        </button>
        <button type="button" onClick={close}>
          {t(door.cancel)}
        </button>
      </form>
    </dialog>
  );
}
