import type { JsonSchema } from './JsonSchema.js'

/** The text of a schema's file: what fits on a line is on one line. */
export const textOf = (schema: JsonSchema): string => `${print(schema, '')}\n`

const width = 120

const print = (value: unknown, indent: string): string => {
  const short = onOneLine(value)
  if (indent.length + short.length <= width || typeof value !== 'object' || value === null) return short
  const inner = `${indent}  `
  const [open, parts, close] = Array.isArray(value)
    ? (['[', value.map(item => print(item, inner)), ']'] as const)
    : ([
        '{',
        Object.entries(value).map(([name, member]) => `"${name}": ${print(member, inner)}`),
        '}',
      ] as const)
  return `${open}\n${parts.map(part => inner + part).join(',\n')}\n${indent}${close}`
}

const onOneLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `"${name}": ${onOneLine(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
