/** A JSON Schema of the draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The dialect, as `$schema` names it. */
export const dialect = 'https://json-schema.org/draft/2020-12/schema'
