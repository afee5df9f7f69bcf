import fc from 'fast-check';
import { TestimonyCipher, type Place } from './testimony-cipher';

const cipher = new TestimonyCipher({ secret: 'a secret of this test alone, 32 long' });
const place: Place = { testimonyId: 't1', kind: 'original', language: 'es' };

describe('sealed testimony', () => {
  it('opens to the same text in every script, and never looks the same twice', () => {
    const { key } = cipher.newKey('k1');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = cipher.seal(key, place, text);
        expect(cipher.open(key, place, sealed)).toBe(text);
        expect(cipher.seal(key, place, text).equals(sealed)).toBe(false);
      }),
    );
  });

  it('does not open under another key, at another place, or when any byte was changed', () => {
    const { key } = cipher.newKey('k1');
    const sealed = cipher.seal(key, place, 'They read my messages.');
    expect(cipher.open(cipher.newKey('k1').key, place, sealed)).toBeNull();
    for (const other of [{ testimonyId: 't2' }, { kind: 'paraphrase' }, { language: 'en' }])
      expect(cipher.open(key, { ...place, ...other }, sealed)).toBeNull();
    for (let at = 0; at < sealed.length; at++) {
      const bent = Buffer.from(sealed);
      bent[at]! ^= 1;
      expect(cipher.open(key, place, bent)).toBeNull();
    }
    expect(cipher.open(key, place, sealed.subarray(0, 20))).toBeNull();
  });

  it("has keys that open with the installation's secret alone, under their own id", () => {
    const { key, wrapped } = cipher.newKey('k1');
    expect(cipher.unwrap('k1', wrapped)).toEqual(key);
    expect(cipher.unwrap('k2', wrapped)).toBeNull();
    const elsewhere = new TestimonyCipher({ secret: 'another secret altogether, 32 letters' });
    expect(elsewhere.unwrap('k1', wrapped)).toBeNull();
  });
});
