import { readHeader, readRow } from './action-network';

const header = readHeader([
  ' Email',
  'first_name',
  'Phone Number',
  'can2_user_tags',
  'can2_sms_status',
  'County ',
]);
const row = (...cells: string[]) => readRow(header, cells, 7, 'US');

describe('a row of an Action Network report', () => {
  it('is read by the names of its columns, whatever their case and spaces', () => {
    expect(
      row(' ana@example.org ', 'Ana', '(415) 555-0142', 'a, b,c, a', 'subscribed', 'Alameda'),
    ).toMatchObject({
      line: 7,
      email: 'ana@example.org',
      phone: '+14155550142',
      tags: ['a', 'b', 'c'],
      custom: { County: 'Alameda' },
      phoneOptOut: false,
      problem: undefined,
    });
  });

  it.each([
    ['an address that is none', ['ana@', '', '', '', '', ''], 'Email', 'EMAIL.INVALID'],
    ['a telephone number that is none', ['', '', '12', '', '', ''], 'Phone Number', 'PHONE.INVALID'],
    ['nobody to be reached', ['', 'Ana', '', '', '', ''], 'Email', 'ROW.NO_ADDRESS'],
    ['too few cells', ['ana@example.org'], '', 'ROW.RAGGED'],
    ['a tag too long', ['ana@example.org', '', '', 'x'.repeat(61), '', ''], 'can2_user_tags', 'TAG.TOO_LONG'],
    ['a name too long', ['ana@example.org', 'x'.repeat(201), '', '', '', ''], 'first_name', 'NAME.TOO_LONG'],
    ['a cell too long', ['ana@example.org', '', '', '', '', 'x'.repeat(10_001)], 'County', 'FIELD.TOO_LONG'],
  ])('says of %s which column and why', (_what, cells, column, code) => {
    expect(row(...cells).problem).toEqual({ column, code });
  });

  it('reads opt-outs for each channel apart, and leaves statuses it does not know', () => {
    expect(row('ana@example.org', '', '+14155550142', '', 'Unsubscribed', '')).toMatchObject({
      emailOptOut: false,
      phoneOptOut: true,
    });
    expect(row('ana@example.org', '', '+14155550142', '', 'dormant', '').phoneOptOut).toBe(false);
  });

  it('understands national telephone numbers of the country that is named', () => {
    expect(readRow(header, ['', '', '030 123456', '', '', ''], 2, 'DE').phone).toBe('+4930123456');
  });

  it.each([
    ['the same name twice', ['email', 'Zip', ' zip']],
    ['two columns of one meaning', ['email', 'phone', 'can2_phone']],
    ['a column without a name', ['email', '']],
    ['nobody to be recognised', ['first_name', 'zip_code']],
    ['more columns than a report has', ['email', ...Array.from({ length: 600 }, (_, i) => `c${i}`)]],
  ])('has a header that is refused for %s', (_what, cells) => {
    expect(() => readHeader(cells)).toThrow(expect.objectContaining({ code: 'IMPORT.HEADER' }));
  });
});
