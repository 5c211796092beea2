/**
 * The command `actions`.
 *
 * @internal
 */
import type { QueryAction, Service, SubmitAction } from '@task-outcome/tencentcloud'
import { type ExitCode, exitCodes, usageError } from '../exitCodes.js'
import type { Shell } from '../output/Shell.js'
import { table } from '../output/table.js'
import { visible } from '../output/visible.js'
import { loadServices, loadV2Modules } from '../read/Action.js'

export const actions = async ({ stdout }: Shell, name: string | undefined): Promise<ExitCode> => {
  const [services, modules] = [await loadServices(), await loadV2Modules()]
  const columns = stdout.isTerminal ? stdout.columns : undefined
  if (name === undefined) {
    const rows = [...services].map(([service, { version, submits, queries }]) => ({
      service,
      version,
      submits: Object.keys(submits).length,
      queries: Object.keys(queries).length,
    }))
    stdout.write(
      table(
        rows,
        [
          { title: 'SERVICE', cell: ({ service }) => service },
          { title: 'VERSION', cell: ({ version }) => version },
          { title: 'START A TASK', cell: ({ submits }) => String(submits) },
          { title: 'TELL ITS STATE', cell: ({ queries }) => String(queries) },
        ],
        columns,
      ),
    )
    stdout.write(
      `\nAPI 2.0, modules with actions that tell the state of a task: ${[...modules.keys()].map(module => `v2/${module}`).join(', ')}\n`,
    )
    return exitCodes.allWell
  }
  const service = services.get(name)
  const module = modules.get(name)
  if (service === undefined && module === undefined)
    throw usageError(
      `there is no service "${visible(name)}"${suggestion(name, [...services.keys()])}: "task-outcome actions" lists those that are known`,
    )
  if (service !== undefined) stdout.write(serviceTable(service, columns))
  if (module !== undefined)
    stdout.write(
      `${service === undefined ? '' : '\n'}API 2.0, actions that tell the state of a task:\n${Object.entries(
        module,
      )
        .map(
          ([action, { parameter, parameterType }]) =>
            `  v2/${name}:${action}, by ${parameter} (${parameterType})\n`,
        )
        .join('')}`,
    )
  return exitCodes.allWell
}

const serviceTable = ({ submits, queries }: Service, columns: number | undefined): string => {
  const rows = Object.entries(submits).map(([action, submit]) => ({
    action,
    submit,
    query: Object.hasOwn(queries, submit.query) ? queries[submit.query] : undefined,
  }))
  return table(
    rows,
    [
      { title: 'ACTION', cell: ({ action }) => action },
      { title: 'TASK', cell: ({ submit }) => taskOf(submit) },
      { title: 'STATE FROM', cell: ({ submit }) => submit.query },
      { title: 'BY', cell: ({ query }) => query?.parameter ?? '' },
      { title: 'SUCCEEDED, FAILED, IN PROGRESS', cell: ({ query }) => valuesOf(query), canShrink: true },
      { title: 'CLIENT TOKEN', cell: ({ submit }) => (submit.takesClientToken === true ? 'yes' : '') },
    ],
    columns,
  )
}

const taskOf = ({ task }: SubmitAction): string => {
  switch (task._tag) {
    case 'Member':
      return task.path.join('.')
    case 'RequestId':
      return 'RequestId'
    case 'RequestIdPerResource':
      return `RequestId, each of ${task.parameter}`
  }
}

const valuesOf = (query: QueryAction | undefined): string =>
  query === undefined
    ? ''
    : [query.succeeded, query.failed, query.inProgress].map(values => values.join(' ') || '-').join(', ')

/** Services of several versions have the version in their names. */
const suggestion = (name: string, names: ReadonlyArray<string>): string => {
  const similar = names.find(known => known.startsWith(name) || name.startsWith(known))
  return similar === undefined || name === '' ? '' : `; did you mean "${similar}"?`
}
