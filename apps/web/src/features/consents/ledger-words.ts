import { texts, t } from '../../app/i18n';

/** What can be read of a person, and what for, in words; by the names of the schema. */
export const ledger = texts('ledger', {
  givenName: { en: 'name', es: 'nombre' },
  familyName: { en: 'name', es: 'nombre' },
  email: { en: 'e-mail address', es: 'correo electrónico' },
  phone: { en: 'telephone number', es: 'teléfono' },
  postalCode: { en: 'postal code', es: 'código postal' },
  city: { en: 'city', es: 'ciudad' },
  country: { en: 'country', es: 'país' },
  language: { en: 'language', es: 'idioma' },
  timeZone: { en: 'time zone', es: 'zona horaria' },
  status: { en: 'membership', es: 'membresía' },
  joinedOn: { en: 'day of joining', es: 'día de ingreso' },
  chapter: { en: 'chapter', es: 'sección' },
  tags: { en: 'tags', es: 'etiquetas' },
  custom: { en: 'custom fields', es: 'campos propios' },
  provenance: { en: 'where values came from', es: 'origen de los datos' },
  consents: { en: 'consents', es: 'permisos' },
  rsvps: { en: 'answers to invitations', es: 'respuestas a invitaciones' },
  attendances: { en: 'attendance', es: 'asistencia' },
  attendanceCount: { en: 'attendance', es: 'asistencia' },
  commitments: { en: 'commitments', es: 'compromisos' },
  deliveries: { en: 'messages sent to you', es: 'mensajes enviados a usted' },
  Rsvp: { en: 'answers to invitations', es: 'respuestas a invitaciones' },
  Attendance: { en: 'attendance', es: 'asistencia' },
  Commitment: { en: 'commitments', es: 'compromisos' },
  Consent: { en: 'consents', es: 'permisos' },
  Delivery: { en: 'messages sent to you', es: 'mensajes enviados a usted' },
  Testimony: { en: 'what you said in a listening session', es: 'lo que dijo en una sesión de escucha' },
  TestimonyConsent: { en: 'what you allow with it', es: 'lo que permite con ello' },
  nothing: { en: 'that you are a member', es: 'que es miembro' },
});

/** The words of the page itself. */
export const saw = texts('saw', {
  seen: { en: 'Who saw your data', es: 'Quién vio sus datos' },
  seenWhy: {
    en: 'Each time somebody of the union or of a partner reads something about you, it is written here. Nobody is exempt.',
    es: 'Cada vez que alguien del sindicato o de una organización aliada lee algo sobre usted, queda escrito aquí. Sin excepciones.',
  },
  notSeen: { en: 'Nobody has looked at your data.', es: 'Nadie ha mirado sus datos.' },
  whatFor: { en: 'for {purpose}', es: 'para {purpose}' },
  because: { en: 'Reason given: {reason}', es: 'Motivo indicado: {reason}' },
  sawWhat: { en: 'Saw: {names}', es: 'Vio: {names}' },
  USER: { en: 'An organizer', es: 'Una organizadora' },
  PARTNER: { en: 'A partner organisation', es: 'Una organización aliada' },
  SYSTEM: { en: 'The union’s own work', es: 'El propio trabajo del sindicato' },
  LINK: { en: 'A link that was sent to you', es: 'Un enlace que se le envió' },
  ANONYMOUS: { en: 'Somebody not signed in', es: 'Alguien sin sesión' },
});

export const purposes = texts('ledgerPurpose', {
  organizing: { en: 'organizing', es: 'organización' },
  campaigning: { en: 'campaigns', es: 'campañas' },
  training: { en: 'trainings', es: 'formación' },
  stewardship: { en: 'care of the records', es: 'cuidado de los registros' },
  audit: { en: 'audit', es: 'auditoría' },
  partnership: { en: 'work of the coalition', es: 'trabajo de la coalición' },
});

/** What a purpose is called; its own name where it has no other. */
export const purposeInWords = (purpose: string): string =>
  purpose in purposes ? t(purposes[purpose as keyof typeof purposes]) : purpose;

/** Fields of the ledger (`Member.email`, `Rsvp.status`) as a list in words, each once. */
export function fieldsInWords(fields: readonly string[]): string {
  const known = fields.flatMap((field) => {
    const [type = '', name = ''] = field.split('.');
    if (type === 'Query' || name === 'id') return [];
    const key = type === 'Member' || type === 'SharedMember' ? name : type;
    return key in ledger ? [t(ledger[key as keyof typeof ledger])] : [name];
  });
  const each = [...new Set(known)];
  return new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(
    each.length === 0 ? [t(ledger.nothing)] : each,
  );
}
