import { texts } from '../app/i18n';

export const keys = texts('keys', {
  title: { en: 'Keyboard', es: 'Teclado' },
  key: { en: 'Key', es: 'Tecla' },
  does: { en: 'What it does', es: 'Qué hace' },
  anywhere: { en: 'Anywhere', es: 'En cualquier lugar' },
  list: { en: 'In the list of members', es: 'En la lista de miembros' },
  bar: { en: 'Search everything and go anywhere', es: 'Buscar todo e ir a cualquier lugar' },
  search: { en: 'Go to the search field', es: 'Ir al campo de búsqueda' },
  create: { en: 'Create something', es: 'Crear algo' },
  help: { en: 'Show this list', es: 'Mostrar esta lista' },
  move: { en: 'Go up and down', es: 'Subir y bajar' },
  select: { en: 'Select or leave out', es: 'Seleccionar o quitar' },
  stretch: { en: 'Select from here to there', es: 'Seleccionar desde aquí hasta allí' },
  open: { en: 'Open the record', es: 'Abrir la ficha' },
  single: { en: 'Use keys without Ctrl', es: 'Usar teclas sin Ctrl' },
  singleMore: {
    en: 'Switch this off if you speak to your computer or press keys by accident.',
    es: 'Desactívelo si habla con su computadora o pulsa teclas sin querer.',
  },
  up: { en: 'Up', es: 'Arriba' },
  down: { en: 'Down', es: 'Abajo' },
  space: { en: 'Space', es: 'Espacio' },
  shift: { en: 'Shift', es: 'Mayús' },
  enter: { en: 'Enter', es: 'Intro' },
});
