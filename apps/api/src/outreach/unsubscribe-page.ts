import type { ConsentKey, Standing } from '@unionhall/outreach';
import type { Language, Spoken } from '@unionhall/platform';
import { html, type Page } from '../pages';

const ENGLISH = {
  title: 'What we may write to you about',
  done: 'Done',
  nothing: 'You get no messages from us.',
  lead: 'You need no account for this, and no reason.',
  stopAll: 'Stop everything',
  stop: { email: 'Stop messages about', sms: 'Stop text messages about', phone: 'Stop phone calls about' },
  stoppedAll: 'You will get no more messages from us.',
  stopped: {
    email: 'You will get no more messages about',
    sms: 'You will get no more text messages about',
    phone: 'You will get no more phone calls about',
  },
  allowed: {
    email: 'We may write to you again about',
    sms: 'We may send you text messages again about',
    phone: 'We may call you again about',
  },
  agreed: 'You agreed to:',
  undo: {
    email: 'Undo: write to me again about',
    sms: 'Undo: send me text messages again about',
    phone: 'Undo: call me again about',
  },
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
    stop: {
      email: 'No recibir más mensajes sobre',
      sms: 'No recibir más mensajes de texto sobre',
      phone: 'No recibir más llamadas sobre',
    },
    stoppedAll: 'No recibirá más mensajes nuestros.',
    stopped: {
      email: 'No recibirá más mensajes sobre',
      sms: 'No recibirá más mensajes de texto sobre',
      phone: 'No recibirá más llamadas sobre',
    },
    allowed: {
      email: 'Podemos escribirle de nuevo sobre',
      sms: 'Podemos enviarle de nuevo mensajes de texto sobre',
      phone: 'Podemos llamarle de nuevo sobre',
    },
    agreed: 'Usted aceptó:',
    undo: {
      email: 'Deshacer: escríbanme de nuevo sobre',
      sms: 'Deshacer: envíenme de nuevo mensajes de texto sobre',
      phone: 'Deshacer: llámenme de nuevo sobre',
    },
    purposes: {
      newsletter: 'el boletín',
      organizing: 'organización',
      events: 'eventos',
      campaigns: 'campañas',
    },
  },
};

/** What was changed just now. */
export interface JustDone {
  readonly stopped?: ConsentKey | 'everything';
  readonly allowed?: ConsentKey;
}

/** Everything that a member may stop, each with the words agreed to, and what was just stopped with a way back. */
export function unsubscribePage({ granted, undoable }: Standing, language: Language, done?: JustDone): Page {
  const words = WORDS[language];
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
                (one) =>
                  html`<div class="card">
                    <p>${words.agreed} <q>${one.wording}</q></p>
                    <button class="plain" name="stop" value="${valueOf(one)}">
                      ${sentence(words.stop, one, language)}
                    </button>
                  </div>`,
              )}
            </form>`
    }
    ${
      undoable.length > 0 &&
      html`<form method="post">
        ${undoable.map(
          (one) =>
            html`<p>
              <button class="plain" name="undo" value="${valueOf(one)}">
                ${sentence(words.undo, one, language)}
              </button>
            </p>`,
        )}
      </form>`
    }`,
  };
}

const valueOf = ({ purpose, channel }: ConsentKey): string => `${purpose}.${channel}`;

/** A sentence of a channel that ends in its purpose. */
function sentence(by: typeof ENGLISH.stop, { purpose, channel }: ConsentKey, language: Language): string {
  const { purposes } = WORDS[language];
  return `${by[channel as keyof typeof by]} ${purposes[purpose] ?? purpose}`;
}

function receipt({ stopped, allowed }: JustDone, language: Language): string {
  const words = WORDS[language];
  if (stopped !== undefined && stopped !== 'everything')
    return `${sentence(words.stopped, stopped, language)}.`;
  return allowed === undefined ? words.stoppedAll : `${sentence(words.allowed, allowed, language)}.`;
}
