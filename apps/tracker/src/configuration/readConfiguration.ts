/**
 * Reads the configuration from environment variables.
 */
import { readFileSync, statSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import type { Account } from './Account.js'
import type { Networks } from './networks.js'
import type { Token } from './Token.js'
import {
  type LogLevel,
  type OtlpProtocol,
  type Role,
  type ValueOf,
  type VariableName,
  variables,
} from './variables.js'
import type { Webhook } from './Webhook.js'

export interface Configuration {
  readonly database:
    { readonly _tag: 'Postgres'; readonly url: string } | { readonly _tag: 'Folder'; readonly folder: string }
  readonly allowDataLoss: boolean
  readonly host: string
  readonly port: number
  readonly roles: ReadonlySet<Role>
  readonly tokens: ReadonlyArray<Token>
  readonly metrics: 'token' | 'open'
  readonly accounts: Readonly<Record<string, Account>>
  readonly queriesPerSecond: number
  readonly concurrency: number
  readonly webhooks: ReadonlyArray<Webhook>
  readonly webhookNetworks: Networks
  readonly stopWithinMs: number
  readonly logLevel: LogLevel
  /** The protocol by which traces are exported; none are if it is `undefined`. */
  readonly traces: OtlpProtocol | undefined
}

/** Reads all variables, and returns every issue: which variable, what was expected, and what was found unless it may be a secret. */
export const readConfiguration = (
  environment: Readonly<Record<string, string | undefined>>,
): E.Either<ReadonlyArray<string>, Configuration> => {
  const issues: string[] = []

  const read = <Name extends VariableName>(name: Name): ValueOf<Name> | undefined => {
    const { fallback, isSecret } = variables[name]
    const reader = variables[name].read as (text: string) => E.Either<string, ValueOf<Name>>
    const text = environment[name] ?? fallback
    if (text === undefined) return undefined
    const value = reader(text)
    if (E.isRight(value)) return value.right
    issues.push(`${name}: ${value.left}${isSecret ? '' : `; found ${JSON.stringify(text)}`}`)
    return undefined
  }

  /** Reads a variable, or the file that another one names. */
  const readEither = <Name extends VariableName>(
    name: Name,
    fileName: VariableName,
    isForOwner: boolean,
  ): ValueOf<Name> | undefined => {
    const file = read(fileName)
    if (typeof file !== 'string') return read(name)
    if (environment[name] !== undefined) {
      issues.push(`${fileName}: set it or ${name}, not both`)
      return undefined
    }
    const content = readFile(file, isForOwner)
    if (E.isLeft(content)) {
      issues.push(`${fileName}: ${content.left}`)
      return undefined
    }
    const value = (variables[name].read as (text: string) => E.Either<string, ValueOf<Name>>)(content.right)
    if (E.isRight(value)) return value.right
    issues.push(`${fileName}: ${value.left}`)
    return undefined
  }

  for (const name of Object.keys(environment))
    if (name.startsWith('TRACKER_') && !Object.hasOwn(variables, name))
      issues.push(`${name}: unknown; expected one of: ${Object.keys(variables).join(', ')}`)

  const url = read('DATABASE_URL')
  const folder = read('TRACKER_FOLDER')
  if (environment.DATABASE_URL !== undefined && environment.TRACKER_FOLDER !== undefined)
    issues.push('TRACKER_FOLDER: set it or DATABASE_URL, not both')
  const allowDataLoss = read('TRACKER_ALLOW_DATA_LOSS') === 'true'
  const host = read('TRACKER_HOST') ?? ''
  const port = read('TRACKER_PORT') ?? 0
  const roles = read('TRACKER_ROLES') ?? new Set<Role>()
  const tokens = readEither('TRACKER_TOKENS', 'TRACKER_TOKENS_FILE', false)
  const metrics = read('TRACKER_METRICS') ?? 'token'
  const accounts = readEither('TRACKER_ACCOUNTS', 'TRACKER_ACCOUNTS_FILE', true)
  const queriesPerSecond = read('TRACKER_QUERIES_PER_SECOND') ?? 0
  const concurrency = read('TRACKER_CONCURRENCY') ?? 0
  const webhooks = readEither('TRACKER_WEBHOOKS', 'TRACKER_WEBHOOKS_FILE', true) ?? []
  const webhookNetworks = read('TRACKER_WEBHOOK_NETWORKS') ?? (() => false)
  const stopWithinMs = (read('TRACKER_STOP_WITHIN_SECONDS') ?? 0) * 1000
  const logLevel = read('TRACKER_LOG_LEVEL') ?? 'info'
  const otlpUrls = [read('OTEL_EXPORTER_OTLP_ENDPOINT'), read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')]
  const otlpProtocol = read('OTEL_EXPORTER_OTLP_PROTOCOL')
  const isExported = read('OTEL_TRACES_EXPORTER') === 'otlp' && read('OTEL_SDK_DISABLED') === 'false'
  const hasEndpoint = otlpUrls.some(otlp => otlp !== undefined && otlp !== '')

  const isSet = (...names: ReadonlyArray<VariableName>): boolean =>
    names.some(name => environment[name] !== undefined)
  if (roles.has('serve') && !isSet('TRACKER_TOKENS', 'TRACKER_TOKENS_FILE'))
    issues.push(`TRACKER_TOKENS: required to serve; make a token with: ${makeToken}`)
  issues.push(
    ...repeated('TRACKER_TOKENS', 'name', tokens ?? []),
    ...repeated('TRACKER_TOKENS', 'sha256', tokens ?? []),
    ...repeated('TRACKER_WEBHOOKS', 'name', webhooks),
    ...(accounts === undefined ? [] : accountIssues(accounts)),
    ...webhooks.flatMap(webhookIssues),
  )
  if (issues.length > 0) return E.left(issues)
  return E.right({
    database:
      url === undefined ? { _tag: 'Folder', folder: folder ?? 'tracker-data' } : { _tag: 'Postgres', url },
    allowDataLoss,
    host,
    port,
    roles,
    tokens: tokens ?? [],
    metrics,
    accounts: accounts ?? {},
    queriesPerSecond,
    concurrency,
    webhooks,
    webhookNetworks,
    stopWithinMs,
    logLevel,
    traces: isExported && hasEndpoint ? otlpProtocol : undefined,
  })
}

const makeToken = 'node dist/main.js token'

const readFile = (file: string, isForOwner: boolean): E.Either<string, string> => {
  try {
    const { mode } = statSync(file)
    // Windows has no such modes.
    if (isForOwner && process.platform !== 'win32' && (mode & 0o077) !== 0)
      return E.left(`others than its owner may use the file; run: chmod 600 ${file}`)
    return E.right(readFileSync(file, 'utf8'))
  } catch (thrown) {
    // Not the message, which repeats the value: it may be the JSON itself, with its secrets.
    const { code = 'unknown error' } = thrown as NodeJS.ErrnoException
    return E.left(
      `the file can't be read (${code}): expected the path of a file; JSON goes into the variable without _FILE`,
    )
  }
}

const repeated = <Name extends string>(
  variable: VariableName,
  member: Name,
  items: ReadonlyArray<Readonly<Record<Name, string>>>,
): ReadonlyArray<string> => {
  const values = items.map(item => item[member])
  const isRepeated = new Set(values).size < values.length
  return isRepeated ? [`${variable}: expected each "${member}" once`] : []
}

const accountIssues = (accounts: Readonly<Record<string, Account>>): ReadonlyArray<string> =>
  Object.entries(accounts).flatMap(([name, { endpoint }]) => [
    ...(/^[^\0\ud800-\udfff]{1,500}$/.test(name)
      ? []
      : ['TRACKER_ACCOUNTS: expected names of 1 to 500 characters']),
    ...(endpoint === undefined || URL.canParse(endpoint)
      ? []
      : [`TRACKER_ACCOUNTS: at /${name}/endpoint: expected a URL such as https://clb.tencentcloudapi.com/`]),
  ])

const webhookIssues = ({ name, url, secret }: Webhook): ReadonlyArray<string> => {
  const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64').length
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  return [
    ...(parsed?.username === '' && parsed.password === ''
      ? []
      : [
          `TRACKER_WEBHOOKS: the "url" of ${name}: expected a URL without a user, such as https://example.com/ends`,
        ]),
    ...(bytes >= 24 && bytes <= 64
      ? []
      : [`TRACKER_WEBHOOKS: the "secret" of ${name}: expected whsec_ and 24 to 64 bytes in Base64`]),
  ]
}
