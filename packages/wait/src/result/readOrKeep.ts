/**
 * Reads items from a value that may not match its type. Keeps it as the only item if it can't be read: an empty array would claim
 * that there is nothing to wait for.
 *
 * @internal
 */
export const readOrKeep = <From, A>(
  from: From,
  read: (from: From) => ReadonlyArray<A> | undefined,
): ReadonlyArray<A> => {
  try {
    return read(from) ?? [from as never]
  } catch {
    return [from as never]
  }
}
