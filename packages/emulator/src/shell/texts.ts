/**
 * The texts that the command prints.
 *
 * @internal
 */
import { type Action, actions } from '../api-2/Action.js'
import { services } from '../api-3/services.js'
import type { Emulator } from '../server/Emulator.js'

export const usage = `task-outcome-emulator: emulates a task API

Usage: task-outcome-emulator [options]

  --port N               port to listen on (default: 0, a free port)
  --host HOST            address to listen on (default: 127.0.0.1)
  --task-duration-ms N   how long a task runs (default: 5000)
  --reject ID=CODE       reject the resource ID with CODE (repeatable)
  --fail ID=CODE         let tasks of the resource ID fail with CODE (repeatable)
  --credential ID=KEY    check signatures with this key, and play API 3.0 (repeatable)
  -h, --help             print this help
  --version              print the version

For an action that creates a resource, use its name as the ID: --reject CreateLoadBalancer=5200
Press Ctrl-C to stop.
`

export const greeting = (
  { url, endpoint }: Emulator,
  checksSignatures: boolean,
): string => `Listening: ${endpoint}

Actions on one resource:
${lines('OrdinaryAction')}
Batch actions:
${lines('BatchAction')}
Status of a task:
${lines('StatusAction')}
${checksSignatures ? signedHint(url) : unsignedHint(endpoint)}
Press Ctrl-C to stop.
`

const unsignedHint = (endpoint: string): string => `Try:
  curl '${endpoint}?Action=StartInstances&instanceIds.0=ins-1&instanceIds.1=ins-2'
  curl '${endpoint}?Action=DescribeVpcTaskResult&taskId=6356502'
`

/** Nothing to try with curl: requests must be signed. */
const signedHint = (url: string): string => `API 3.0: ${url}
${services
  .map(({ service, version, submits, queries }) => {
    const names = [...Object.keys(submits), ...Object.keys(queries)]
    return `  ${`${service} ${version}`.padEnd(17)}  ${names.join(', ')}\n`
  })
  .join('')}`

const lines = (tag: Action['_tag']): string =>
  actions
    .filter(action => action._tag === tag)
    .map(action => `  ${action.name.padEnd(width)}  ${parameters(action)}`.trimEnd() + '\n')
    .join('')

const width = Math.max(...actions.map(action => action.name.length))

const parameters = (action: Action): string => {
  if (action._tag === 'StatusAction') return action.parameters.join(' or ')
  if (action.resource === undefined) return ''
  const { name, takes } = action.resource
  return takes === 'many' ? `${name}.0, ${name}.1, …` : name
}
