/** How many ids have come, gone, or stand in another order than before. */
export function countMoved(before: readonly string[], after: readonly string[]): number {
  const known = new Set(before);
  const still = new Set(after);
  const stayed = before.filter((id) => still.has(id));
  const now = after.filter((id) => known.has(id));
  const came = after.length - now.length;
  const gone = before.length - stayed.length;
  return came + gone + now.filter((id, place) => stayed[place] !== id).length;
}
