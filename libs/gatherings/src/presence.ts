/** Half-open, in milliseconds since the epoch. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The same time as a list of disjoint, not touching intervals in order. Empty and reversed ones vanish. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...intervals]
    .filter((one) => one.to > one.from)
    .sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** Minutes present, rounded to the nearest: time covered twice (two devices at once) counts once. */
export function minutesPresent(intervals: readonly Interval[]): number {
  const ms = union(intervals).reduce((sum, { from, to }) => sum + (to - from), 0);
  return Math.round(ms / 60_000);
}
