import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeToken } from '../access/makeToken.js'
import { isPublic, readNetworks } from './networks.js'
import { readConfiguration } from './readConfiguration.js'
import { type VariableName, variables } from './variables.js'

const { entry } = makeToken('main')

const TRACKER_TOKENS = JSON.stringify([entry])

const account = { credentials: { secretId: 'AKID', secretKey: 'secret text' }, services: ['clb'] }

const webhook = {
  name: 'orders',
  url: 'https://example.com/ends',
  secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  accounts: 'all',
}

const issuesOf = (environment: Readonly<Record<string, string>>): ReadonlyArray<string> => {
  const read = readConfiguration({ TRACKER_TOKENS, ...environment })
  return E.isLeft(read) ? read.left : []
}

const file = (content: string, mode: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-configuration-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'file.json')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

describe('readConfiguration', () => {
  test('is documented by the table of the README, variable for variable', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const rows = [
      ...readme.matchAll(/^\| `((?:TRACKER|DATABASE|OTEL)_\w+)` *\| ([^|]*?) *\| ([^|]*?) *\|$/gm),
    ]
    expect(rows.map(([, name, fallback, meaning]) => [name, fallback, meaning])).toStrictEqual(
      Object.entries(variables).map(([name, { fallback, meaning }]) => [
        name,
        fallback === undefined || fallback === '' ? '' : `\`${fallback}\``,
        meaning,
      ]),
    )
  })

  test('needs nothing but tokens', () => {
    const read = readConfiguration({ TRACKER_TOKENS, PATH: '/bin' })
    expect(read).toMatchObject({
      _tag: 'Right',
      right: {
        database: { _tag: 'Folder', folder: 'tracker-data' },
        host: '127.0.0.1',
        port: 8080,
        roles: new Set(['serve', 'work', 'deliver']),
        tokens: [entry],
        accounts: {},
        webhooks: [],
        stopWithinMs: 30_000,
      },
    })
  })

  test('needs no tokens if it does not serve', () => {
    expect(E.isRight(readConfiguration({ TRACKER_ROLES: 'work, deliver' }))).toBe(true)
    expect(E.isLeft(readConfiguration({}))).toBe(true)
  })

  test('tells how to make the token that is missing', () => {
    const read = readConfiguration({})
    expect(read).toStrictEqual(
      E.left(['TRACKER_TOKENS: required to serve; make a token with: node dist/main.js token']),
    )
  })

  test.each<[VariableName, string, string]>([
    [
      'DATABASE_URL',
      'mysql://user:secret@host/database',
      'expected a URL such as postgresql://user:password@host:5432/database',
    ],
    ['TRACKER_FOLDER', '', 'expected a text; found ""'],
    ['TRACKER_ALLOW_DATA_LOSS', 'yes', 'expected one of: true, false; found "yes"'],
    ['TRACKER_PORT', '65536', 'expected an integer from 0 to 65535; found "65536"'],
    ['TRACKER_PORT', '80.5', 'expected an integer from 0 to 65535; found "80.5"'],
    ['TRACKER_PORT', '', 'expected an integer from 0 to 65535; found ""'],
    [
      'TRACKER_ROLES',
      'serve,cook',
      'expected some of these, each once, joined with commas: serve, work, deliver; found "serve,cook"',
    ],
    ['TRACKER_METRICS', 'closed', 'expected one of: token, open; found "closed"'],
    ['TRACKER_QUERIES_PER_SECOND', '0', 'expected a number from 0.001 to 1000000; found "0"'],
    ['TRACKER_CONCURRENCY', '1e3', 'expected an integer from 1 to 1000; found "1e3"'],
    [
      'TRACKER_WEBHOOK_NETWORKS',
      '10.0.0.0',
      'expected networks joined with commas, such as 10.1.0.0/16,fd00::/8; found "10.0.0.0"',
    ],
    [
      'TRACKER_WEBHOOK_NETWORKS',
      '10.0.0.0/33',
      'expected networks joined with commas, such as 10.1.0.0/16,fd00::/8; found "10.0.0.0/33"',
    ],
    ['TRACKER_STOP_WITHIN_SECONDS', '-1', 'expected an integer from 1 to 3600; found "-1"'],
    ['TRACKER_LOG_LEVEL', 'loud', 'expected one of: fatal, error, warn, info, debug, silent; found "loud"'],
    ['TRACKER_TOKENS', 'token', 'expected JSON'],
    ['TRACKER_TOKENS', '[]', 'must not have fewer than 1 items'],
    [
      'TRACKER_TOKENS',
      JSON.stringify([{ ...entry, sha256: 'the token itself' }]),
      '/0/sha256: must match pattern "^[0-9a-f]{64}$"',
    ],
    ['TRACKER_TOKENS', JSON.stringify([{ ...entry, scope: 'x' }]), '/0/scope: unknown; leave it out'],
    ['TRACKER_TOKENS', JSON.stringify([entry, { ...entry, name: 'b' }]), 'expected each "sha256" once'],
    [
      'TRACKER_ACCOUNTS',
      JSON.stringify({ main: { ...account, services: [] } }),
      '/main/services: must not have fewer than 1 items',
    ],
    [
      'TRACKER_ACCOUNTS',
      JSON.stringify({ main: { ...account, endpoint: 'http://' } }),
      'at /main/endpoint: expected a URL such as https://clb.tencentcloudapi.com/',
    ],
    ['TRACKER_ACCOUNTS', JSON.stringify({ '': account }), 'expected names of 1 to 500 characters'],
    [
      'TRACKER_WEBHOOKS',
      JSON.stringify([{ ...webhook, secret: 'secret text' }]),
      '/0/secret: must match pattern "^whsec_[A-Za-z0-9+/]{32,88}={0,2}$"',
    ],
    [
      'TRACKER_WEBHOOKS',
      JSON.stringify([{ ...webhook, url: 'https://user:secret@example.com/' }]),
      'the "url" of orders: expected a URL without a user, such as https://example.com/ends',
    ],
    [
      'TRACKER_WEBHOOKS',
      JSON.stringify([{ ...webhook, url: 'https://' }]),
      'the "url" of orders: expected a URL without a user, such as https://example.com/ends',
    ],
    ['TRACKER_WEBHOOKS', JSON.stringify([webhook, webhook]), 'expected each "name" once'],
  ])('refuses %s=%s', (name, value, issue) => {
    expect(issuesOf({ [name]: value })).toStrictEqual([`${name}: ${issue}`])
  })

  test('names the services that are known', () => {
    const [issue] = issuesOf({
      TRACKER_ACCOUNTS: JSON.stringify({ main: { ...account, services: ['CLB'] } }),
    })
    expect(issue).toMatch(/^TRACKER_ACCOUNTS: \/main\/services\/0: expected one of: acp, .*, clb, .*, cvm,/)
    expect(issue).not.toContain('v2Queries')
  })

  test('returns every issue, and no secret', () => {
    const issues = issuesOf({
      TRACKER_PORT: 'http',
      TRACKER_PROT: '1',
      DATABASE_URL: 'secret text',
      TRACKER_ACCOUNTS: JSON.stringify({ main: { ...account, credentials: { secretKey: 'secret text' } } }),
      TRACKER_WEBHOOKS: '["secret text"]',
    })
    expect(issues.map(issue => issue.split(':')[0])).toStrictEqual([
      'TRACKER_PROT',
      'DATABASE_URL',
      'TRACKER_PORT',
      'TRACKER_ACCOUNTS',
      'TRACKER_WEBHOOKS',
    ])
    expect(issues.join()).not.toContain('secret text')
  })

  test('takes one database', () => {
    expect(issuesOf({ DATABASE_URL: 'postgresql://host/database', TRACKER_FOLDER: 'data' })).toStrictEqual([
      'TRACKER_FOLDER: set it or DATABASE_URL, not both',
    ])
  })

  describe('of a file', () => {
    test('is read if only its owner may read it', () => {
      const accounts = file(JSON.stringify({ main: account }), 0o600)
      const tokens = file(TRACKER_TOKENS, 0o644)
      const webhooks = file(JSON.stringify([webhook]), 0o400)
      const read = readConfiguration({
        TRACKER_TOKENS_FILE: tokens,
        TRACKER_ACCOUNTS_FILE: accounts,
        TRACKER_WEBHOOKS_FILE: webhooks,
      })
      expect(read).toMatchObject({
        _tag: 'Right',
        right: { tokens: [entry], accounts: { main: account }, webhooks: [webhook] },
      })
    })

    test.each([0o640, 0o604, 0o666])('with credentials is refused if others may use it: mode %o', mode => {
      const accounts = file(JSON.stringify({ main: account }), mode)
      expect(issuesOf({ TRACKER_ACCOUNTS_FILE: accounts })).toStrictEqual([
        `TRACKER_ACCOUNTS_FILE: others than its owner may use the file; run: chmod 600 ${accounts}`,
      ])
    })

    test('is named in the issues of its content', () => {
      const accounts = file('{', 0o600)
      expect(issuesOf({ TRACKER_ACCOUNTS_FILE: accounts })).toStrictEqual([
        'TRACKER_ACCOUNTS_FILE: expected JSON',
      ])
      expect(issuesOf({ TRACKER_ACCOUNTS_FILE: accounts, TRACKER_ACCOUNTS: '{}' })).toStrictEqual([
        'TRACKER_ACCOUNTS_FILE: set it or TRACKER_ACCOUNTS, not both',
      ])
      expect(issuesOf({ TRACKER_ACCOUNTS_FILE: `${accounts}.missing` })[0]).toMatch(
        /^TRACKER_ACCOUNTS_FILE: the file can't be read \(ENOENT\): expected the path of a file/,
      )
    })
  })
})

describe('a network', () => {
  test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.167.1.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    'is public: %s',
    address => expect(isPublic(address)).toBe(true),
  )

  test.each([
    ...['127.0.0.1', '127.255.0.1', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...[
      '169.254.169.254',
      '100.64.0.1',
      '100.100.100.200',
      '192.0.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd00::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
    ],
    ...[
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
      'fec0::1',
      '100::1',
      'localhost',
      '',
    ],
  ])('is not public: %s', address => expect(isPublic(address)).toBe(false))

  test('is read with its addresses', () => {
    const networks = readNetworks('10.1.0.0/16, fd00::/8,127.0.0.1/32')
    if (E.isLeft(networks)) throw new Error(networks.left)
    const inside = ['10.1.2.3', 'fd12::1', '127.0.0.1'].map(networks.right)
    const outside = ['10.2.0.1', 'fe80::1', '127.0.0.2', '::1'].map(networks.right)
    expect([...inside, ...outside]).toStrictEqual([true, true, true, false, false, false, false])
  })
})
