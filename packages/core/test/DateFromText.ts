import * as t from 'io-ts'

/** A codec that changes what it decodes. */
export const DateFromText = new t.Type<Date, string, unknown>(
  'DateFromText',
  (u): u is Date => u instanceof Date,
  (u, context) => {
    const date = new Date(typeof u === 'string' ? u : NaN)
    return Number.isNaN(date.getTime()) ? t.failure(u, context) : t.success(date)
  },
  date => date.toISOString(),
)
