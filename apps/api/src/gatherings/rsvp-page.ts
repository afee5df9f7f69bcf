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

/** The page where a member answers: buttons in a plain form. `notice` says what an answer just did. */
export function rsvpPage(page: RsvpPage, language: Language, notice?: 'recorded' | 'unchanged'): Page {
  const words = WORDS[language];
  const starts = DateTime.fromJSDate(page.startsAt, { zone: page.timeZone }).setLocale(language);
  const standing = page.answer === null ? undefined : words.standing[page.answer];
  const closed = page.state === 'cancelled' ? words.cancelled : page.over ? words.over : undefined;
  const buttons = STATUSES.map((status) => {
    const held = page.answer === status || (page.answer === 'waitlisted' && status === 'going');
    const text = status === 'going' && page.full && !held ? words.wait : words[status];
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
