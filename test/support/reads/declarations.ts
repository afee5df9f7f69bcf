import {
  count,
  enumOf,
  globalId,
  int,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type Policy,
  type ReadActor,
  type ReadField,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { childrenOf, type FieldRule, type Model, type RowRule } from './model';

function policyOf(rule: RowRule | FieldRule): Policy {
  return {
    label: rule,
    decide: (_actor, row) =>
      rule === 'owner'
        ? {
            sql: `${row.column('owner')} = ${row.param((actor) => (actor as ReadActor & { owner: number }).owner, 'int', 'owner')}`,
          }
        : rule,
  };
}

/** The declarations of a model: what a lib would write. */
export function declarationsOf(model: Model): ReadsDeclaration[] {
  const rows = policyOf(model.policies.rows);
  const amount = policyOf(model.policies.fields);
  const sameColumns = model.inherits ? ['owner'] : undefined;
  const open: Policy = { label: 'open', decide: () => 'all' };
  return [
    {
      types: model.tables.map((table) => {
        const fields: Record<string, ReadField> = {
          id: globalId('id', ofRow, { filter: ['eq', 'in'] }),
          label: string('label', ofRow, { filter: ['eq', 'in', 'prefix'] }),
          amount: int('$t.amount', amount, {
            nullable: true,
            filter: ['gte', 'lt', 'isNull'],
          }),
          kind: enumOf('Kind', ['small', 'large'], 'kind', ofRow, {
            filter: ['eq', 'in'],
          }),
          parent: one(model.tables[table.parent]!.type, ofRow, {
            local: 'parent',
            nullable: true,
            sameColumns,
          }),
        };
        for (const child of childrenOf(model, table.type)) {
          fields[`kids${child.type}`] = many(child.type, ofRow, { foreign: 'parent', sameColumns });
          fields[`count${child.type}`] = count(child.type, ofRow, { foreign: 'parent', sameColumns });
        }
        const label = { expression: 'label', cast: 'text' };
        const sum = { expression: 'coalesce($t.amount, 0)', cast: 'int' };
        return readable({
          type: table.type,
          description: 'A random table.',
          table: `reads_${table.type.toLowerCase()}`,
          subject: table.type === 'B' ? 'id' : undefined,
          policy: rows,
          fields,
          orders: {
            LABEL: { by: [label], policy: ofRow },
            AMOUNT: { by: [{ ...sum, desc: true }], policy: ofRow },
            MIXED: { by: [{ ...sum, desc: true }, label], policy: ofRow },
          },
          defaultOrder: 'LABEL',
          filters: {
            longer: {
              type: 'Int',
              sql: 'octet_length($t.label) > $v',
              cast: 'int',
              policy: ofRow,
            },
          },
        });
      }),
      roots: model.tables.flatMap(({ type }) => [
        root({
          name: `all${type}`,
          type,
          shape: 'page',
          description: 'All.',
          policy: open,
        }),
        root({
          name: `one${type}`,
          type,
          shape: 'one',
          description: 'One.',
          policy: open,
          by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
        }),
      ]),
    },
  ];
}
