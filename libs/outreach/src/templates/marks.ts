import { htmlToText } from 'html-to-text';
import MarkdownIt from 'markdown-it';
import { namesIn, type TextProblem } from './liquid';
import { VARIABLES } from './variables';

/** Paragraphs, bold, lists, headings and links; no HTML of an author's own, and no pictures: a picture tells its sender who has read. */
const MARKS = new MarkdownIt({ html: false, linkify: true, breaks: true });
MARKS.disable(['image', 'code', 'fence', 'html_inline', 'html_block', 'table']);

const STYLES: Readonly<Record<string, string>> = {
  paragraph_open: 'margin:0 0 16px',
  link_open: 'color:#0b57a4',
  bullet_list_open: 'margin:0 0 16px;padding-inline-start:24px',
  ordered_list_open: 'margin:0 0 16px;padding-inline-start:24px',
};
for (const [rule, style] of Object.entries(STYLES))
  MARKS.renderer.rules[rule] = (tokens, at, options, _env, self) => {
    tokens[at]!.attrSet('style', style);
    return self.renderToken(tokens, at, options);
  };

const LIQUID = /\{\{.*?\}\}|\{%.*?%\}/gs;
const isTag = (liquid: string): boolean => liquid.startsWith('{%');
const STAND_IN = /(?:https:\/\/)?xqz(\d+)zqx(?:\.example)?/g;

/** A text in both forms of a mail, with its Liquid where it was. */
export interface Marked {
  readonly html: string;
  readonly text: string;
}

/** Reads the marks of a text once, whatever its values will be: a value can add no marks. */
export function marked(source: string): Marked {
  const { html, parts } = rendered(source);
  const put = (form: string): string =>
    form.replaceAll(STAND_IN, (_, nth: string) => parts[Number(nth)] ?? '');
  const text = htmlToText(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  });
  return { html: put(html), text: put(text) };
}

/** Links of a text that lead to no page and no address of mail. */
export function linkProblems(source: string): readonly TextProblem[] {
  const { source: standing } = standIns(source);
  return MARKS.parse(standing, {}).flatMap((block) =>
    (block.children ?? [])
      .filter(({ type }) => type === 'link_open')
      .filter((link) => !/^(https?:\/\/|mailto:)/.test(String(link.attrGet('href'))))
      .map(() => ({
        code: 'LINK_INVALID' as const,
        line: (block.map?.[0] ?? 0) + 1,
        message: 'has a link that begins neither with https:// nor with mailto:',
      })),
  );
}

function rendered(source: string): { readonly html: string; readonly parts: readonly string[] } {
  const { source: standing, parts } = standIns(source);
  const html = MARKS.render(standing)
    .trim()
    // A condition on a line of its own is no paragraph.
    .replaceAll(/<p[^>]*>xqz(\d+)zqx<\/p>/g, (all, nth: string) =>
      isTag(parts[Number(nth)] ?? '') ? `xqz${nth}zqx` : all,
    );
  return { html, parts };
}

/** Words that no mark can be in, in place of Liquid; an address stands for the name of an address, so that it becomes a link. */
function standIns(source: string): { readonly source: string; readonly parts: readonly string[] } {
  const parts: string[] = [];
  const standing = source.replaceAll(STAND_IN, '').replaceAll(LIQUID, (liquid) => {
    parts.push(liquid);
    const word = `xqz${parts.length - 1}zqx`;
    return !isTag(liquid) && isUrl(liquid) ? `https://${word}.example` : word;
  });
  return { source: standing, parts };
}

const isUrl = (liquid: string): boolean => {
  const [only, ...more] = namesIn(liquid);
  return only !== undefined && more.length === 0 && VARIABLES[only.name]?.isUrl === true;
};
