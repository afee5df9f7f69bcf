import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const CALL = /\bgraphql\(\s*(?:\/\* GraphQL \*\/)?\s*`([^`]*)`\s*,?\s*\)/g;

/** The name that an operation is sent by: its SHA-256, as the GraphQL over HTTP draft writes it. */
const nameOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/**
 * Takes the operations out of the bundle: a screen sends an operation's name, and the API knows the texts
 * from `operations.json`, which grows with each entry built. An operation is one template without parts put in.
 */
export function operations(): Plugin {
  const texts = new Map<string, string>();
  return {
    name: 'unionhall-operations',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('graphql(`')) return undefined;
      return code.replaceAll(CALL, (_call, template: string) => {
        if (template.includes('${')) this.error(`${id}: an operation is put together from parts.`);
        const text = template.replaceAll(/\s+/g, ' ').trim();
        texts.set(nameOf(text), text);
        return JSON.stringify(nameOf(text));
      });
    },
    generateBundle() {
      const sorted = Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
      this.emitFile({ type: 'asset', fileName: 'operations.json', source: JSON.stringify(sorted) });
    },
  };
}
