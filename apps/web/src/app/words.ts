import { texts } from './i18n';

/** Words that every screen uses. */
export const words = texts('app', {
  skip: { en: 'Skip to the content', es: 'Ir al contenido' },
  retry: { en: 'Try again', es: 'Intentar de nuevo' },
  failed: { en: 'This could not be loaded.', es: 'No se pudo cargar.' },
  lost: {
    en: 'No connection. What you typed is kept.',
    es: 'Sin conexión. Lo que escribió se conserva.',
  },
  ended: {
    en: 'Your session has ended. Sign in to go on; what you typed is kept.',
    es: 'Su sesión terminó. Inicie sesión para continuar; lo que escribió se conserva.',
  },
  loading: { en: 'Loading', es: 'Cargando' },
  language: { en: 'Language', es: 'Idioma' },
  scheme: { en: 'Light or dark', es: 'Claro u oscuro' },
  signOut: { en: 'Sign out', es: 'Cerrar sesión' },
  close: { en: 'Close', es: 'Cerrar' },
  problem: { en: 'There is a problem', es: 'Hay un problema' },
  more: { en: 'Show more', es: 'Mostrar más' },
});
