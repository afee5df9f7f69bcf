import fc from 'fast-check';
import { problemsOfText } from './check';
import { wordsOf } from '../message';
import { Wording } from './wording';

const wording = new Wording();
beforeAll(() => wording.onModuleInit());

const URL = 'https://example.org/r/abc';
const VALUES = { name: 'Ada', chapter: 'Oakland', title: 'Know your rights', place: null, rsvpUrl: URL };
const say = (
  body: string,
  values: Readonly<Record<string, string | null>> = VALUES,
  language = 'en',
): { subject: string; text: string; html: string } => {
  const made = wording.compose(language, { subject: 'To {{name}}', body, why: 'Why: {{chapter}}.' })(values);
  return { ...made, html: made.html.join('\r\n') };
};

describe('the words of a message', () => {
  it('are paragraphs, bold, lists and links in both forms, and why it comes below them', () => {
    const { subject, text, html } = say(
      'Hello **{{name}}**,\n\n- one\n- two\n\n[Say yes]({{rsvpUrl}}), or {{rsvpUrl}}.',
    );
    expect(subject).toBe('To Ada');
    expect(text).toBe(`Hello Ada,\n\n * one\n * two\n\nSay yes (${URL}), or ${URL}.\n\n---\nWhy: Oakland.\n`);
    expect(html).toContain('<strong>Ada</strong>');
    expect(html.match(new RegExp(`<a href="${URL}"`, 'g'))).toHaveLength(2);
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).not.toMatch(/<img|<script|https?:\/\/(?!example\.org|www\.w3\.org)/);
  });

  it('ask what there is, and say nothing where there is nothing', () => {
    const body =
      'Come.\n\n{% if place %}\n\nWe meet at {{place}}.\n\n{% endif %}\n\n{% unless place %}Where: soon.{% endunless %}';
    expect(say(body).text).toContain('Come.');
    expect(say(body).text).toContain('Where: soon.');
    expect(say(body).text).not.toContain('We meet');
    expect(say(body, { ...VALUES, place: 'Hall 2' }).text).toContain('We meet at Hall 2.');
  });

  it('are the same with and without a condition in them', () => {
    const body = 'Hello {{name}}, {{ title }}: {{rsvpUrl}} <b>&</b>';
    const { text, html } = say(`${body}{% if name %}{% endif %}`);
    expect({ text, html }).toEqual({ text: say(body).text, html: say(body).html });
    expect(text).toContain(`Hello Ada, Know your rights: ${URL} <b>&</b>`);
  });

  it('run the way that the language does', () => {
    expect(say('مرحبا', VALUES, 'ar').html).toContain('<html lang="ar" dir="rtl"');
    expect(say('Hola', VALUES, 'es-MX').html).toContain('<html lang="es-MX" dir="ltr"');
  });

  it('never leave a name open: they are not written at all', () => {
    expect(() => say('Hello {{givenName}}')).toThrow('givenName');
  });

  it('say which sequence and which consent they come of, and how to stop them, in the language of the rest', () => {
    const text = (purpose: string, language: string): string => {
      const words = wordsOf(
        { en: 'A', es: 'B' },
        { en: 'A', es: 'B' },
        { purpose, aboutGathering: false },
        language,
      );
      const values = { union: 'Oakland', sequence: 'Log off week', unsubscribeUrl: URL };
      return wording.compose(language, words)(values).text;
    };
    expect(text('campaigns', 'en')).toContain(
      `You allowed Oakland to write to you about campaigns. It is part of “Log off week”. Stop it here, without signing in: ${URL}`,
    );
    expect(text('campaigns', 'es')).toContain('le escribiera sobre campañas. Es parte de «Log off week».');
    expect(text('service', 'en')).not.toContain('You allowed');
  });

  it('are the same whatever a value is: a value adds no mark, no tag and no line to the subject', () => {
    const shape = (html: string): string => html.replaceAll(/>[^<]*</g, '><').replaceAll(/"[^"]*"/g, '""');
    const body = 'Hello **{{name}}**, [yes]({{rsvpUrl}})\n\n- {{title}}';
    const plain = shape(say(body).html);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom(
            '**x**',
            '<b>',
            '"><script>',
            '{{chapter}}',
            '{% if %}',
            '\r\nBcc: a@b',
            '](javascript:x)',
            'xqz0zqx',
            "'",
          ),
        ),
        (value) => {
          const made = say(body, { ...VALUES, name: value, title: value });
          expect(shape(made.html)).toBe(plain);
          expect(made.subject).not.toMatch(/[\r\n]/);
          expect(made.text).toContain(value);
        },
      ),
    );
  });
});

describe('the check of a text', () => {
  const codes = (text: string, hasGathering = true): [string, number][] =>
    problemsOfText(text, hasGathering).map(({ code, line }) => [code, line]);

  it('names what is wrong and its line', () => {
    expect(codes('Hello {{name}},\n\n{{title}} {{rsvpUrl}}')).toEqual([]);
    expect(codes('Hello {{name}},\n\n{{title}}', false)).toEqual([['VARIABLE_UNKNOWN', 3]]);
    expect(codes('a\n{{email}} {{name.first}}')).toEqual([
      ['VARIABLE_UNKNOWN', 2],
      ['VARIABLE_UNKNOWN', 2],
    ]);
    expect(codes('{% if constructor %}x{% endif %}')).toEqual([['VARIABLE_UNKNOWN', 1]]);
    expect(codes('a\n\n{% if name %}')).toEqual([['SYNTAX', 3]]);
    expect(codes('{{ name ')).toEqual([['SYNTAX', 1]]);
    expect(codes('a\n[x](javascript:alert) [y](ftp://example.org) [z]({{name}})')).toEqual([
      ['LINK_INVALID', 1],
      ['LINK_INVALID', 1],
    ]);
    expect(codes('x'.repeat(20_001))).toEqual([['TOO_LONG', 1]]);
  });

  it.each([
    '{% for i in (1..9) %}{% endfor %}',
    '{% include "x" %}',
    '{% render "/etc/passwd" %}',
    '{% assign a = 1 %}',
    '{% layout "x" %}',
    '{{ name | raw }}',
    '{{ name | where: "a" }}',
  ])('knows nothing of %s', (text) => expect(codes(text)).toEqual([['TAG_UNKNOWN', 1]]));
});
