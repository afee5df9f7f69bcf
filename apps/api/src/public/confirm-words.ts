import type { ConfirmOutcome, RequestKind } from '@unionhall/outreach';
import type { Spoken } from '@unionhall/platform';

type Outcomes = Readonly<Record<RequestKind, Readonly<Record<ConfirmOutcome, string>>>>;

const ENGLISH = {
  ask: {
    pledge: 'Press the button, and your pledge counts:',
    rsvp: 'Press the button, and you are on the list:',
    join: 'Press the button, and you are in touch with:',
  } satisfies Record<RequestKind, string>,
  confirm: {
    pledge: 'Confirm my pledge',
    rsvp: 'Confirm that I am coming',
    join: 'Confirm',
  } satisfies Record<RequestKind, string>,
  title: 'Confirm',
  thanks: 'Thank you',
  outcome: {
    pledge: {
      done: 'Your pledge counts.',
      already: 'You have pledged this before. It still counts, once.',
      waitlisted: 'Your pledge counts.',
    },
    rsvp: {
      done: 'You have a place. See you there.',
      already: 'You had answered before. Your answer stands.',
      waitlisted: 'All places are taken. You are on the waiting list. We will write when a place is free.',
    },
    join: {
      done: 'You are in touch with us. Your chapter knows that you want to take part.',
      already: 'You are in touch with us already.',
      waitlisted: 'You are in touch with us.',
    },
  } satisfies Outcomes,
  calendar: 'Put it into my calendar',
  change: 'Change my answer',
  preferences: 'What we may write to you about',
  back: 'Go to the page',
};

/** The words of the page behind a link that confirms. */
export const CONFIRM_WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    ask: {
      pledge: 'Pulse el botón y su compromiso contará:',
      rsvp: 'Pulse el botón y estará en la lista:',
      join: 'Pulse el botón y estará en contacto con:',
    },
    confirm: {
      pledge: 'Confirmar mi compromiso',
      rsvp: 'Confirmar que iré',
      join: 'Confirmar',
    },
    title: 'Confirmar',
    thanks: 'Gracias',
    outcome: {
      pledge: {
        done: 'Su compromiso cuenta.',
        already: 'Ya se había comprometido. Sigue contando, una vez.',
        waitlisted: 'Su compromiso cuenta.',
      },
      rsvp: {
        done: 'Tiene un lugar. Nos vemos allí.',
        already: 'Ya había respondido. Su respuesta sigue en pie.',
        waitlisted:
          'No quedan lugares. Está en la lista de espera. Le escribiremos cuando haya un lugar libre.',
      },
      join: {
        done: 'Está en contacto con la unión. Su capítulo sabe que quiere participar.',
        already: 'Ya estaba en contacto con la unión.',
        waitlisted: 'Está en contacto con la unión.',
      },
    },
    calendar: 'Añadirlo a mi calendario',
    change: 'Cambiar mi respuesta',
    preferences: 'Sobre qué podemos escribirle',
    back: 'Ir a la página',
  },
};
