/** What speakers are asked, by version; a consent names the version that was shown or read out. */
export const CONSENT_WORDINGS: Readonly<Record<string, Readonly<{ en: string; es: string }>>> = {
  '2026-1': {
    en:
      'May the union quote what you said: not at all, in other words, or word for word? ' +
      'How may it call you: nothing, your first name, your full name, or a name of your choice? ' +
      'Who may read it: only the two people who sort what was said, members of the union, or everyone? ' +
      'You can change this, or take back what you said, at any time.',
    es:
      '¿Puede el sindicato citar lo que dijiste: no, con otras palabras, o palabra por palabra? ' +
      '¿Cómo puede llamarte: de ningún modo, por tu nombre, por tu nombre completo, o por un nombre que elijas? ' +
      '¿Quién puede leerlo: solo las dos personas que ordenan lo que se dijo, miembros del sindicato, o todo el mundo? ' +
      'Puedes cambiarlo, o retirar lo que dijiste, en cualquier momento.',
  },
};

/** The version that is asked with now. */
export const CONSENT_WORDING = '2026-1';
