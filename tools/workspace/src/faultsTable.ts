// Writes docs/reference/faults.md from what the conformance suite reported of each client; with --check, only compares.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { packageFolders, root } from './packages.ts'

const file = join(root, 'docs/reference/faults.md')

/** The columns, in this order. */
const subjects = [
  'fetch in Node',
  'axios in Node',
  'axios (its fetch adapter) in Node',
  'fetch in Chromium',
  'axios (XHR) in Chromium',
  'axios (its fetch adapter) in Chromium',
]

/** What the conformance suite reported of a client. */
interface Report {
  readonly subject: string
  readonly platform: string
  readonly faults: ReadonlyArray<ReportedFault>
}

interface ReportedFault {
  readonly group: string
  readonly name: string
  readonly connection: Connection
  readonly outcome: string
}

type Connection = 'fresh' | 'reused'

/** All of one page have the same faults, in the same order. */
type Reports = readonly [Report, ...ReadonlyArray<Report>]

const areSome = (reports: ReadonlyArray<Report>): reports is Reports => reports.length > 0

class Fault extends Error {}

const readReports = (): ReadonlyArray<Report> =>
  packageFolders
    .map(folder => join(root, folder, 'reports/faults'))
    .filter(folder => existsSync(folder))
    .flatMap(folder =>
      readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report),
    )

/** The reports in the order of the columns, and the columns that have none. */
const inOrder = (
  reports: ReadonlyArray<Report>,
): { readonly found: ReadonlyArray<Report>; readonly missing: ReadonlyArray<string> } => {
  const unknown = reports.filter(({ subject }) => !subjects.includes(subject))
  if (unknown.length > 0)
    throw new Fault(
      `No column for ${unknown.map(({ subject }) => subject).join(', ')}: name it in this script`,
    )
  const found = subjects.map(name => reports.find(({ subject }) => subject === name))
  return {
    found: found.filter(report => report !== undefined),
    missing: subjects.filter((_, at) => found[at] === undefined),
  }
}

const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`

const outcomeOf = (report: Report, name: string, connection: Connection): string | undefined =>
  report.faults.find(fault => fault.name === name && fault.connection === connection)?.outcome

const table = (
  names: ReadonlyArray<string>,
  reports: ReadonlyArray<Report>,
  connection: Connection,
): string =>
  [
    line(['', ...reports.map(({ subject }) => subject)]),
    line(['---', ...reports.map(() => '---')]),
    ...names.map(name => line([name, ...reports.map(report => outcomeOf(report, name, connection) ?? '–')])),
  ].join('\n')

const namesOn = (connection: Connection, { faults }: Report): ReadonlyArray<string> =>
  faults.filter(fault => fault.connection === connection).map(({ name }) => name)

const groupTable = (group: string, reports: Reports): string => {
  const [first] = reports
  const inGroup = new Set(first.faults.filter(fault => fault.group === group).map(({ name }) => name))
  return table(
    namesOn('fresh', first).filter(name => inGroup.has(name)),
    reports,
    'fresh',
  )
}

/** The rows that a reused connection changes for some client. */
const reusedTable = (reports: Reports): string => {
  const [first] = reports
  const changes = (name: string): boolean =>
    reports.some(report => outcomeOf(report, name, 'reused') !== outcomeOf(report, name, 'fresh'))
  return table(namesOn('reused', first).filter(changes), reports, 'reused')
}

const platforms = (reports: Reports): string =>
  [...new Set(reports.map(({ platform }) => platform))].join(' and ')

const page = async (reports: Reports): Promise<string> => {
  const groups = [...new Set(reports[0].faults.map(({ group }) => group))]
  const text = `# What each fault becomes

The conformance suite (\`testing/conformance\`) sends a request to a server that goes wrong in a known way, with each client, and holds the result to what it must become. This is what came of it with ${platforms(reports)}. The page is written by \`node tools/workspace/src/faultsTable.ts\` from the reports of \`npm test\`, which fails when the two differ.

How to read a cell:

- \`NotSent: ECONNREFUSED\`: the error's \`_tag\`, then its reason: the code of the system or the runtime, or the name of what the client threw. After \`HttpStatusError\` it is the status.
- \`1 recovered\`: a task id was read from the part of the body that had arrived, so the task that may be running is not lost. \`up to 1\`: it depends on whether the client had read those bytes before it learned that the connection was broken.
- \`AcceptedTask\`: the response is whole and sound for this client, and the task is known.

No client takes a broken response for a sound one, and none is left without a result. On a fresh connection none sends a request a second time, but for XHR where it is redirected; on a reused connection [browsers do](#on-a-reused-connection). Where the clients differ:

- **A browser sends a request again by itself** when a reused connection ends before a response. See [below](#on-a-reused-connection).
- **A browser does not say why a connection failed**: \`TypeError\`, or axios' \`ERR_NETWORK\`, means a refused connection, an unknown name, a certificate that is not accepted and a reset alike. So nothing that fails in a browser is surely \`NotSent\`, but what was aborted before it was begun.
- **XHR hands bodies over in one piece, at their end**: nothing can be recovered from one that breaks off, and a size limit is looked at only then. A body without an end (the cell \`–\`) can take the page's memory before a time limit stops it. Streams (\`fetch\`, and axios' adapters for Node and for \`fetch\`) stop at the size limit.
- **XHR follows redirects**, and no page can prevent it: the request, its body with 307 and 308, goes wherever the redirect points. What another host answers then is not taken for the API's response: \`ERR_REDIRECT_FOLLOWED\`. With \`fetch\` nothing is followed, but a browser hides the status (\`0\`) and where the redirect points.
- **A head that is cut off** is an error in Node; Chromium takes the part that came for all of it, so that an empty body is what remains.
- **A compressed body that is cut off** ends without an error in every client; it is then judged as the text that came out.
- **\`100 Continue\` without being asked** ends an exchange in undici, which is Node's \`fetch\`.
- **204** breaks axios' \`fetch\` adapter in Chromium, which throws away the status.

## On a reused connection

The suite runs each case twice: on a fresh connection, and on one that has carried a sound exchange of the same client before. The tables after this one show the fresh connection. On a reused connection every client gets the same results, except in these cases:

${reusedTable(reports)}

\`sent twice\` means that two requests arrived at the server, the same to the byte, and that the page saw only the response to the second.

- **Chromium** sends a request again, a POST too, if a reused connection is closed before the response begins, or reset before its head is complete. It tries every idle connection that it has to the server and then a fresh one: with three idle connections, four requests arrived. The page can neither prevent this nor learn of it, so no client can report it: if the first request started a task, the second one starts another, and its response is an \`AcceptedTask\`.
- **Node.js** never sends a request again by itself: not its \`http.Agent\`, which axios uses (it marks the request with \`reusedSocket\`, nothing more), and not undici, which is Node's \`fetch\`. A connection that breaks is \`DeliveryUnknown\`, fresh or reused.
- **Deno** (tried with 2.9) sends GET and POST again like Chromium. **Bun** (tried with 1.4) sends GET again, but not POST; with axios it sends neither again. **workerd**, the runtime of Cloudflare Workers, sends GET again. [Supported environments](consumers.md#failures-with-fetch) compares them.

[When to send again](../guides/when-to-send-again.md#clients-that-send-again-by-themselves) tells how to live with it.

${groups.map(group => `## ${group}\n\n${groupTable(group, reports)}`).join('\n\n')}
`
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' })
}

const write = async (): Promise<void> => {
  const { found, missing } = inOrder(readReports())
  if (missing.length > 0 || !areSome(found))
    throw new Fault(`No report of ${missing.join(', ')}. Run npm test first.`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await page(found))
}

const check = async (): Promise<void> => {
  const { found, missing } = inOrder(readReports())
  const unexpected = missing.filter(subject => !subject.endsWith('in Chromium'))
  if (unexpected.length > 0) throw new Fault(`No report of ${unexpected.join(', ')}. Run npm test first.`)
  if (missing.length > 0 || !areSome(found)) {
    console.log(`docs/reference/faults.md was not checked: there is no report of ${missing.join(', ')}.`)
    return
  }
  const written = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (written === (await page(found))) return
  if (written !== '' && !written.includes(`with ${platforms(found)}.`)) {
    console.log(
      `docs/reference/faults.md was not checked: it was made with other versions than ${platforms(found)}.`,
    )
    return
  }
  throw new Fault(
    'docs/reference/faults.md is not what the conformance suite found. Run node tools/workspace/src/faultsTable.ts and look at the difference.',
  )
}

try {
  await (process.argv.includes('--check') ? check() : write())
} catch (error) {
  if (!(error instanceof Fault)) throw error
  console.error(error.message)
  process.exitCode = 1
}
