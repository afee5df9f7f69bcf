import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** The files that an entry needs, now or later: its chunks, and the styles and pictures of these. */
export function partsOf(bundle: Bundle, entry: string, later = true): string[] {
  const parts = new Set<string>();
  const add = (fileName: string): void => {
    const part = bundle[fileName];
    if (part === undefined || parts.has(fileName)) return;
    parts.add(fileName);
    if (part.type === 'asset') return;
    const { importedCss, importedAssets } = part.viteMetadata ?? {};
    for (const other of [
      ...part.imports,
      ...(later ? part.dynamicImports : []),
      ...(importedCss ?? []),
      ...(importedAssets ?? []),
    ])
      add(other);
  };
  for (const part of Object.values(bundle))
    if (part.type === 'chunk' && part.isEntry && part.name === entry) add(part.fileName);
  return [...parts].sort();
}

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
        input: fileURLToPath(new URL('./src/door/worker.ts', import.meta.url)),
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
    async generateBundle(_options, bundle) {
      const source = await workerFor(partsOf(bundle, 'door'));
      this.emitFile({ type: 'asset', fileName: 'door-worker.js', source });
    },
  };
}
