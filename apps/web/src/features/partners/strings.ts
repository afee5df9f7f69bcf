import { texts } from '../../app/i18n';

export const partners = texts('partners', {
  title: { en: 'Partners', es: 'Organizaciones aliadas' },
  none: { en: 'There are no partners yet.', es: 'Aún no hay organizaciones aliadas.' },
  ACTIVE: { en: 'active', es: 'activa' },
  SUSPENDED: { en: 'suspended', es: 'suspendida' },
  ENDED: { en: 'ended', es: 'terminada' },
  suspend: { en: 'Suspend', es: 'Suspender' },
  readmit: { en: 'Readmit', es: 'Readmitir' },
  end: { en: 'End', es: 'Terminar' },
  suspendBites: {
    en: 'From its next read on, {name} sees nothing. Its keys work again when you readmit it.',
    es: 'Desde su próxima lectura, {name} no ve nada. Sus claves vuelven a funcionar si la readmite.',
  },
  endBites: {
    en: 'From its next read on, {name} sees nothing. The partnership is over.',
    es: 'Desde su próxima lectura, {name} no ve nada. La alianza termina.',
  },
  readmitBites: {
    en: 'From its next read on, {name} sees what its agreements and each member allow.',
    es: 'Desde su próxima lectura, {name} ve lo que permiten sus acuerdos y cada miembro.',
  },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  agreements: { en: 'Agreements', es: 'Acuerdos' },
  noAgreement: { en: 'Nothing is shared yet.', es: 'Aún no se comparte nada.' },
  until: { en: 'until {when}', es: 'hasta {when}' },
  open: { en: 'no end date', es: 'sin fecha de fin' },
  keys: { en: 'Keys', es: 'Claves' },
  revoke: { en: 'Revoke “{label}”', es: 'Revocar «{label}»' },
  revoked: { en: 'revoked', es: 'revocada' },
  label: { en: 'What is the key for?', es: '¿Para qué es la clave?' },
  days: { en: 'Days it lives (1 to 400)', es: 'Días de vigencia (1 a 400)' },
  issue: { en: 'Issue a key', es: 'Emitir una clave' },
  once: {
    en: 'Copy it now. It is not shown again.',
    es: 'Cópiela ahora. No se vuelve a mostrar.',
  },
  newKey: { en: 'New key', es: 'Clave nueva' },
  copy: { en: 'Copy', es: 'Copiar' },
  copied: { en: 'Copied', es: 'Copiada' },
  usage: { en: 'Usage by day', es: 'Uso por día' },
  used: {
    en: '{day}: {people} people, {queries} queries, cost {cost}',
    es: '{day}: {people} personas, {queries} consultas, costo {cost}',
  },
  unused: { en: 'Nothing was asked yet.', es: 'Aún no hubo consultas.' },
});
