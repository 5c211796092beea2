/**
 * The environment variables: what each may be, and how the README describes it.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Account } from './Account.js'
import { Accounts } from './Account.js'
import { type Networks, readNetworks } from './networks.js'
import { readJson } from './readJson.js'
import { type Token, Tokens } from './Token.js'
import { type Webhook, Webhooks } from './Webhook.js'

/** One variable. `read` returns what was expected if the text is something else. */
export interface Variable<A> {
  /** The value if the variable is not set; `undefined` means that there is none. */
  readonly fallback: string | undefined
  /** One sentence for the README. */
  readonly meaning: string
  readonly read: (text: string) => E.Either<string, A>
  /** Whether an error may repeat the value. */
  readonly isSecret: boolean
}

/** What a process does. */
export type Role = 'serve' | 'work' | 'deliver'

const roles: ReadonlyArray<Role> = ['serve', 'work', 'deliver']

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

export type LogLevel = (typeof logLevels)[number]

const otlpProtocols = ['http/protobuf', 'http/json'] as const

export type OtlpProtocol = (typeof otlpProtocols)[number]

const number =
  (least: number, most: number, isInteger: boolean) =>
  (text: string): E.Either<string, number> => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
    return value >= least && value <= most && (!isInteger || Number.isInteger(value))
      ? E.right(value)
      : E.left(`expected ${isInteger ? 'an integer' : 'a number'} from ${least} to ${most}`)
  }

const oneOf =
  <const A extends string>(values: ReadonlyArray<A>) =>
  (text: string): E.Either<string, A> => {
    const found = values.find(value => value === text)
    return found === undefined ? E.left(`expected one of: ${values.join(', ')}`) : E.right(found)
  }

const text = (value: string): E.Either<string, string> =>
  value === '' || value.includes('\0') ? E.left('expected a text') : E.right(value)

const postgresUrl = (value: string): E.Either<string, string> => {
  const protocol = URL.canParse(value) ? new URL(value).protocol : ''
  return protocol === 'postgres:' || protocol === 'postgresql:'
    ? E.right(value)
    : E.left('expected a URL such as postgresql://user:password@host:5432/database')
}

/** Empty means that it is not set, as for all variables of OpenTelemetry. */
const otlpUrl = (value: string): E.Either<string, string> => {
  const protocol = URL.canParse(value) ? new URL(value).protocol : ''
  return value === '' || protocol === 'http:' || protocol === 'https:'
    ? E.right(value)
    : E.left('expected a URL such as http://localhost:4318')
}

const roleList = (value: string): E.Either<string, ReadonlySet<Role>> => {
  const names = value.split(',').map(name => name.trim())
  const known = roles.filter(role => names.includes(role))
  return known.length === names.length
    ? E.right(new Set(known))
    : E.left(`expected some of these, each once, joined with commas: ${roles.join(', ')}`)
}

const variable = <A>(
  fallback: string | undefined,
  meaning: string,
  read: Variable<A>['read'],
  isSecret = false,
): Variable<A> => ({ fallback, meaning, read, isSecret })

/** In the order of the README. */
export const variables = {
  DATABASE_URL: variable<string>(
    undefined,
    'The PostgreSQL (15 or later) to use, such as `postgresql://user:password@host:5432/database`',
    postgresUrl,
    true,
  ),
  TRACKER_FOLDER: variable<string>(
    undefined,
    'The folder of the embedded database, if there is no `DATABASE_URL`. Without both, it is `tracker-data`',
    text,
  ),
  TRACKER_ALLOW_DATA_LOSS: variable<'true' | 'false'>(
    'false',
    '`true` starts although `fsync` or `synchronous_commit` of PostgreSQL is off',
    oneOf(['true', 'false']),
  ),
  TRACKER_HOST: variable<string>('127.0.0.1', 'The address to listen on. `0.0.0.0` means all of IPv4', text),
  TRACKER_PORT: variable<number>(
    '8080',
    'The port to listen on. `0` means any that is free',
    number(0, 65_535, true),
  ),
  TRACKER_ROLES: variable<ReadonlySet<Role>>(
    'serve,work,deliver',
    'What this process does: `serve` the API, `work` (follow tasks), `deliver` webhooks. Health, readiness and metrics are always served',
    roleList,
  ),
  TRACKER_TOKENS: variable<ReadonlyArray<Token>>(
    undefined,
    'The [tokens](#tokens) of callers, as JSON. To `serve`, this or `TRACKER_TOKENS_FILE` is required',
    readJson(Tokens),
    true,
  ),
  TRACKER_TOKENS_FILE: variable<string>(undefined, 'A file with the tokens instead', text),
  TRACKER_METRICS: variable<'token' | 'open'>(
    'token',
    '`token` requires a token of all accounts for `GET /metrics`, `open` requires none',
    oneOf(['token', 'open']),
  ),
  TRACKER_ACCOUNTS: variable<Readonly<Record<string, Account>>>(
    undefined,
    'The [accounts](#accounts) with their credentials, as JSON. To `work` or to accept submissions, this or `TRACKER_ACCOUNTS_FILE` is required',
    readJson(Accounts),
    true,
  ),
  TRACKER_ACCOUNTS_FILE: variable<string>(
    undefined,
    'A file with the accounts instead, which only its owner may read (mode 600 or 400)',
    text,
  ),
  TRACKER_QUERIES_PER_SECOND: variable<number>(
    '10',
    'The rate of accounts for which no rate was set by the API: queries in any second, in all processes together',
    number(0.001, 1_000_000, false),
  ),
  TRACKER_CONCURRENCY: variable<number>(
    '50',
    'The maximum number of queries in flight, for each account and process',
    number(1, 1000, true),
  ),
  TRACKER_WEBHOOKS: variable<ReadonlyArray<Webhook>>(
    undefined,
    'The [webhooks](#webhooks), as JSON',
    readJson(Webhooks),
    true,
  ),
  TRACKER_WEBHOOKS_FILE: variable<string>(
    undefined,
    'A file with the webhooks instead, which only its owner may read (mode 600 or 400)',
    text,
  ),
  TRACKER_WEBHOOK_NETWORKS: variable<Networks>(
    '',
    'Networks that are not public and that webhooks may reach all the same, such as `10.1.0.0/16,fd00::/8`',
    readNetworks,
  ),
  TRACKER_STOP_WITHIN_SECONDS: variable<number>(
    '30',
    'After how long a stop is no longer graceful',
    number(1, 3600, true),
  ),
  TRACKER_LOG_LEVEL: variable<LogLevel>(
    'info',
    'The least level of what is logged: `fatal`, `error`, `warn`, `info`, `debug`, or `silent` for nothing',
    oneOf(logLevels),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable<string>(
    undefined,
    'Where to export [traces](#traces) by OTLP, such as `http://localhost:4318`. Without an endpoint, none are made',
    otlpUrl,
    true,
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: variable<string>(
    undefined,
    'The whole URL instead, such as `http://localhost:4318/v1/traces`',
    otlpUrl,
    true,
  ),
  OTEL_EXPORTER_OTLP_PROTOCOL: variable<OtlpProtocol>(
    'http/protobuf',
    'The protocol of the export: `http/protobuf` or `http/json`',
    oneOf(otlpProtocols),
  ),
  OTEL_TRACES_EXPORTER: variable<'otlp' | 'none'>(
    'otlp',
    '`none` exports no traces although there is an endpoint',
    oneOf(['otlp', 'none']),
  ),
  OTEL_SDK_DISABLED: variable<'true' | 'false'>('false', '`true` does the same', oneOf(['true', 'false'])),
} as const satisfies Readonly<Record<string, Variable<unknown>>>

export type VariableName = keyof typeof variables

export type ValueOf<Name extends VariableName> =
  (typeof variables)[Name] extends Variable<infer A> ? A : never
