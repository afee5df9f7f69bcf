import { AppError } from '../errors/app-error';

const GLOBAL_ID = /^([A-Za-z][A-Za-z0-9]*)_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The Relay global id of a row: `<Type>_<uuid>`. */
export const encodeId = (type: string, uuid: string): string => `${type}_${uuid}`;

/** @throws AppError ID.MALFORMED, naming `field`. */
export function parseId(id: unknown, field?: string): { readonly type: string; readonly uuid: string } {
  const parts = typeof id === 'string' ? GLOBAL_ID.exec(id) : null;
  if (parts === null) {
    throw new AppError('invalid', 'ID.MALFORMED', 'This is not an id that was given out here.', { field });
  }
  return { type: parts[1]!, uuid: parts[2]! };
}

/** The uuid behind a global id of `type`. @throws AppError ID.MALFORMED or ID.WRONG_TYPE, naming `field`. */
export function decodeId(type: string, id: unknown, field?: string): string {
  const found = parseId(id, field);
  if (found.type !== type) {
    throw new AppError(
      'invalid',
      'ID.WRONG_TYPE',
      `This is the id of a ${found.type}; a ${type} is wanted.`,
      {
        field,
        details: { expected: type, found: found.type },
      },
    );
  }
  return found.uuid;
}
