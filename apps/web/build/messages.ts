import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { ESTree, Plugin } from 'vite';

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text that an expression of literals alone stands for. */
function constant(node: ESTree.Expression | ESTree.PrivateIdentifier): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [constant(node.left), constant(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** The texts of a table, `{ key: { en: '…', es: '…' } }`. @throws Error for what is no constant text. */
function textsOf(table: ESTree.Argument | undefined): Piece[] {
  if (table?.type !== 'ObjectExpression') throw new Error('The table of texts is not written out.');
  return table.properties.flatMap((entry) => {
    if (entry.type !== 'Property' || entry.value.type !== 'ObjectExpression')
      throw new Error('A text is not written out in every language.');
    return entry.value.properties.map((one) => {
      const text = one.type === 'Property' ? constant(one.value) : undefined;
      if (one.type !== 'Property' || text === undefined)
        throw new Error('A text is put together from parts.');
      return { start: one.value.start, end: one.value.end, text };
    });
  });
}

/** Compiles the ICU messages of `texts()` while building, so that no screen carries their parser. */
export function messages(): Plugin {
  return {
    name: 'unionhall-messages',
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !/= texts\(/.test(code)) return undefined;
      const pieces = this.parse(code).body.flatMap((statement) => {
        if (
          statement.type !== 'ExportNamedDeclaration' ||
          statement.declaration?.type !== 'VariableDeclaration'
        )
          return [];
        return statement.declaration.declarations.flatMap(({ init }) =>
          init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'texts'
            ? textsOf(init.arguments[1])
            : [],
        );
      });
      if (pieces.length === 0) this.error(`${id}: no table of texts is found where texts() is called.`);
      return pieces.reduceRight(
        (written, { start, end, text }) =>
          written.slice(0, start) + JSON.stringify(compileMessage(text)) + written.slice(end),
        code,
      );
    },
  };
}
