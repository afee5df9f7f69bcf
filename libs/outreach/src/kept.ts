/** So much of one kind is kept ready; the oldest goes when there is more. */
const MOST_KEPT = 400;

/** What is kept under a key, or is made for it. */
export function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= MOST_KEPT) cache.delete(cache.keys().next().value!);
  cache.set(key, made);
  return made;
}
