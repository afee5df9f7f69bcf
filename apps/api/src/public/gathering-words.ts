import type { Spoken } from '@unionhall/platform';

const ENGLISH = {
  training: 'Training',
  listening_session: 'Listening session',
  by: 'By',
  when: 'When',
  elsewhere: 'Elsewhere',
  where: 'Where',
  online: 'Online. The address comes with your confirmation.',
  places: 'Places',
  left: { one: 'place left', other: 'places left' } as Readonly<Record<string, string>>,
  none: 'All taken',
  full: 'All places are taken. Who signs up now waits, and gets a place in turn when one is free.',
  cancelled: 'This gathering has been cancelled.',
  over: 'This gathering is over.',
  come: 'Will you come?',
  signUp: 'Sign up',
  wait: 'Put me on the waiting list',
  calendar: 'Put it into my calendar',
  describe: 'Open to everyone who signs up.',
};

/** The words of a gathering's page. */
export const GATHERING_WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    training: 'Formación',
    listening_session: 'Sesión de escucha',
    by: 'De',
    when: 'Cuándo',
    elsewhere: 'En otros lugares',
    where: 'Dónde',
    online: 'En línea. La dirección llega con su confirmación.',
    places: 'Lugares',
    left: { one: 'lugar libre', other: 'lugares libres' },
    none: 'Todos ocupados',
    full: 'No quedan lugares. Quien se apunte ahora espera, y recibe un lugar por turno cuando haya uno libre.',
    cancelled: 'Este encuentro ha sido cancelado.',
    over: 'Este encuentro ya ha terminado.',
    come: '¿Va a venir?',
    signUp: 'Apuntarme',
    wait: 'Ponerme en la lista de espera',
    calendar: 'Añadirlo a mi calendario',
    describe: 'Abierto a quien se apunte.',
  },
};
