export { Catalog, filterable, withholdable, type CatalogType } from './catalog';
export { compileOperation, type Plan } from './compile';
export * from './declare';
export type { Member as ReadField } from './declare';
export { decodeId, encodeId, parseId } from './global-id';
export { accessLedger, type ReadLedger } from './ledger';
export type { PickedRows } from './pick';
export { Reads, type PreparedRead } from './reads';
export { type Fragments, type Variables } from './selection';
