import type { Language, Spoken } from '@unionhall/platform';
import type { Standing } from '@unionhall/outreach';
import { html, type Page } from '../pages';

const ENGLISH = {
  title: 'Messages',
  done: 'Done',
  nothing: 'You get no messages from us.',
  stopAll: 'Stop everything',
  stop: 'Stop messages about',
  stoppedAll: 'You will get no more messages from us.',
  stopped: 'You will get no more messages about',
  purposes: {
    newsletter: 'the newsletter',
    organizing: 'organizing',
    events: 'events',
    campaigns: 'campaigns',
  } as Readonly<Record<string, string>>,
};

const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    title: 'Mensajes',
    done: 'Hecho',
    nothing: 'No recibes ningún mensaje nuestro.',
    stopAll: 'No recibir nada más',
    stop: 'No recibir más mensajes sobre',
    stoppedAll: 'No recibirás más mensajes nuestros.',
    stopped: 'No recibirás más mensajes sobre',
    purposes: {
      newsletter: 'el boletín',
      organizing: 'organización',
      events: 'eventos',
      campaigns: 'campañas',
    },
  },
};

/** What a member may stop. `stopped` names what was stopped just now: a purpose, or everything. */
export function unsubscribePage(
  standing: Standing,
  language: Language,
  stopped?: { readonly purpose: string | undefined },
): Page {
  const words = WORDS[language];
  const named = (purpose: string): string => words.purposes[purpose] ?? purpose;
  const mail = standing.granted.filter(({ channel }) => channel === 'email');
  const rows = mail.map(
    ({ purpose }) =>
      html`<p><button name="stop" value="${purpose}">${words.stop} ${named(purpose)}</button></p>`,
  );
  return {
    language,
    title: stopped === undefined ? words.title : words.done,
    body: html`${
      stopped !== undefined &&
      html`<p role="status">
        ${stopped.purpose === undefined ? words.stoppedAll : `${words.stopped} ${named(stopped.purpose)}.`}
      </p>`
    }${
      mail.length === 0
        ? html`<p>${words.nothing}</p>`
        : html`<form method="post">
            <p><button name="stop" value="everything">${words.stopAll}</button></p>
            ${rows}
          </form>`
    }`,
  };
}
