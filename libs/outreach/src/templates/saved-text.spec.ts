import fc from 'fast-check';
import { checkedText, problemsOfWritten, type WrittenText } from './saved-text';

const text = (body: string, more: Partial<WrittenText> = {}): WrittenText => ({
  language: 'en',
  subject: 'Hello',
  body,
  ...more,
});

describe('a text of a template', () => {
  it('is found fault with at its part, its language and its line', () => {
    fc.assert(
      fc.property(fc.nat({ max: 30 }), fc.constantFrom('en', 'es', 'pt-BR'), (lines, language) => {
        const body = `${'fine\n'.repeat(lines)}{% for a in b %}{% endfor %}`;
        expect(problemsOfWritten('email', text(body, { language }))).toMatchObject([
          { code: 'TAG_UNKNOWN', place: `body.${language}`, line: lines + 1 },
        ]);
      }),
    );
  });

  it('is kept without what stands around it, and has no subject where nobody would read one', () => {
    expect(checkedText('sms', text('  Hello {{name}}. ', { subject: 'dropped' }))).toEqual(
      text('Hello {{name}}.', { subject: '' }),
    );
    expect(checkedText('email', text('Hi', { subject: ' Hello ' }))).toEqual(text('Hi'));
  });

  it('fits into one message of a gateway when it is for telephones', () => {
    expect(problemsOfWritten('sms', text('x'.repeat(1_600)))).toEqual([]);
    expect(problemsOfWritten('sms', text('x'.repeat(1_601)))).toMatchObject([{ code: 'TOO_LONG' }]);
    expect(problemsOfWritten('email', text('x'.repeat(1_601)))).toEqual([]);
  });

  it.each(['', 'EN', 'english', 'e', 'en_US', 'en/../x', '__proto__'])(
    'is in no language called %j',
    (language) => {
      expect(() => checkedText('email', text('Hi', { language }))).toThrow('A language is a tag');
    },
  );
});
