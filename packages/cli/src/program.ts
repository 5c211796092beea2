/**
 * The commands and their options. What a command does is loaded when it runs, so that help and completion start fast.
 *
 * @internal
 */
import { Argument, Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import type { CommandWords } from './completion/completion.js'
import { type ExitCode, exitCodes, exitCodesHelp } from './exitCodes.js'
import type { Shell } from './output/Shell.js'
import { visible } from './output/visible.js'

/** Creates the program. `finish` gets the exit code of the command that ran. */
export const createProgram = (shell: Shell, version: string, finish: (code: ExitCode) => void) => {
  const program = new Command('task-outcome')
    .description('Says what happened to each resource: reads saved responses of asynchronous task APIs.')
    .version(version)
    .showHelpAfterError('Try: task-outcome --help')
    .configureOutput({
      writeOut: text => shell.stdout.write(text),
      writeErr: text => shell.stderr.write(text.split('\n').map(visible).join('\n')),
      getOutHelpWidth: () => shell.stdout.columns ?? 100,
      getErrHelpWidth: () => shell.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      `
Examples:
  $ task-outcome read response.json
  $ curl -si https://… | task-outcome read --only again -o ids
  $ task-outcome explain 5100

${exitCodesHelp}`,
    )
    .exitOverride()

  program
    .command('read')
    .summary('read a saved response')
    .description(
      `Reads responses from a file, or from standard input. It takes the body alone, the output of "curl -i", an HTTP archive (HAR), NDJSON and lines of a log; gzip, UTF-16 and JSON in a JSON string. It prints a row for each resource, and on standard error what was read and what is wrong with it.`,
    )
    .argument('[file]', 'file to read (default: standard input, or -)')
    .addOption(formatOption())
    .option(
      '-a, --action <service:action>',
      'the action of a response of API 3.0, such as clb:DeleteLoadBalancer',
    )
    .option('-r, --requested <file>', 'compare with the requested resources: an id a line, or a JSON array')
    .addOption(
      new Option(
        '--only <state>',
        'print only the rows with this state, or those that can be sent again',
      ).choices(['accepted', 'rejected', 'again', 'in-doubt', 'succeeded', 'failed', 'in-progress']),
    )
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
With -o ids: the task id of each row, or the resource if there is no task.

Examples:
  $ task-outcome read response.json
  $ task-outcome read --requested ids.txt response.json
  $ task-outcome read --only again -o ids response.json
  $ curl -si https://… | task-outcome read -o ndjson | jq .task

${exitCodesHelp}`,
    )
    .action(async (file, options) =>
      finish(await (await import('./read/read.js')).read(shell, file, options)),
    )

  program
    .command('page')
    .summary('make a page of a saved response')
    .description(
      'Writes one HTML file that shows what happened to every resource: all at once, one by one, and what is wrong. It needs no server and no network. It takes what "read" takes, and what a command printed with -o json or -o ndjson.',
    )
    .argument('[file]', 'file to read (default: standard input, or -)')
    .requiredOption('-o, --output <file>', 'the HTML file to write, or - for standard output')
    .option('--title <text>', 'the title of the page (default: the name of the file)')
    .addOption(formatOption())
    .option('-a, --action <service:action>', 'the action of a response of API 3.0')
    .option('-r, --requested <file>', 'compare with the requested resources: an id a line, or a JSON array')
    .addHelpText(
      'after',
      `
Examples:
  $ task-outcome page response.json -o response.html
  $ task-outcome wait -a cvm:StartInstances response.json -o json > ended.json
  $ task-outcome page ended.json -o ended.html

${exitCodesHelp}`,
    )
    .action(async (file, options) =>
      finish(await (await import('./page/page.js')).page(shell, file, options)),
    )

  program
    .command('wait')
    .summary('wait for the tasks of a saved response')
    .description(
      'Waits until the tasks in a file have ended. It takes what "read" takes, and what a command printed with -o json or -o ndjson. Progress goes to standard error: a bar on a terminal, elsewhere a line for each task that has ended.',
    )
    .argument('[file]', 'file to read (default: standard input, or -)')
    .requiredOption('-a, --action <service:action>', actionHelp)
    .addOption(formatOption())
    .option('-r, --requested <file>', 'the requested resources: an id a line, or a JSON array')
    .addOption(timeoutOption())
    .addOption(perSecondOption())
    .addOption(stateOption())
    .addOption(credentialsOption())
    .addOption(regionOption())
    .addOption(endpointOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
${credentialsHelp}

Examples:
  $ task-outcome wait --action clb:DeleteLoadBalancer response.json
  $ task-outcome wait -a cvm:StartInstances -r ids.txt --state wait.json response.json

${exitCodesHelp}`,
    )
    .action(async (file, options) =>
      finish(await (await import('./wait/wait.js')).wait(shell, file, options)),
    )

  program
    .command('follow')
    .summary('wait for tasks by their ids')
    .description('Waits until tasks have ended, by their ids: TASK, or RESOURCE=TASK.')
    .argument('<tasks...>', 'the ids')
    .requiredOption('-a, --action <service:action>', actionHelp)
    .addOption(timeoutOption())
    .addOption(perSecondOption())
    .addOption(stateOption())
    .addOption(credentialsOption())
    .addOption(regionOption())
    .addOption(endpointOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
${credentialsHelp}

Examples:
  $ task-outcome follow --action clb:DeleteLoadBalancer 4fd2a2b2-a4a2-4ec8-a4b4-4e8d2ae4ffdc

${exitCodesHelp}`,
    )
    .action(async (tasks, options) =>
      finish(await (await import('./wait/wait.js')).follow(shell, tasks, options)),
    )

  program
    .command('submit')
    .summary('start tasks')
    .description(
      'Signs and sends a request that starts tasks, once. SERVICE:ACTION is of API 3.0; ACTION alone is of API 2.0 and needs --endpoint.',
    )
    .argument('<action>', 'such as clb:DeleteLoadBalancer')
    .argument('[parameters]', 'file with the parameters as a JSON object (default: standard input, or -)')
    .addOption(
      new Option('-f, --format <format>', 'API 2.0: the format of the response')
        .choices(['ordinary', 'batch'])
        .default('ordinary' as const),
    )
    .option('--dry-run', 'print the signed request with its secrets masked, and send nothing')
    .addOption(credentialsOption())
    .addOption(regionOption())
    .addOption(endpointOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
${credentialsHelp}

Examples:
  $ echo '{"LoadBalancerIds":["lb-1"]}' | task-outcome submit --dry-run clb:DeleteLoadBalancer
  $ task-outcome submit clb:DeleteLoadBalancer parameters.json -o json > submitted.json
  $ task-outcome wait --action clb:DeleteLoadBalancer submitted.json

${exitCodesHelp}`,
    )
    .action(async (action, parameters, options) =>
      finish(await (await import('./submit/submit.js')).submit(shell, action, parameters, options)),
    )

  program
    .command('explain')
    .summary('explain an error code')
    .description('Says what an error code means, and whether the same can be sent again.')
    .argument('<code>', 'such as 5100, or RequestLimitExceeded of API 3.0')
    .addHelpText(
      'after',
      `
Examples:
  $ task-outcome explain 4400
  $ task-outcome explain FailedOperation.InvalidStatus

Exit codes: 0 the code is known; 3 it is not; 64 the command line is wrong`,
    )
    // A negative number is a code, not an option.
    .allowUnknownOption()
    .action(async code => finish(await (await import('./explain/explain.js')).explain(shell, code)))

  program
    .command('actions')
    .summary('list the actions that are known')
    .description(
      'Lists the services of Tencent Cloud, or the actions of one: how their responses name the task, and which action tells its state.',
    )
    .argument('[service]', 'such as clb')
    .addHelpText(
      'after',
      `
Examples:
  $ task-outcome actions
  $ task-outcome actions clb`,
    )
    .action(async service => finish(await (await import('./actions/actions.js')).actions(shell, service)))

  program
    .command('emulate')
    .summary('run a local API emulator')
    .description('Runs a local API emulator until you press Ctrl-C.')
    .option('--port <port>', 'the port; 0: a free one', wholeNumber(65535), 0)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--task-duration-ms <ms>', 'how long a task runs', wholeNumber(Number.MAX_SAFE_INTEGER), 5000)
    .option('--reject <id=code>', 'reject a resource with a code (repeatable)', collect, [])
    .option('--fail <id=code>', 'let the tasks of a resource fail with a code (repeatable)', collect, [])
    .option(
      '--credential <id=key>',
      'check signatures with a made-up key, and play API 3.0, too (repeatable)',
      collect,
      [],
    )
    .addHelpText(
      'after',
      `
Examples:
  $ task-outcome emulate --port 8080 --reject ins-2=5000`,
    )
    .action(async options => finish(await (await import('./emulate/emulate.js')).emulate(shell, options)))

  program
    .command('completion')
    .summary('print a script that completes commands in your shell')
    .description('Prints a script that completes commands, options and their values in your shell.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText(
      'after',
      `
Examples:
  $ source <(task-outcome completion bash)
  $ task-outcome completion fish | source`,
    )
    .action(async name => {
      const { completionScript } = await import('./completion/completion.js')
      shell.stdout.write(completionScript(name, 'task-outcome', commandWords(program)))
      finish(exitCodes.allWell)
    })

  return program
}

const commandWords = (program: ReturnType<typeof createProgram>): ReadonlyArray<CommandWords> =>
  program.commands.map(command => ({
    name: command.name(),
    description: command.summary(),
    options: [
      ...command.options.map(({ short, long, description, argChoices, required, optional }) => ({
        flags: [short, long].flatMap(flag => flag ?? []),
        description,
        takesValue: required || optional,
        values: argChoices ?? [],
      })),
      { flags: ['-h', '--help'], description: 'display help', takesValue: false, values: [] },
    ],
    values: command.registeredArguments[0]?.argChoices ?? [],
  }))

const formatOption = () =>
  new Option('-f, --format <format>', 'the format of the responses')
    .choices(['auto', 'batch', 'ordinary', 'status'])
    .default('auto' as const)

const outputOption = () =>
  new Option('-o, --output <output>', 'output format')
    .choices(['table', 'wide', 'json', 'ndjson', 'csv', 'ids'])
    .default('table' as const)

const actionHelp = 'the action that started the tasks, or the one that tells their state'

const timeoutOption = () =>
  new Option('--timeout <seconds>', 'maximum wait in seconds (default: until all tasks finish)').argParser(
    positiveNumber,
  )

const perSecondOption = () =>
  new Option('--per-second <n>', 'maximum number of queries per second').argParser(positiveNumber).default(10)

const stateOption = () =>
  new Option('--state <file>', 'save progress to this file, and resume from it if it exists')

const credentialsOption = () =>
  new Option('--credentials <file>', 'a file with the credentials that only you can read')

const regionOption = () =>
  new Option('--region <region>', 'such as ap-guangzhou; default: TENCENTCLOUD_REGION')

const endpointOption = () =>
  new Option('--endpoint <url>', 'the URL of API 2.0, of a private cloud or an emulator')

const credentialsHelp = `Credentials: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_TOKEN of temporary ones) in the
environment, or a file with {"secretId":"…","secretKey":"…"} and the mode 600`

const positiveNumber = (text: string): number => {
  const number = /^\d{1,9}(?:\.\d+)?$/.test(text) ? Number(text) : 0
  if (number <= 0) throw new InvalidArgumentError('Type a number greater than 0.')
  return number
}

const collect = (value: string, before: ReadonlyArray<string>): ReadonlyArray<string> => [...before, value]

const wholeNumber =
  (greatest: number) =>
  (text: string): number => {
    const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN
    if (!(number <= greatest)) throw new InvalidArgumentError(`Type an integer from 0 to ${greatest}.`)
    return number
  }
