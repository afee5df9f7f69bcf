import { drawCard, linesOf } from './card';

const fits = (line: string): boolean => line.length <= 10;

describe('the picture of a link', () => {
  it('breaks its title between words', () => {
    expect(linesOf('Log off until they answer', fits, 4)).toEqual(['Log off', 'until they', 'answer']);
  });

  it('ends a title that is too long after a whole word', () => {
    expect(linesOf('Log off until they answer', fits, 2)).toEqual(['Log off', 'until…']);
  });

  it('breaks a word that is wider than a line, and cuts one only where there is no space', () => {
    expect(linesOf('Abcdefghijklmno', fits, 2)).toEqual(['Abcdefghij', 'klmno']);
    expect(linesOf('Abcdefghijklmno', fits, 1)).toEqual(['Abcdefghi…']);
  });

  it('is a PNG of 1200 by 630 pixels, whatever the script', () => {
    const picture = drawCard({
      over: 'Campaign',
      title: 'حملة 运动 кампания '.repeat(20),
      under: ['', 'x'.repeat(400)],
    });
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
  });
});
