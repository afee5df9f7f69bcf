import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { entryOf, partsOf } from './parts';

/** Writes the door's service worker, which keeps these parts on the phone: one file that imports nothing. */
async function workerFor(parts: readonly string[]): Promise<string> {
  const kept = parts.map((part) => ({ url: `/${part}`, revision: null }));
  const revision = createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 16);
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: {
      'self.__DOOR_PARTS__': JSON.stringify([{ url: '/door', revision }, ...kept]),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      write: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('../src/door/worker.ts', import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const [worker] = (built as Rolldown.RolldownOutput).output;
  return worker.code;
}

/** Adds the service worker to what is built. */
export function doorParts(): Plugin {
  return {
    name: 'unionhall-door-parts',
    applyToEnvironment: ({ name }) => name === 'door',
    async generateBundle(_options, bundle) {
      const source = await workerFor(partsOf(bundle, entryOf(bundle).fileName, true));
      this.emitFile({ type: 'asset', fileName: 'door-worker.js', source });
    },
  };
}
