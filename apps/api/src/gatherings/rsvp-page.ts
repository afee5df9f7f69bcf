import { DateTime } from 'luxon';
import type { RsvpPage } from '@unionhall/gatherings';
import type { Language, Spoken } from '@unionhall/platform';
import { html, type Page } from '../pages';

const STATUSES = ['going', 'maybe', 'declined'] as const;

const ENGLISH = {
  training: 'Training',
  listening_session: 'Listening session',
  going: 'I will come',
  maybe: 'Maybe',
  declined: 'I cannot come',
  wait: 'Put me on the waiting list',
  ask: 'Ask to be let in',
  take: 'Take the place',
  offered: 'A place is held for you until {until}.',
  requested: 'You have asked to be let in. We will write when it is decided.',
  refused: 'You were not let in: {reason}',
  cancelled: 'This gathering has been cancelled.',
  over: 'This gathering is over.',
  recorded: 'Thank you. Your answer has been recorded.',
  unchanged: 'Your answer stands as it was.',
  standing: {
    going: 'You have a place. See you there.',
    waitlisted: 'You are on the waiting list. We will write when a place is free.',
    maybe: 'You said: maybe.',
    declined: 'You said that you cannot come.',
    cancelled: 'You have taken your answer back.',
  } as Readonly<Record<string, string>>,
};

const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    training: 'Taller',
    listening_session: 'Sesión de escucha',
    going: 'Iré',
    maybe: 'Quizás',
    declined: 'No puedo ir',
    wait: 'Póngame en la lista de espera',
    ask: 'Pedir que me admitan',
    take: 'Tomar el lugar',
    offered: 'Se le guarda un lugar hasta {until}.',
    requested: 'Ha pedido que le admitan. Le escribiremos cuando se decida.',
    refused: 'No fue admitido: {reason}',
    cancelled: 'Este encuentro ha sido cancelado.',
    over: 'Este encuentro ya ha terminado.',
    recorded: 'Gracias. Su respuesta ha quedado registrada.',
    unchanged: 'Su respuesta sigue como estaba.',
    standing: {
      going: 'Tiene un lugar. Nos vemos allí.',
      waitlisted: 'Está en la lista de espera. Le escribiremos cuando haya un lugar libre.',
      maybe: 'Dijo: quizás.',
      declined: 'Dijo que no puede ir.',
      cancelled: 'Ha retirado su respuesta.',
    },
  },
};

/** What saying that one comes does now. */
const comingBy = (page: RsvpPage): 'take' | 'ask' | 'wait' | 'going' =>
  page.offerUntil !== null ? 'take' : page.byApproval ? 'ask' : page.full ? 'wait' : 'going';

function standingOf(page: RsvpPage, language: Language): string | undefined {
  const words = WORDS[language];
  if (page.offerUntil !== null) {
    const until = DateTime.fromJSDate(page.offerUntil, { zone: page.timeZone }).setLocale(language);
    return words.offered.replace(
      '{until}',
      () => `${until.toLocaleString(DateTime.DATETIME_FULL)} (${page.timeZone})`,
    );
  }
  if (page.requested) return words.requested;
  if (page.refusal !== null) return words.refused.replace('{reason}', () => page.refusal!);
  return page.answer === null ? undefined : words.standing[page.answer];
}

/** The page where a member answers: buttons in a plain form. `notice` says what an answer just did. */
export function rsvpPage(page: RsvpPage, language: Language, notice?: 'recorded' | 'unchanged'): Page {
  const words = WORDS[language];
  const starts = DateTime.fromJSDate(page.startsAt, { zone: page.timeZone }).setLocale(language);
  const standing = standingOf(page, language);
  const closed = page.state === 'cancelled' ? words.cancelled : page.over ? words.over : undefined;
  const buttons = STATUSES.map((status) => {
    const waits = page.answer === 'waitlisted' && page.offerUntil === null && status === 'going';
    const held = page.answer === status || waits;
    const text = status === 'going' && !held ? words[comingBy(page)] : words[status];
    return html`<button
      class="${status !== 'going' && 'plain'}"
      name="status"
      value="${status}"
      ${held && 'disabled'}
    >
      ${text}
    </button> `;
  });
  return {
    language,
    title: page.title,
    above: html`<p class="kicker">${page.kind === 'training' ? words.training : words.listening_session}</p>`,
    body: html`<p><strong>${starts.toLocaleString(DateTime.DATETIME_FULL)} (${page.timeZone})</strong></p>
      ${page.place !== null && html`<p>${page.place}</p>`}
      ${notice !== undefined && html`<p class="note" role="status">${words[notice]}</p>`}
      ${standing !== undefined && html`<p role="status">${standing}</p>`}
      ${
        closed === undefined
          ? html`<form method="post">${buttons}</form>`
          : html`<p class="note warn" role="alert">${closed}</p>`
      }`,
  };
}
