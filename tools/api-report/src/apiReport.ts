import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { declarations } from './declarations.js'
import { namespaces } from './namespaces.js'
import type { PublishedEntry } from './publishedEntries.js'
import { runTimeExports } from './runTimeExports.js'

/** What a package offers, as it is built now. */
export const makeReport = async (published: PublishedEntry): Promise<string> => {
  const { imported } = await runTimeExports(published)
  return [
    `# The public API of ${published.name}`,
    'Written by `npm run api -- --write`.',
    ...program('Declarations', declarations(published)),
    ...program('Members of namespaces', namespaces(published)),
    '## Names at run time',
    `${imported.map(name => `- \`${name}\``).join('\n')}\n`,
  ].join('\n\n')
}

const program = (title: string, text: string): ReadonlyArray<string> =>
  text === '' ? [] : [`## ${title}`, `\`\`\`ts\n${text}\n\`\`\``]

const folder = fileURLToPath(new URL('../api/', import.meta.url))

/** The file of a package's accepted report. */
export const reportFile = ({ name }: PublishedEntry): string =>
  join(folder, `${name.replace(/^@[^/]*\//, '').replaceAll('/', '.')}.api.md`)

/** What a package was last accepted to offer, if it ever was. */
export const acceptedReport = (published: PublishedEntry): string => {
  const file = reportFile(published)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
