/** How much is asked of a client. */
export const load = {
  submissions: 10_000,
  /** First, so that what is there once and for all, as compiled code, is there. */
  warmUpSubmissions: 2_000,
  atATime: 100,
  limits: { timeoutMs: 2_000, maxBodyBytes: 1024 * 1024 },
} as const
