const text = (value) =>
  typeof value === 'object'
    ? Object.entries(value)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ') || 'none'
    : String(value);

const MOST_LINES = 40;

/** The figures as a table, and whoever was wronged. */
export function report(figures, violations) {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  const lines = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}  ${text(value)}`);
  if (violations.length > 0) lines.push(`${violations.length} violations:`);
  for (const { what, whom, why } of violations.slice(0, MOST_LINES)) lines.push(`  ${what}: ${whom}: ${why}`);
  if (violations.length > MOST_LINES) lines.push(`  and ${violations.length - MOST_LINES} more`);
  return `${lines.join('\n')}\n`;
}
