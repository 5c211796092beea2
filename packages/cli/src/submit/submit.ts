/**
 * The command `submit`.
 *
 * @internal
 */
import {
  type AcceptedTask,
  type BatchOutcome,
  type HttpRequest,
  type SubmissionError,
  type Transport,
  showTaskError,
} from '@task-outcome/core'
import { misused } from '@task-outcome/core/adapter'
import type { TencentCloud, V2Parameters, V3Parameters } from '@task-outcome/tencentcloud'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type ConnectionOptions, connect } from '../cloud/Connection.js'
import { readParameters } from '../cloud/parameters.js'
import { type ExitCode, exitCodes, usageError } from '../exitCodes.js'
import { readInput } from '../input/readInput.js'
import { type Shell, isOutputError } from '../output/Shell.js'
import { visible } from '../output/visible.js'
import { findAction } from '../read/Action.js'
import { submissionRows } from '../read/decodeBody.js'
import type { Output } from '../read/printRows.js'
import { type Report, report } from '../read/report.js'
import { showRequest } from './showRequest.js'

export interface SubmitOptions extends ConnectionOptions {
  readonly format: 'batch' | 'ordinary'
  readonly dryRun?: true | undefined
  readonly output: Output
}

export const submit = async (
  shell: Shell,
  action: string,
  file: string | undefined,
  options: SubmitOptions,
): Promise<ExitCode> => {
  const parameters = readParameters(await readInput(shell, file), file ?? '-')
  let captured: HttpRequest | undefined
  const capture: Transport = request => async () => {
    captured = request
    return { _tag: 'Left', left: { _tag: 'NotSent', reason: misused(''), recovered: [] } }
  }
  const cloud = await connect(shell, options, options.dryRun === true ? capture : undefined)
  const stopping = new AbortController()
  const send = await submissionOf(cloud, action, parameters, options, stopping.signal)
  const stop = (): void => stopping.abort(new Error('stopped'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const result = await send()
  process.off('SIGINT', stop).off('SIGTERM', stop)
  if (captured !== undefined) {
    shell.stdout.write(showRequest(captured))
    shell.stderr.write('dry run: nothing was sent\n')
    return exitCodes.allWell
  }

  const { rows, inDoubt } = submissionRows(result)
  const given: Report = {
    rows,
    doubts: inDoubt ? [{ source: '', reason: 'more tasks may be running' }] : [],
    output: options.output,
    explanations: result._tag === 'Left' ? [`${showTaskError(result.left)}\n`] : [],
  }
  try {
    const exitCode = report(shell, given)
    await shell.stdout.flush()
    return exitCode
  } catch (thrown) {
    if (!isOutputError(thrown)) throw thrown
    // The tasks have started, and nothing else has their ids.
    report({ ...shell, stdout: shell.stderr }, given)
    throw thrown
  }
}

/** `SERVICE:ACTION` is of API 3.0, and `ACTION` of API 2.0. */
const submissionOf = async (
  cloud: TencentCloud,
  name: string,
  parameters: V3Parameters,
  { endpoint, format }: SubmitOptions,
  signal: AbortSignal,
): Promise<TaskEither<SubmissionError, AcceptedTask | BatchOutcome>> => {
  if (!name.includes(':')) {
    if (endpoint === undefined)
      throw usageError(
        `"${visible(name)}": type SERVICE:ACTION, such as clb:DeleteLoadBalancer; or, for API 2.0, name the endpoint, such as --endpoint https://lb.api.qcloud.com/v2/index.php`,
      )
    const client = cloud.v2(endpoint)
    // What has no form in API 2.0, such as a boolean, is refused with a message that says where it is.
    const given = parameters as unknown as V2Parameters
    return format === 'batch'
      ? client.submitBatch(name, given, { signal })
      : client.submit(name, given, { signal })
  }
  const found = await findAction(name)
  if (found._tag !== 'Submit')
    throw usageError(`"${visible(name)}" tells the state of a task: name an action that starts one`)
  const client = cloud.v3(endpoint === undefined ? found.service : { ...found.service, endpoint })
  const action = name.slice(name.indexOf(':') + 1)
  return found.action.task._tag === 'RequestIdPerResource'
    ? client.submitBatch(action, parameters, { signal })
    : client.submit(action, parameters, { signal })
}
