import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configPage } from '@unionhall/platform';
import { describeSchema } from '../../apps/api/src/graphql/print-schema';
import { apiSchema, partnersSchema } from '../../apps/api/src/schemas';
import { ROOT } from './sources';

const committed = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe.each([
  { spec: apiSchema, file: 'apps/api/schema.graphql' },
  { spec: partnersSchema, file: 'apps/api/partners.graphql' },
])('the schema of $spec.path', ({ spec, file }) => {
  it('is committed as it is served', async () => {
    expect((await describeSchema(spec)).sdl).toBe(committed(file));
  });

  it('has a policy for every field, and the committed table says which', async () => {
    const { table } = await describeSchema(spec);
    expect(table.split('\n').filter((line) => /\|\s*\|$/.test(line))).toEqual([]);
    expect(committed('docs/permissions.md')).toContain(table);
  });
});

describe('the page of variables', () => {
  it('is committed as the code describes them', () => {
    expect(committed('docs/configuration.md')).toBe(configPage());
  });
});
