import type { Language, Spoken } from '@unionhall/platform';
import { html, type Html } from '../pages';

const WORDS: Spoken<{ title: string; copy: string; mail: string }> = {
  en: { title: 'Pass it on', copy: 'Copy this link:', mail: 'Send it by email' },
  es: { title: 'Compártalo', copy: 'Copie este enlace:', mail: 'Enviarlo por correo' },
};

/** A link to copy and one to mail: no other site hears of it. */
export function shareLinks(language: Language, title: string, url: string): Html {
  const words = WORDS[language];
  const mail = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\n\n${url}`)}`;
  return html`<section>
    <h2>${words.title}</h2>
    <p>${words.copy} <span class="link">${url}</span></p>
    <p><a class="button plain" href="${mail}">${words.mail}</a></p>
  </section>`;
}
