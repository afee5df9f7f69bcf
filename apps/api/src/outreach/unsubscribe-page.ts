import type { Allowed, Standing } from '@unionhall/outreach';
import type { Language, Spoken } from '@unionhall/platform';
import { html, type Html, type Page } from '../pages';

const ENGLISH = {
  title: 'What we may write to you about',
  done: 'Done',
  nothing: 'You get no messages from us.',
  lead: 'You need no account for this, and no reason.',
  stopAll: 'Stop everything',
  stop: 'Stop messages about',
  stoppedAll: 'You will get no more messages from us.',
  stopped: 'You will get no more messages about',
  allowed: 'We may write to you again about',
  agreed: 'You agreed to:',
  undo: 'Undo: write to me again about',
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
    title: 'Sobre qué podemos escribirle',
    done: 'Hecho',
    nothing: 'No recibe ningún mensaje nuestro.',
    lead: 'No hace falta ninguna cuenta, ni ningún motivo.',
    stopAll: 'No recibir nada más',
    stop: 'No recibir más mensajes sobre',
    stoppedAll: 'No recibirá más mensajes nuestros.',
    stopped: 'No recibirá más mensajes sobre',
    allowed: 'Podemos escribirle de nuevo sobre',
    agreed: 'Usted aceptó:',
    undo: 'Deshacer: escríbanme de nuevo sobre',
    purposes: {
      newsletter: 'el boletín',
      organizing: 'organización',
      events: 'eventos',
      campaigns: 'campañas',
    },
  },
};

/** What was changed just now: a purpose, or `everything`. */
export interface JustDone {
  readonly stopped?: string;
  readonly allowed?: string;
}

/** Everything that a member may stop, each with the words agreed to, and what was just stopped with a way back. */
export function unsubscribePage(standing: Standing, language: Language, done?: JustDone): Page {
  const words = WORDS[language];
  const named = (purpose: string): string => words.purposes[purpose] ?? purpose;
  const byMail = ({ channel }: Allowed): boolean => channel === 'email';
  const granted = standing.granted.filter(byMail);
  const undoable = standing.undoable.filter(byMail);
  return {
    language,
    title: done === undefined ? words.title : words.done,
    body: html`${done !== undefined && html`<p class="note" role="status">${receipt(done, language)}</p>`}
    ${
      granted.length === 0
        ? html`<p class="lead">${words.nothing}</p>`
        : html`<p class="lead">${words.lead}</p>
            <form method="post">
              <p><button name="stop" value="everything">${words.stopAll}</button></p>
              ${granted.map(
                ({ purpose, wording }) =>
                  html`<div class="card">
                    <p>${words.agreed} <q>${wording}</q></p>
                    <button class="plain" name="stop" value="${purpose}">
                      ${words.stop} ${named(purpose)}
                    </button>
                  </div>`,
              )}
            </form>`
    }
    ${
      undoable.length > 0 &&
      html`<form method="post">
        ${undoable.map(
          ({ purpose }) =>
            html`<p>
              <button class="plain" name="undo" value="${purpose}">${words.undo} ${named(purpose)}</button>
            </p>`,
        )}
      </form>`
    }`,
  };
}

function receipt({ stopped, allowed }: JustDone, language: Language): Html {
  const words = WORDS[language];
  if (stopped === 'everything') return html`${words.stoppedAll}`;
  const purpose = stopped ?? allowed ?? '';
  return html`${stopped === undefined ? words.allowed : words.stopped} ${words.purposes[purpose] ?? purpose}.`;
}
