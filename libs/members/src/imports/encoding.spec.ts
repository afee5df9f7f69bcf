import fc from 'fast-check';
import { encode } from 'iconv-lite';
import { beginning, decoded, encodingOf, SAMPLE_BYTES } from './encoding';

const pieces = async function* (bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (const cut of [...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    if (cut > from) yield bytes.subarray(from, cut);
    from = Math.max(from, cut);
  }
};
const textOf = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
};
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\ufeff]/.test(text));
const anyCuts = fc.array(fc.nat(200), { maxLength: 8 });

describe('the encoding of a file', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'gives %s text back, wherever it is cut',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(anyText, anyCuts, async (text, cuts) => {
          expect(await textOf(decoded(pieces(encode(text, encoding), cuts), encoding))).toBe(text);
        }),
      );
    },
  );

  it('names the line of a NUL, wherever the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), anyCuts, async (line, cuts) => {
        const file = Buffer.from(`${'a@example.org\n'.repeat(line)}b\0`);
        await expect(textOf(decoded(pieces(file, cuts), 'utf-8'))).rejects.toMatchObject({
          code: 'IMPORT.NUL',
          details: { line: line + 1 },
        });
      }),
    );
  });

  it('refuses bytes that are not UTF-8 though the beginning was', async () => {
    const file = Buffer.concat([Buffer.alloc(SAMPLE_BYTES, 'a'), Buffer.from([0xe9, 0x21])]);
    expect(encodingOf(file.subarray(0, SAMPLE_BYTES), undefined)).toBe('utf-8');
    await expect(textOf(decoded(pieces(file, [100]), 'utf-8'))).rejects.toMatchObject({
      code: 'IMPORT.ENCODING',
    });
  });

  it('takes a character that the end of the sample cuts for what it is', () => {
    const file = Buffer.from('é'.repeat(SAMPLE_BYTES));
    expect(encodingOf(file.subarray(0, SAMPLE_BYTES - 1), undefined)).toBe('utf-8');
  });

  it('does not take the word of who names another encoding than the file has', () => {
    expect(() => encodingOf(Buffer.from('\ufeffemail', 'utf16le'), 'windows-1252')).toThrow(
      expect.objectContaining({ code: 'IMPORT.ENCODING', details: { detected: 'utf-16le' } }),
    );
  });

  it('gives all bytes again behind the sample', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), anyCuts, async (array, cuts) => {
        const [sample, all] = await beginning(pieces(Buffer.from(array), cuts));
        const chunks: Buffer[] = [];
        for await (const chunk of all) chunks.push(chunk);
        expect(Buffer.concat(chunks)).toEqual(Buffer.from(array));
        expect(sample).toEqual(Buffer.from(array).subarray(0, SAMPLE_BYTES));
      }),
    );
  });
});
