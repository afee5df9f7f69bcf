export interface Verdict {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly violations: readonly { readonly what: string; readonly whom: string; readonly why: string }[];
}
export function judge(run: {
  readonly journal: readonly object[];
  readonly sink: readonly object[];
  readonly ledger: readonly object[];
  readonly leaseSeconds: number;
}): Verdict;
