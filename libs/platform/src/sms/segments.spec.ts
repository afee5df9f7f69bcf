import fc from 'fast-check';
import { smsSegments } from './segments';

describe('the segments of a text message', () => {
  it.each([
    ['', 'GSM-7', 0],
    ['a'.repeat(160), 'GSM-7', 1],
    ['a'.repeat(161), 'GSM-7', 2],
    ['a'.repeat(306), 'GSM-7', 2],
    ['a'.repeat(307), 'GSM-7', 3],
    ['€'.repeat(80), 'GSM-7', 1],
    ['€'.repeat(81), 'GSM-7', 2],
    ['Sí, señora: ¿mañana?', 'UCS-2', 1],
    ['¿Qué? Mañana é Ñ ü', 'GSM-7', 1],
    ['я'.repeat(70), 'UCS-2', 1],
    ['я'.repeat(71), 'UCS-2', 2],
    ['😀'.repeat(35), 'UCS-2', 1],
    ['😀'.repeat(36), 'UCS-2', 2],
  ])('of %j are counted in its encoding', (text, encoding, segments) => {
    expect(smsSegments(text)).toEqual({ encoding, segments });
  });

  it('never part an escaped character from its escape', () => {
    // 152 places, then one of two: it begins the next segment.
    expect(smsSegments(`${'a'.repeat(152)}€${'a'.repeat(151)}`).segments).toBe(2);
    expect(smsSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`).segments).toBe(3);
  });

  const texts = fc.string({ unit: 'binary', maxLength: 700 });

  it('are never fewer for a longer text', () => {
    fc.assert(
      fc.property(texts, texts, (text, more) => {
        expect(smsSegments(text + more).segments).toBeGreaterThanOrEqual(smsSegments(text).segments);
      }),
    );
  });

  it('hold all of a text, and none of them is idle', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { encoding, segments } = smsSegments(text);
        if (encoding !== 'UCS-2' || segments < 2) return;
        expect(text.length).toBeLessThanOrEqual(segments * 67);
        // At most one place is left empty for the sake of a pair.
        expect(text.length).toBeGreaterThan((segments - 1) * 66);
      }),
    );
  });
});
