import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { words } from '../../app/words';
import { putAside, retry } from './door-store';
import { door } from './door-strings';
import { useOnline, type Outbox } from './use-door';

/** How much the union does not know yet, always in sight: in words, a sign and a colour. */
export function OutboxState({ rows, outcome, send }: Outbox): ReactNode {
  const online = useOnline();
  const refused = rows.filter((row) => row.refused !== undefined);
  const waiting = rows.length - refused.length;
  return (
    <section className="outbox" aria-label={t(door.title)}>
      <p role="status" className={waiting === 0 ? 'sent' : 'waiting'}>
        <span aria-hidden="true">{waiting === 0 ? '✓' : '↑'}</span>
        <span>
          {waiting === 0 ? t(door.allSent) : t(door.waiting, { count: waiting })}
          {(!online || outcome === 'lost') && ` · ${t(door.offline)}`}
        </span>
        {waiting > 0 && online && (
          <button type="button" onClick={send}>
            {t(words.retry)}
          </button>
        )}
      </p>
      {refused.length > 0 && (
        <div role="alert" className="refused">
          <p>{t(door.refused, { count: refused.length })}</p>
          <ul>
            {refused.map(({ seq, name, refused: reason }) => (
              <li key={seq}>{`${name}: ${reason}`}</li>
            ))}
          </ul>
          <button type="button" onClick={() => void retry(refused).then(send)}>
            {t(words.retry)}
          </button>
          <button type="button" onClick={() => void putAside(refused)}>
            {t(door.putAside)}
          </button>
        </div>
      )}
    </section>
  );
}
