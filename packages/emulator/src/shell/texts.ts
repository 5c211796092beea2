/**
 * What the command prints.
 *
 * @internal
 */
import { type Action, actions } from '../api/Action.js'

export const usage = `task-outcome-emulator: a server that answers as a task API does

Usage: task-outcome-emulator [options]

  --port N               the port to listen on; 0, the default, takes a free one
  --host H               the address to listen on; default 127.0.0.1
  --task-duration-ms N   how long a task runs; default 5000
  --reject ID=CODE       reject the resource ID with CODE; may be given again
  --fail ID=CODE         let the tasks of the resource ID fail with CODE; may be given again
  -h, --help             print this text
  --version              print the version

Where an action creates something, its name is the resource id: --reject CreateLoadBalancer=5200
Ctrl-C ends it.
`

export const greeting = (endpoint: string): string => `Listening: ${endpoint}

One resource a request:
${lines('OrdinaryAction')}
Many resources a request:
${lines('BatchAction')}
The state of a task:
${lines('StatusAction')}
Try:
  curl '${endpoint}?Action=StartInstances&instanceIds.0=ins-1&instanceIds.1=ins-2'
  curl '${endpoint}?Action=DescribeVpcTaskResult&taskId=6356502'

Ctrl-C ends it.
`

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
