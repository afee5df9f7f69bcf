import { texts } from '../../app/i18n';

export const identity = texts('identity', {
  title: { en: 'Sign in', es: 'Iniciar sesión' },
  welcome: { en: 'Welcome to the union hall', es: 'Bienvenida a la casa sindical' },
  email: { en: 'E-mail address', es: 'Correo electrónico' },
  password: { en: 'Password', es: 'Contraseña' },
  show: { en: 'Show what is typed', es: 'Mostrar lo que se escribe' },
  submit: { en: 'Sign in', es: 'Entrar' },
  link: { en: 'Send me a sign-in link', es: 'Enviarme un enlace' },
  sent: {
    en: 'If this address is known here, a link is on its way. It works once, for 15 minutes.',
    es: 'Si conocemos esta dirección, el enlace va en camino. Funciona una vez, durante 15 minutos.',
  },
  refused: {
    en: 'The address or the password is not right.',
    es: 'La dirección o la contraseña no es correcta.',
  },
  missingEmail: { en: 'Enter your e-mail address', es: 'Escriba su correo electrónico' },
  missingPassword: { en: 'Enter your password', es: 'Escriba su contraseña' },
  again: { en: 'Sign in to go on', es: 'Inicie sesión para continuar' },
  kept: {
    en: 'Your session has ended. What you typed is kept, and goes on where it was.',
    es: 'Su sesión terminó. Lo que escribió se conserva, y todo sigue donde estaba.',
  },
  sentBack: {
    en: 'A link is on its way. Open it in this browser, then come back to this page.',
    es: 'El enlace va en camino. Ábralo en este navegador y vuelva a esta página.',
  },
  cameBack: { en: 'I have opened the link', es: 'Ya abrí el enlace' },
  notYet: { en: 'You are not signed in yet.', es: 'Todavía no ha iniciado sesión.' },
  notNow: { en: 'Not now', es: 'Ahora no' },
  noGrant: {
    en: 'You are signed in, but no chapter has given you a role yet. Ask your chapter’s admin.',
    es: 'Ha iniciado sesión, pero ninguna sección le ha dado un papel. Pregunte en su sección.',
  },
});
