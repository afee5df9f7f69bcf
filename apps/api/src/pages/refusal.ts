import { AppError, HTTP_STATUS, type Language, type Spoken } from '@unionhall/platform';
import { html } from './html';
import type { Page } from './page';

const TITLE: Spoken = { en: 'This did not work', es: 'Esto no ha funcionado' };

/** The refusals that a page meets, in Spanish; English is the error's own message. */
const SPANISH: Readonly<Record<string, string>> = {
  'LINK.MALFORMED': 'Este enlace no está completo. Ábralo de nuevo desde el mensaje.',
  'LINK.EXPIRED': 'Este enlace ha caducado.',
  'GATHERING.NOT_FOUND': 'No existe tal encuentro.',
  'GATHERING.CANCELLED': 'Este encuentro ha sido cancelado.',
  'GATHERING.OVER': 'Este encuentro ya ha terminado.',
  'RSVP.STATUS_INVALID': 'La respuesta no es ninguna de las posibles.',
  'CAMPAIGN.NOT_FOUND': 'No existe tal campaña.',
  'CAMPAIGN.CLOSED': 'Esta campaña ya no recibe compromisos.',
  'CHAPTER.NOT_FOUND': 'No existe tal capítulo.',
  'REQUEST.LINK_EXPIRED': 'Este enlace ha caducado. Vuelva a empezar desde la página.',
  'SIGN_IN.LIMITED': 'Demasiados intentos. Espere una hora antes de volver a intentarlo.',
  'SIGN_IN.REFUSED': 'Este enlace no sirve para iniciar sesión.',
  'SIGN_IN.LINK_USED': 'Este enlace ya se ha usado. Pida otro.',
  'SIGN_IN.LINK_EXPIRED': 'Este enlace ha caducado. Pida otro.',
  'MEMBER.NOT_FOUND': 'No existe tal miembro.',
};

/** The page `work` makes, or the page of its refusal. What is not an AppError is thrown on. */
export async function pageOrRefusal(language: Language, work: () => Promise<Page>): Promise<Page> {
  return work().catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    const spanish = language === 'es' ? SPANISH[error.code] : undefined;
    return {
      language,
      title: TITLE[language],
      status: HTTP_STATUS[error.kind],
      body: html`<p class="lead" role="alert" lang="${spanish === undefined ? 'en' : 'es'}">
          ${spanish ?? error.message}
        </p>
        <p class="dim"><small>${error.code}</small></p>`,
    };
  });
}
