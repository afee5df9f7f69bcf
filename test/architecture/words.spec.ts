import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import ts from 'typescript';
import { ROOT } from './sources';

/** Names, which are the same in every language. */
const NAMES = new Set(['Unionhall', 'GraphQL', 'English', 'Español', 'Ctrl', 'CSV', 'JSON']);
/** Attributes whose text a person reads or hears. */
const SPOKEN =
  /^(aria-(label|description|roledescription|placeholder|valuetext)|alt|title|label|placeholder|description|error|children|nothingFound|content)$/;
/** Where layout says left or right: `start` and `end` turn with the direction of the text. */
const PHYSICAL_PROPS = /^(ml|mr|pl|pr)$/;
const PHYSICAL_STYLE =
  /^(marginLeft|marginRight|paddingLeft|paddingRight|borderLeft|borderRight|left|right)$/;
const PHYSICAL_CSS =
  /(^|[\s;{])((margin|padding|border)-(left|right)|left|right|float|text-align\s*:\s*(left|right))\s*:/m;

const files = (folder: string, ending: RegExp): { path: string; text: string }[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => ending.test(name) && !/\.spec\.|graphql-env/.test(name))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

const parsed = ({ path, text }: { path: string; text: string }): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);

const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
};
const at = (node: ts.Node): string => {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};
const isWords = (text: string): boolean => {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  return words.some((word) => !NAMES.has(word));
};
const literal = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    ? node.text
    : undefined;

type Token = string | readonly [string, string?, (string | Record<string, string | readonly Token[]>)?];

/** The names of the values that an ICU message takes, in its branches too. */
const values = (message: string | readonly Token[]): string[] => {
  const tokens = typeof message === 'string' ? (compileMessage(message) as readonly Token[]) : message;
  const names = tokens.flatMap((token) => {
    if (typeof token === 'string') return [];
    const [name, , branches] = token;
    const inside = typeof branches === 'object' ? Object.values(branches) : [];
    return [name, ...inside.flatMap((branch) => (typeof branch === 'object' ? values(branch) : []))];
  });
  return [...new Set(names)].filter((name) => name !== '#').sort();
};

interface Message {
  readonly key: string;
  readonly where: string;
  readonly en: string | undefined;
  readonly es: string | undefined;
}

/** The messages of every `texts('feature', { key: { en, es } })`. */
function messages(): Message[] {
  const found: Message[] = [];
  for (const file of files('apps/web/src', /\.tsx?$/)) {
    walk(parsed(file), (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'texts') return;
      const [feature, of] = node.arguments;
      if (of === undefined || !ts.isObjectLiteralExpression(of)) return;
      for (const entry of of.properties) {
        if (!ts.isPropertyAssignment(entry) || !ts.isObjectLiteralExpression(entry.initializer)) continue;
        const text = (language: string): string | undefined =>
          entry.initializer
            .getChildren()
            .flatMap((child) => child.getChildren())
            .filter(ts.isPropertyAssignment)
            .filter((one) => one.name.getText() === language)
            .map((one) => literal(one.initializer))[0];
        found.push({
          key: `${literal(feature)}.${entry.name.getText()}`,
          where: at(entry),
          en: text('en'),
          es: text('es'),
        });
      }
    });
  }
  return found;
}

describe('the words of the screens', () => {
  const screens = files('apps/web/src', /\.tsx$/).map(parsed);

  it('stand in no component: each comes from texts, in every language', () => {
    const hard: string[] = [];
    for (const screen of screens) {
      walk(screen, (node) => {
        if (ts.isJsxText(node) && isWords(node.text)) hard.push(`${at(node)} ${node.text.trim()}`);
        const inside = ts.isJsxExpression(node) ? literal(node.expression) : undefined;
        const spoken =
          ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText())
            ? (literal(node.initializer) ??
              (node.initializer !== undefined && ts.isJsxExpression(node.initializer)
                ? literal(node.initializer.expression)
                : undefined))
            : undefined;
        const child = ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) ? inside : undefined;
        for (const text of [spoken, child])
          if (text !== undefined && isWords(text)) hard.push(`${at(node)} ${text}`);
      });
    }
    expect(hard).toEqual([]);
  });

  it('are written in both languages, with the same values put in', () => {
    const all = messages();
    expect(all.length).toBeGreaterThan(100);
    const wrong = all.filter(
      ({ en, es }) =>
        en === undefined || es === undefined || values(en).join() !== values(es).join() || es.trim() === '',
    );
    expect(wrong).toEqual([]);
  });

  it('are truly translated: the same text twice is a name or a word that both languages share', () => {
    const alike = messages().filter(
      ({ en, es }) =>
        en === es && isWords(en!.replaceAll(/\{[^{}]*\}/g, '')) && !SAME_IN_SPANISH.has(en!.trim()),
    );
    expect(alike).toEqual([]);
  });

  it('have a key each', () => {
    const keys = messages().map(({ key }) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

/** Words that English and Spanish write alike. */
const SAME_IN_SPANISH = new Set(['Total', 'No', 'Error', 'Instagram', 'SMS', 'Facebook', 'Zoom']);

describe('the pages from the server', () => {
  it('have no words in their markup: each comes from a table of both languages', () => {
    const hard: string[] = [];
    for (const file of files('apps/api/src', /\.ts$/)) {
      // The mailbox stands open to developers alone.
      if (file.path.includes('/mailbox/')) continue;
      walk(parsed(file), (node) => {
        if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 'html') return;
        const quasis = ts.isNoSubstitutionTemplateLiteral(node.template)
          ? [node.template.text]
          : [node.template.head.text, ...node.template.templateSpans.map((span) => span.literal.text)];
        const markup = quasis.join('\u0000').replaceAll(/<[^>]*>/g, ' ');
        // What goes into an element is attributes alone.
        const bare = markup.replaceAll(/\b(autocomplete|aria-[a-z]+)="[^"]*"/g, ' ');
        if (isWords(bare)) hard.push(`${at(node)} ${bare.replaceAll('\u0000', '…').trim()}`);
      });
    }
    expect(hard).toEqual([]);
  });
});

describe('the layout', () => {
  it('says start and end, never left and right, so that it turns with the direction of the text', () => {
    const physical: string[] = [];
    for (const file of files('apps/web/src', /\.tsx$/)) {
      walk(parsed(file), (node) => {
        if (ts.isJsxAttribute(node) && PHYSICAL_PROPS.test(node.name.getText())) physical.push(at(node));
        if (ts.isPropertyAssignment(node) && PHYSICAL_STYLE.test(node.name.getText()))
          physical.push(at(node));
      });
    }
    for (const { path, text } of files('apps/web/src', /\.css$/))
      if (PHYSICAL_CSS.test(text)) physical.push(path);
    expect(physical).toEqual([]);
  });
});
