import type { Language, Spoken } from '@unionhall/platform';
import { html, type Page } from '../pages';

const ENGLISH = {
  title: 'Check your email',
  sent: 'One step is left. We have sent a link to this address:',
  open: 'Open it and confirm within seven days. Until then nothing counts, and after that we forget what you wrote.',
  missing: 'No mail? Look among your spam, or go back and write the address again.',
  back: 'Go back',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    title: 'Revise su correo',
    sent: 'Falta un paso. Hemos enviado un enlace a esta dirección:',
    open: 'Ábralo y confirme en un plazo de siete días. Hasta entonces nada cuenta, y después olvidaremos lo que escribió.',
    missing: '¿No llega el mensaje? Mire en el correo no deseado, o vuelva y escriba la dirección otra vez.',
    back: 'Volver',
  },
};

/** What everyone sees who has sent a public form, whether or not their address is known. */
export function checkMailPage(language: Language, email: string, back: string): Page {
  const words = WORDS[language];
  return {
    language,
    title: words.title,
    body: html`<div class="card" role="status">
        <p class="lead">${words.sent} <strong>${email}</strong></p>
        <p>${words.open}</p>
      </div>
      <p class="dim">${words.missing}</p>
      <p><a class="button plain" href="${back}">${words.back}</a></p>`,
  };
}
