import { apiSchema, partnersSchema } from '../schemas';
import { describeSchema } from './print-schema';

describe('the schemas of the union', () => {
  it.each([apiSchema, partnersSchema])(
    'are built with a policy on every field and mutation: $path',
    async (spec) => {
      const { sdl, table } = await describeSchema(spec);
      for (const { reads } of [spec]) {
        for (const { roots = [] } of reads)
          for (const { name } of roots) expect(table).toContain(`| Query.${name} | `);
      }
      expect(sdl).toContain('type Query');
      if (process.env['PRINT_SCHEMA']) process.stdout.write(`${sdl}\n${table}`);
    },
  );
});
