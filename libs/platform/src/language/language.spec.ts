import { languageAsked, languageOf } from './language';

describe('the language of a tag', () => {
  it('is found by its primary part, in any case', () => {
    expect(['es', 'es-MX', 'ES-419', 'en-US'].map(languageOf)).toEqual(['es', 'es', 'es', 'en']);
  });

  it('is none of ours for another one, and for nothing', () => {
    expect(['fr', 'est', '', null, undefined].map(languageOf)).toEqual(Array(5).fill(undefined));
  });
});

describe('the language a browser asks for', () => {
  it.each([
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['fr, es;q=0.4, en;q=0.3', 'es'],
    ['en;q=0.2, es; q=0.8', 'es'],
    ['es;q=0, en;q=0.1', 'en'],
    ['en, es', 'en'],
    ['*', 'en'],
    ['fr', 'en'],
    [';;,=,q=', 'en'],
    [undefined, 'en'],
  ])('is, for %s, %s', (header, language) => {
    expect(languageAsked(header)).toBe(language);
  });
});
