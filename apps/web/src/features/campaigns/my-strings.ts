import { texts } from '../../app/i18n';

/** The words of a member's own commitments. */
export const own = texts('own', {
  commitments: { en: 'Your commitments', es: 'Sus compromisos' },
  noCommitments: { en: 'You have made no pledge yet.', es: 'Todavía no ha hecho ninguna promesa.' },
  kept: { en: 'I kept it', es: 'Lo cumplí' },
  broken: { en: 'I could not', es: 'No pude' },
  pledgedOn: { en: 'Pledged {when}', es: 'Prometido: {when}' },
  how: { en: 'Did you keep it? Your own word is enough.', es: '¿Lo cumplió? Basta con su palabra.' },
  thanks: { en: 'Thank you for telling us.', es: 'Gracias por decírnoslo.' },
  taken: { en: 'Taken back.', es: 'Retirado.' },
  asked: { en: 'You are asked to pledge', es: 'Le piden un compromiso' },
  askedOn: { en: 'Asked {when}', es: 'Pedido: {when}' },
  pledge: { en: 'Pledge', es: 'Comprometerme' },
  withdraw: { en: 'Take it back', es: 'Retirarlo' },
});
