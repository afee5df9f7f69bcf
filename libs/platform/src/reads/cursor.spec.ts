import { decodeCursor } from './cursor';

const KEY = '0190a000-0000-7000-8000-000000000001';
const made = (...parts: string[]): string => Buffer.from(parts.join('\u001f')).toString('base64');
const refused = (cursor: unknown, casts = ['text', 'uuid']): void =>
  expect(() => decodeCursor(cursor, 'Row.NAME', casts, 'rows.after')).toThrow(
    expect.objectContaining({ code: 'READ.BAD_CURSOR', field: 'rows.after' }),
  );

describe('a cursor', () => {
  it('gives back the values it was made of, separators and backslashes among them', () => {
    expect(decodeCursor(made('Row.NAME', 'a\\sb\\\\c', KEY), 'Row.NAME', ['text', 'uuid'], 'x')).toEqual([
      'a\u001fb\\c',
      KEY,
    ]);
  });

  it('is refused when another list or another order gave it out', () => {
    refused(made('Row.NEWEST', 'a', KEY));
    refused(made('Other.NAME', 'a', KEY));
  });

  it('is refused when it is not what we write', () => {
    for (const cursor of [
      '',
      ' ',
      'not base64!',
      null,
      7,
      made('Row.NAME', 'a'),
      made('Row.NAME', 'a', 'b', KEY),
    ])
      refused(cursor);
    refused(made('Row.NAME', 'a', 'no uuid'));
    refused(made('Row.NAME', 'a\0', KEY));
    refused(Buffer.from([0xff, 0xfe]).toString('base64'));
    refused(made('Row.NAME', 'yesterday', KEY), ['timestamptz', 'uuid']);
  });
});
