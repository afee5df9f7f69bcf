import Module from 'node:module';
import { join } from 'node:path';

/**
 * The aliases `@unionhall/*` for code that Jest runs outside its own module system (global set-up);
 * import it before anything that uses them.
 */
const ROOT = join(__dirname, '..', '..');
const internals = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
const resolve = internals._resolveFilename.bind(Module);

internals._resolveFilename = (request, ...rest) => {
  const alias = /^@unionhall\/(.+)$/.exec(request)?.[1];
  if (alias === undefined) return resolve(request, ...rest);
  return resolve(
    alias === 'migrations'
      ? join(ROOT, 'migrations', 'index.ts')
      : join(ROOT, 'libs', alias, 'src', 'index.ts'),
    ...rest,
  );
};
