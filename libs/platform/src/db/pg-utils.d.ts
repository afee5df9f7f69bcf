/** What pg's own cursor package takes from it: how a JavaScript value is written as a parameter. */
declare module 'pg/lib/utils' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
