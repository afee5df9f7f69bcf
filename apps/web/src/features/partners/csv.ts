/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as CSV by RFC 4180, in which no cell is a formula. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows
    .map((row) =>
      row.map((cell) => quoted(typeof cell === 'number' ? String(cell) : harmless(cell))).join(','),
    )
    .join('\r\n') + '\r\n';
