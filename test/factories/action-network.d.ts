/** The header row of a report, as Action Network writes it. */
export const HEADER: string;
/**
 * A report of invented people: `known` of the `rows` are those of `knownPeople`, spread evenly, with another postal
 * code. Pieces of text, each of many lines; the same text for the same numbers.
 */
export function report(options: { rows: number; known?: number }): Generator<string>;
/** The members that a report of the same numbers finds known: ready for `json_to_recordset`. */
export function knownPeople(options: { rows: number; known: number }): {
  given_name: string;
  family_name: string;
  email: string;
  postal_code: string;
}[];
