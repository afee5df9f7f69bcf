import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { ask, Refusal } from '../../app/ask';
import { t } from '../../app/i18n';
import { reasonOf } from '../../app/reason';
import { graphql } from '../../graphql';
import { identity } from '../identity/strings';

const BY_PASSWORD = graphql(`
  mutation DoorSignIn($email: String!, $password: String!) {
    signInWithPassword(email: $email, password: $password) {
      expiresAt
    }
  }
`);
const SEND_LINK = graphql(`
  mutation DoorSignInLink($email: String!) {
    requestSignInLink(email: $email)
  }
`);

/** The way in for who stands at the door: a password, or a link that opens in this browser. */
export function DoorSignIn({ onSignedIn }: { onSignedIn: () => void }): ReactNode {
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLParagraphElement>(null);
  const [problem, setProblem] = useState('');
  const [linked, setLinked] = useState(false);
  const say = (text: string): void => {
    setProblem(text);
    setTimeout(() => summary.current?.focus());
  };
  const failed = (error: unknown): void =>
    say(error instanceof Refusal && error.code.startsWith('SIGN_IN') ? t(identity.refused) : reasonOf(error));
  const typed = (name: string): string =>
    ((form.current?.elements.namedItem(name) as HTMLInputElement | null)?.value ?? '').trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [email, password] = [typed('email'), typed('password')];
    if (email === '') return say(t(identity.missingEmail));
    if (password === '') return say(t(identity.missingPassword));
    ask(BY_PASSWORD, { email, password }).then(onSignedIn, failed);
  };
  const sendLink = (): void => {
    const email = typed('email');
    if (email === '') return say(t(identity.missingEmail));
    ask(SEND_LINK, { email }).then(() => setLinked(true), failed);
  };
  return (
    <form ref={form} className="card" onSubmit={submit} noValidate>
      <h2>{t(identity.title)}</h2>
      {problem !== '' && (
        <p ref={summary} tabIndex={-1} role="alert" className="refused">
          {problem}
        </p>
      )}
      {linked && <p role="status">{t(identity.sent)}</p>}
      <label htmlFor="email">{t(identity.email)}</label>
      <input id="email" name="email" type="email" autoComplete="username" />
      <label htmlFor="password">{t(identity.password)}</label>
      <input id="password" name="password" type="password" autoComplete="current-password" />
      <button className="main" type="submit">
        {t(identity.submit)}
      </button>
      <button type="button" onClick={sendLink}>
        {t(identity.link)}
      </button>
    </form>
  );
}
