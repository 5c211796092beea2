/** How many of the promises were fulfilled, how many rejected, and with errors of which names. */
export const countSettled = async (
  promises: ReadonlyArray<Promise<unknown>>,
): Promise<{ readonly ended: number; readonly open: number; readonly errors: string }> => {
  const settled = await Promise.allSettled(promises)
  const reasons = settled.flatMap((one): ReadonlyArray<unknown> =>
    one.status === 'rejected' ? [one.reason] : [],
  )
  const names = new Set(
    reasons.map(reason => (reason instanceof Error ? `\`${reason.name}\`` : String(reason))),
  )
  return {
    ended: settled.length - reasons.length,
    open: reasons.length,
    errors: [...names].sort().join(', '),
  }
}
