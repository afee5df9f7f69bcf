import { Liquid, LiquidError, type Template } from 'liquidjs';

/** What stands against a text, and the line where it does; lines begin with 1. */
export interface TextProblem {
  readonly code: 'SYNTAX' | 'TAG_UNKNOWN' | 'VARIABLE_UNKNOWN' | 'LINK_INVALID' | 'TOO_LONG';
  readonly line: number;
  readonly message: string;
}

const TAGS = ['if', 'unless', 'case'];
const FILTERS = [
  'default',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'truncate',
  'truncatewords',
  'append',
  'prepend',
];
/** Characters of one text. */
export const LONGEST_TEXT = 20_000;

/** Liquid with conditions alone: no loops, no files, no assignments, and only names that are in the values. */
function engine(outputEscape?: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: false,
    parseLimit: 10 * LONGEST_TEXT,
    renderLimit: 1_000,
    memoryLimit: 1_000_000,
    // No files: what could be included is in here, and it is empty.
    templates: {},
    ...(outputEscape === undefined ? {} : { outputEscape }),
  });
  for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.includes(name)) delete liquid.filters[name];
  return liquid;
}

const printed = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
/** A value as it stands in HTML, inside and outside of attributes. */
export const escapeHtml = (value: unknown): string =>
  printed(value).replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

const PLAIN = engine();
const HTML = engine(escapeHtml);

/** A parsed text, filled for each reader. @throws Error for a name that the values do not have. */
export type Fill = (values: Readonly<Record<string, string | null>>) => string;

/** A name and nothing else. */
const NAME = /\{\{\s*([A-Za-z]\w*)\s*\}\}/g;

/** @throws LiquidError for a text that `problemsOfLiquid` finds fault with. */
export function filler(source: string, kind: 'plain' | 'html'): Fill {
  const liquid = kind === 'html' ? HTML : PLAIN;
  const parsed = liquid.parse(source);
  if (!/\{[{%]/.test(source.replaceAll(NAME, '')))
    return putTogether(source, kind === 'html' ? escapeHtml : printed);
  return (values) => liquid.renderSync(parsed, values) as string;
}

/** A text without conditions is only put together, which takes a hundredth of the time. */
function putTogether(source: string, shown: (value: unknown) => string): Fill {
  // Every second part is a name.
  const parts = source.split(NAME);
  return (values) => {
    let text = parts[0]!;
    for (let at = 1; at < parts.length; at += 2) {
      const name = parts[at]!;
      if (!Object.hasOwn(values, name)) throw new Error(`undefined variable: ${name}`);
      text += shown(values[name]) + parts[at + 1]!;
    }
    return text;
  };
}

/** The names in a text, with the lines where they stand. @throws LiquidError. */
export function namesIn(source: string): { readonly name: string; readonly line: number }[] {
  const { globals } = PLAIN.analyzeSync(PLAIN.parse(source) as Template[], { partials: false });
  return Object.values(globals).flatMap((uses) =>
    uses.map((use) => ({ name: use.segments.map(String).join('.'), line: use.location.row })),
  );
}

/** What stands against a text as Liquid, its names aside. */
export function problemsOfLiquid(source: string): readonly TextProblem[] {
  if (source.length > LONGEST_TEXT)
    return [{ code: 'TOO_LONG', line: 1, message: `has more than ${LONGEST_TEXT} characters` }];
  try {
    PLAIN.parse(source);
    return [];
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [line] = error.token.getPosition();
    const [, what = ''] =
      /^(tag|filter) ".*?" not found|^undefined (?:tag|filter)/i.exec(error.message) ?? [];
    const unknown = what !== '' || /not found|undefined filter/.test(error.message);
    return [
      {
        code: unknown ? 'TAG_UNKNOWN' : 'SYNTAX',
        line: line ?? 1,
        message: unknown
          ? 'uses a word of Liquid that is not for messages'
          : error.message.replace(/, line:.*$/s, ''),
      },
    ];
  }
}
