/**
 * Names for a metric's label, as many as it can bear: each new name is a new series, kept for as long as the process
 * lives, and clients choose them.
 *
 * @param limit names kept apart; those that come later are `other`
 */
export function boundedNames(limit: number): (name: string | null | undefined) => string {
  const known = new Set<string>();
  return (name) => {
    if (!name) return 'anonymous';
    if (known.has(name)) return name;
    if (known.size >= limit) return 'other';
    known.add(name);
    return name;
  };
}
