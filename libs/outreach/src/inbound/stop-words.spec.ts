import fc from 'fast-check';
import { asksToStop, keywordOf, plainWords } from './stop-words';

describe('the keyword of a text message', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop. ', 'stop'],
    ['Stop!!', 'stop'],
    ['STOP ALL', 'stop'],
    ['opt-out', 'stop'],
    ['ＳＴＯＰ', 'stop'],
    ['Arrêt', 'stop'],
    ['baja', 'stop'],
    ['¡ALTO!', 'stop'],
    ['Стоп', 'stop'],
    ['停止', 'stop'],
    ['Start', 'start'],
    ['UNSTOP', 'start'],
    ['Yes', 'start'],
    ['help?', 'help'],
    ['Información', 'help'],
    ['AYUDA', 'help'],
  ])('%j is %s', (text, keyword) => expect(keywordOf(text)?.keyword).toBe(keyword));

  it.each([
    '',
    '!',
    'Stop by on Friday?',
    'the bus stop',
    'yes I will come',
    'I need help with the flyers',
    'no',
  ])('is not in %j', (text) => expect(keywordOf(text)).toBeUndefined());

  it('is heard however it is written', () => {
    const noise = fc.string({ unit: fc.constantFrom(' ', '.', '!', '\n', '"', '…', '¡'), maxLength: 5 });
    const letters = fc.constantFrom('STOP', 'stop', 'StOp', 'ｓｔｏｐ', 'stóp');
    fc.assert(
      fc.property(noise, letters, noise, (before, word, after) => {
        expect(keywordOf(before + word + after)?.keyword).toBe('stop');
      }),
    );
  });

  it('is compared in one form, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainWords(plainWords(text))).toBe(plainWords(text));
      }),
    );
  });
});

describe('a text that asks to be left alone', () => {
  it.each([
    'Please stop texting me',
    'stop sending me these messages!!',
    'STOP IT',
    'No more messages please',
    "don't ever text me again",
    'Do not contact this number',
    'remove me from your list',
    'Take me off this list',
    'leave me alone',
    'I want to opt out',
    'Who is this? Wrong number',
    'ya no me escriban',
    'Por favor, no me manden más mensajes',
    'No quiero recibir nada',
    'dejen de escribirme',
    'Quítenme de la lista',
    'quiero darme de baja',
    'ne m’écrivez plus',
    'Stop',
  ])('is heard in %j', (text) => expect(asksToStop(text)).toBe(true));

  it.each([
    'Which bus stop is it?',
    'I will stop by after work',
    'yes, see you there',
    'Can you send me more messages about this?',
    '¿A qué hora es?',
    'No puedo ir el martes',
    'Call me tomorrow',
    'We must stop Facebook',
    'I have no more questions',
  ])('is not made out of %j', (text) => expect(asksToStop(text)).toBe(false));
});
