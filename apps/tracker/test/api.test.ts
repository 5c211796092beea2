import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemCodes, problemTypes } from '../src/http/problem.js'
import { type Trial, eventually, startTrial, tokens } from './startTrial.js'

interface Body {
  readonly _tag: string
  readonly id: string
  readonly type: string
  readonly status: number
  readonly detail?: string
  readonly items: ReadonlyArray<Body>
  readonly next?: string
  readonly cursor: string
  readonly isEnd: boolean
  readonly key: string
  readonly task: Body
  readonly account: string
  readonly resourceIds: ReadonlyArray<string>
  readonly submission: Body
  readonly submissions: Readonly<Record<string, number>>
  readonly tasks: Readonly<Record<string, number>>
  readonly ending: { readonly status: { readonly _tag: string } }
  readonly ids: ReadonlyArray<string>
}

type Document = Readonly<Record<string, never>> & {
  readonly openapi: string
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
            >
          }
        >
      >
    >
  >
}

describe('the HTTP API', () => {
  let trial: Trial
  let document: Document
  let ajv: Ajv2020
  beforeAll(async () => {
    trial = await startTrial({
      rejections: { 'ins-bad': { code: 5000, message: 'no such instance' } },
      failures: { 'ins-2': { code: 7, message: 'the disk is full' } },
    })
    document = (await (await trial.call('GET', '/openapi.json')).json()) as Document
    ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'document')
  })
  afterAll(() => trial.stop())

  /** Calls, and checks that the response is one that the document describes. */
  const call = async (
    method: string,
    path: string,
    options: Parameters<Trial['call']>[2] = {},
  ): Promise<{ readonly status: number; readonly body: Body }> => {
    const response = await trial.call(method, path, options)
    const text = await response.text()
    const body = (text === '' ? null : JSON.parse(text)) as Body
    const [pathname = ''] = path.split('?')
    const templates = Object.keys(document.paths)
    const route =
      templates.find(template => template === pathname) ??
      templates.find(template => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname))
    if (route !== undefined && text !== '') {
      const described = document.paths[route]?.[method.toLowerCase()]?.responses[response.status]?.content
      const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
      expect(Object.keys(described ?? {}), `${method} ${path}: ${response.status} ${text}`).toContain(type)
      const pointer = [
        'paths',
        route,
        method.toLowerCase(),
        'responses',
        String(response.status),
        'content',
        type,
        'schema',
      ]
        .map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
        .join('/')
      const isValid = ajv.validate({ $ref: `document#/${pointer}` }, body)
      expect(isValid, `${method} ${path}: ${ajv.errorsText()}: ${text}`).toBe(true)
    }
    return { status: response.status, body }
  }

  const submit = (key: string, more: object = {}, token: string = tokens.main) =>
    call('POST', '/submissions', {
      token,
      body: {
        account: 'main',
        key,
        action: 'cvm.StartInstances',
        parameters: { InstanceIds: ['ins-1', 'ins-2'] },
        ...more,
      },
    })

  const started = () => trial.emulator.tasks.length

  describe('the document', () => {
    test('is valid OpenAPI 3.1', async () => {
      const result = await new Validator().validate(document)
      expect(result).toStrictEqual({ valid: true })
      expect(document.openapi).toBe('3.1.0')
    })

    test('describes every route, and names the schemas that they share', () => {
      expect(Object.keys(document.paths).sort()).toStrictEqual([
        '/accounts/{account}/rate',
        '/counts',
        '/events',
        '/export',
        '/feed',
        '/health',
        '/in-doubt',
        '/metrics',
        '/ready',
        '/submissions',
        '/submissions/{id}',
        '/submissions/{id}/settle',
        '/tasks',
        '/tasks/follow-again',
        '/tasks/{id}',
      ])
      const { schemas } = (document as unknown as { components: { schemas: object } }).components
      expect(Object.keys(schemas)).toStrictEqual(['Submission', 'Task', 'FeedItem', 'Problem'])
    })

    test('lists every kind of problem in the README', () => {
      const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
      const listed = [...readme.matchAll(/^\| <a id="(\w+)"><\/a>/gm)].map(([, code]) => code)
      expect(listed.sort()).toStrictEqual([...problemCodes].sort())
      expect(problemTypes).toContain('apps/tracker/README.md#')
    })
  })

  describe('a submission', () => {
    test('is sent, its tasks are followed, and their ends are in the feed', async () => {
      const submitted = await submit('to its end')
      expect(submitted).toMatchObject({
        status: 200,
        body: {
          _tag: 'Accepted',
          account: 'main',
          action: 'cvm.StartInstances',
          resourceIds: ['ins-1', 'ins-2'],
        },
      })
      const ended = await eventually(async () => {
        const { body } = await call('GET', '/tasks?key=to+its+end&state=Ended', { token: tokens.main })
        return body.items.length === 2 ? body.items : undefined
      })
      expect(
        ended.map(({ resourceIds, ending }) => [resourceIds[0], ending.status._tag]).sort(),
      ).toStrictEqual([
        ['ins-1', 'Succeeded'],
        ['ins-2', 'Failed'],
      ])
      const { body: feed } = await call('GET', '/feed', { token: tokens.main })
      expect(feed.items.map(({ task }) => task.id).sort()).toStrictEqual(ended.map(({ id }) => id).sort())
      expect(feed.isEnd).toBe(true)
      expect((await call('GET', `/feed?cursor=${feed.cursor}`)).body).toStrictEqual({
        items: [],
        cursor: feed.cursor,
        isEnd: true,
      })
    })

    test('is sent once for each key, and returns the same record', async () => {
      const first = await submit('once')
      const tasks = started()
      const again = await submit('once')
      expect(again).toStrictEqual(first)
      expect(started()).toBe(tasks)
    })

    test('of an action with one task is sent with its resources on record', async () => {
      const submitted = await submit('a load balancer', {
        action: 'clb.DeleteLoadBalancer',
        resourceIds: ['lb-1'],
        parameters: { LoadBalancerIds: ['lb-1'] },
      })
      expect(submitted).toMatchObject({ status: 200, body: { _tag: 'Accepted', resourceIds: ['lb-1'] } })
    })

    test('keeps every digit of its parameters', async () => {
      const body =
        '{"account":"main","key":"digits","action":"clb.DeleteLoadBalancer","parameters":{"LoadBalancerIds":["lb-1"],"Big":1152921504606846977,"Even":1152921504606846976,"__proto__":{"a":1}}}'
      expect((await call('POST', '/submissions', { body })).status).toBe(200)
      const bodies = trial.emulator.requests.map(({ body }) => String(body))
      expect(
        bodies.filter(text =>
          text.includes('"Big":1152921504606846977,"Even":1152921504606846976,"__proto__":{"a":1}'),
        ),
      ).toHaveLength(1)
    })

    test('has a key of any characters, by which it is found', async () => {
      for (const key of ['😀', 'a&b=c/d?e#f %', 'ключ\n\t"\\\'', 'k'.repeat(500)]) {
        const { status, body } = await submit(key)
        expect(status).toBe(200)
        const query = new URLSearchParams({ key }).toString()
        expect((await call('GET', `/submissions?${query}`)).body.items).toStrictEqual([body])
      }
    })

    test('that the API rejects is no success', async () => {
      const submitted = await submit('rejected', { parameters: { InstanceIds: ['ins-bad'] } })
      expect(submitted).toMatchObject({
        status: 422,
        body: { type: `${problemTypes}Rejected`, status: 422, submission: { _tag: 'Rejected' } },
      })
      expect(await submit('rejected', { parameters: { InstanceIds: ['ins-bad'] } })).toStrictEqual(submitted)
    })

    test('with a key of another submission is refused', async () => {
      await submit('taken')
      const tasks = started()
      expect(await submit('taken', { action: 'cvm.StopInstances' })).toMatchObject({
        status: 409,
        body: {
          type: `${problemTypes}KeyTaken`,
          submission: { _tag: 'Accepted', action: 'cvm.StartInstances' },
        },
      })
      expect(started()).toBe(tasks)
    })

    test('that was not sent is no success, and started nothing', async () => {
      const submitted = await submit('offline', { account: 'offline' }, tokens.both)
      expect(submitted).toMatchObject({
        status: 502,
        body: { type: `${problemTypes}NotSent`, submission: { _tag: 'NotSent' } },
      })
    })

    test('in doubt is no success; it is listed, and settled once', async () => {
      const submitted = await submit('in doubt', { account: 'unsure' }, tokens.both)
      expect(submitted).toMatchObject({
        status: 502,
        body: { type: `${problemTypes}InDoubt`, submission: { _tag: 'InDoubt' } },
      })
      const { id } = submitted.body.submission
      for (const token of [tokens.both, tokens.admin])
        expect((await call('GET', '/in-doubt', { token })).body.items).toStrictEqual([
          submitted.body.submission,
        ])
      expect((await call('GET', '/in-doubt', { token: tokens.main })).body.items).toStrictEqual([])

      const found = { taskId: 'r-1', resourceIds: ['ins-1'] }
      const settlement = { _tag: 'Started', tasks: [found], note: 'seen in the console' }
      const path = `/submissions/${id}/settle`
      const invalid = { ...settlement, tasks: [{ taskId: 7 }] }
      expect((await call('POST', path, { token: tokens.both, body: invalid })).status).toBe(400)
      expect((await call('POST', path, { token: tokens.main, body: settlement })).status).toBe(404)
      const settled = await call('POST', path, { token: tokens.both, body: settlement })
      expect(settled).toMatchObject({ status: 200, body: { _tag: 'Settled', settlement } })
      expect(await call('POST', path, { token: tokens.both, body: settlement })).toMatchObject({
        status: 409,
        body: { type: `${problemTypes}NotInDoubt`, submission: { _tag: 'Settled' } },
      })
      expect((await call('GET', `/tasks?taskId=r-1`)).body.items).toMatchObject([found])
      // Now it is known that a task was started.
      expect((await submit('in doubt', { account: 'unsure' }, tokens.both)).status).toBe(200)
    })

    test('that was settled as not started is no success', async () => {
      const submitted = await submit('not started', { account: 'unsure' }, tokens.both)
      const { id } = submitted.body.submission
      const body = { _tag: 'NotStarted', note: 'nothing in the console' }
      expect((await call('POST', `/submissions/${id}/settle`, { body })).status).toBe(200)
      expect(await submit('not started', { account: 'unsure' }, tokens.both)).toMatchObject({
        status: 422,
        body: { type: `${problemTypes}NotStarted` },
      })
    })
  })

  describe('bad input', () => {
    const before = async () => (await call('GET', '/counts')).body.submissions

    const valid = {
      account: 'main',
      key: 'bad input',
      action: 'cvm.StartInstances',
      parameters: { InstanceIds: ['ins-1'] },
    }

    test.each([
      ['no object', []],
      ['a member that is missing', { ...valid, parameters: undefined }],
      ['a member that is unknown', { ...valid, resourceIDs: [] }],
      ['an empty key', { ...valid, key: '' }],
      ['a key with NUL', { ...valid, key: '\0' }],
      ['a key with half a surrogate pair', { ...valid, key: '\ud800' }],
      ['a key that is too long', { ...valid, key: 'k'.repeat(501) }],
      ['a key that is a number', { ...valid, key: 7 }],
      ['an action without a service', { ...valid, action: 'StartInstances' }],
      ['a service that is not configured', { ...valid, action: 'cdb.RestartDBInstances' }],
      ['an action that is unknown', { ...valid, action: 'cvm.DescribeInstances' }],
      ['an action of the prototype', { ...valid, action: 'cvm.constructor' }],
      ['parameters that are an array', { ...valid, parameters: [] }],
      ['parameters without resources', { ...valid, parameters: {} }],
      ['a resource twice', { ...valid, parameters: { InstanceIds: ['ins-1', 'ins-1'] } }],
      ['resources that are not those of the parameters', { ...valid, resourceIds: ['ins-2'] }],
      ['text that is no JSON', '{"account":'],
      ['a member twice', '{"account":"main","account":"other"}'],
      [
        'a fraction that loses digits',
        JSON.stringify(valid).replace('["ins-1"]', '["ins-1"],"X":0.12345678901234567890123'),
      ],
      ['arrays nested too deep', `{"account":"main","parameters":${'['.repeat(600)}${']'.repeat(600)}}`],
      ['nothing', ''],
    ])('of a submission is refused, and nothing is stored: %s', async (_what, body) => {
      const [counts, tasks] = [await before(), started()]
      const refused = await call('POST', '/submissions', { body })
      expect(refused).toMatchObject({
        status: 400,
        body: { type: `${problemTypes}InvalidRequest`, status: 400 },
      })
      expect(refused.body.detail).toMatch(/^(body: |Body )/)
      expect([await before(), started()]).toStrictEqual([counts, tasks])
    })

    test.each([
      '/submissions?limit=0',
      '/submissions?limit=1001',
      '/submissions?limit=1e2',
      '/submissions?limit=1&limit=2',
      '/submissions?state=Ended',
      '/submissions?after=-1',
      '/submissions?sinceMs=yesterday',
      '/submissions?untilMs=99999999999999999',
      '/submissions?colour=red',
      '/submissions?key=%00',
      '/submissions?account=',
      '/submissions/abc',
      '/submissions/1234567890123456789',
      '/tasks?state=Accepted',
      '/feed?cursor=abc',
      '/feed?cursor=',
      '/events?cursor=1.5',
      '/tasks/%zz',
    ])('in a URL is refused: %s', async path => {
      const refused = await trial.call('GET', path)
      expect(refused.headers.get('content-type')).toContain('application/problem+json')
      expect(await refused.json()).toMatchObject({ type: `${problemTypes}InvalidRequest`, status: 400 })
      expect(refused.status).toBe(400)
    })

    test('of another kind is refused', async () => {
      const xml = await trial.call('POST', '/submissions', {
        body: '<a/>',
        headers: { 'content-type': 'text/xml' },
      })
      expect([xml.status, xml.headers.get('content-type')]).toStrictEqual([
        415,
        'application/problem+json; charset=utf-8',
      ])
      const large = await trial.call('POST', '/submissions', { body: `"${'a'.repeat(2_000_000)}"` })
      expect(large.status).toBe(413)
      const latin = await fetch(`${trial.url}/submissions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'application/json' },
        body: Buffer.from([0x22, 0xe9, 0x22]),
      })
      expect(await latin.json()).toMatchObject({ status: 400, detail: 'body: expected UTF-8' })
      const lastId = await trial.call('GET', '/events', { headers: { 'last-event-id': 'abc' } })
      expect(lastId.status).toBe(400)
    })

    test('of a rate is refused, and a valid one is set', async () => {
      for (const queriesPerSecond of [0, -1, '5', null])
        expect((await call('PUT', '/accounts/main/rate', { body: { queriesPerSecond } })).status).toBe(400)
      expect(await call('PUT', '/accounts/main/rate', { body: { queriesPerSecond: 100 } })).toStrictEqual({
        status: 204,
        body: null,
      })
    })

    /** Values that are nearly valid, and any others. */
    const anyValue = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('main', 'cvm.StartInstances', '0', '-1', 1e300, [], {}, null, { InstanceIds: [] }),
    )

    const anyBody = fc.oneof(
      fc.record(
        { account: anyValue, key: anyValue, action: anyValue, resourceIds: anyValue, parameters: anyValue },
        { requiredKeys: [] },
      ),
      fc.record({
        _tag: fc.constantFrom('Started', 'NotStarted'),
        tasks: anyValue,
        note: anyValue,
        ids: anyValue,
      }),
      fc.record(
        { ids: anyValue, queriesPerSecond: fc.constantFrom('1', -1, 0, null, 1e300) },
        { requiredKeys: [] },
      ),
      anyValue,
    )

    const anyChange = fc.constantFrom<[string, string]>(
      ['POST', '/submissions'],
      ['POST', '/submissions/1/settle'],
      ['POST', '/tasks/follow-again'],
      ['PUT', '/accounts/main/rate'],
    )

    test('of any form is a 4xx, and changes nothing', async () => {
      const records = async () => [await (await trial.call('GET', '/export')).text(), started()]
      const stored = await records()
      await fc.assert(
        fc.asyncProperty(anyChange, anyBody, async ([method, path], body) => {
          const response = await trial.call(method, path, { body: JSON.stringify(body) })
          const problem = (await response.json()) as Body
          expect([response.status, problem.status]).toStrictEqual([problem.status, response.status])
          expect(response.status).toBeGreaterThanOrEqual(400)
          expect(response.status).toBeLessThan(500)
        }),
        { numRuns: 300 },
      )
      expect(await records()).toStrictEqual(stored)
    })

    const anyQuery = fc.array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom(
            'account',
            'key',
            'action',
            'resourceId',
            'taskId',
            'state',
            'sinceMs',
            'after',
            'limit',
            'cursor',
          ),
          fc.string(),
        ),
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('main', '0', '1', '99999999999999999999', 'Open'),
        ),
      ),
      { maxLength: 4 },
    )

    test('of any query is a 4xx or a success', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('/submissions', '/tasks', '/in-doubt', '/counts', '/feed', '/export'),
          anyQuery,
          async (path, query) => {
            const response = await trial.call('GET', `${path}?${new URLSearchParams(query).toString()}`)
            await response.text()
            expect(response.status).toBeLessThan(500)
          },
        ),
        { numRuns: 300 },
      )
    })

    test('of tasks to follow again is refused, and those that are not given up stay as they are', async () => {
      const { body: tasks } = await call('GET', '/tasks?limit=1')
      const [task] = tasks.items
      const again = (ids: ReadonlyArray<unknown>, token: string = tokens.main) =>
        call('POST', '/tasks/follow-again', { token, body: { ids } })
      expect((await again([])).status).toBe(400)
      expect((await again(['x'])).status).toBe(400)
      expect((await again([task?.id, '999999'])).status).toBe(404)
      expect((await again([task?.id], tokens.stranger)).status).toBe(404)
      expect(await again([task?.id])).toStrictEqual({ status: 200, body: { ids: [] } })
    })

    test('finds no record and no route', async () => {
      for (const path of ['/submissions/999999', '/submissions/0', '/tasks/999999', '/nowhere'])
        expect(await call('GET', path)).toMatchObject({
          status: 404,
          body: { type: `${problemTypes}NotFound` },
        })
    })
  })

  describe('a token', () => {
    const all = [
      ['GET', '/submissions'],
      ['GET', '/submissions/1'],
      ['POST', '/submissions'],
      ['POST', '/submissions/1/settle'],
      ['GET', '/tasks'],
      ['GET', '/tasks/1'],
      ['POST', '/tasks/follow-again'],
      ['GET', '/in-doubt'],
      ['GET', '/counts'],
      ['GET', '/feed'],
      ['GET', '/export'],
      ['GET', '/events'],
      ['PUT', '/accounts/main/rate'],
      ['GET', '/metrics'],
      ['GET', '/nowhere'],
    ] as const

    test.each(all)('that is unknown sees nothing: %s %s', async (method, path) => {
      for (const authorization of [undefined, 'Bearer unknown', 'Bearer ', 'Basic dG9rZW4=', tokens.admin]) {
        const response = await fetch(trial.url + path, {
          method,
          headers: authorization === undefined ? {} : { authorization },
        })
        expect(response.status).toBe(401)
        expect(response.headers.get('www-authenticate')).toBe('Bearer')
        expect(await response.json()).toStrictEqual({
          type: `${problemTypes}Unauthorized`,
          title: 'A valid token is required',
          status: 401,
        })
      }
    })

    test('sees only the accounts that it was given', async () => {
      await submit('of other', { account: 'other' }, tokens.both)
      const { body: mine } = await submit('of main')
      const { body: theirs } = await call('GET', '/submissions?account=other', { token: tokens.both })
      const [record] = theirs.items

      expect((await call('GET', '/submissions?account=other', { token: tokens.main })).status).toBe(403)
      expect((await submit('k', { account: 'other' }, tokens.main)).status).toBe(403)
      expect(
        (await call('PUT', '/accounts/other/rate', { token: tokens.main, body: { queriesPerSecond: 1 } }))
          .status,
      ).toBe(403)
      expect((await call('GET', `/submissions/${record?.id}`, { token: tokens.main })).status).toBe(404)
      expect((await call('GET', `/submissions/${record?.id}`, { token: tokens.both })).body).toStrictEqual(
        record,
      )
      expect((await call('GET', `/submissions/${mine.id}`, { token: tokens.stranger })).status).toBe(404)
      for (const path of ['/submissions', '/tasks', '/in-doubt', '/feed'])
        expect((await call('GET', path, { token: tokens.stranger })).body.items).toStrictEqual([])
      expect(await (await trial.call('GET', '/export', { token: tokens.stranger })).text()).toBe('')
      const { body: none } = await call('GET', '/counts', { token: tokens.stranger })
      expect(Object.values({ ...none.submissions, ...none.tasks }).every(count => count === 0)).toBe(true)

      const counts = await Promise.all(
        ['main', 'other', 'unsure', 'offline'].map(
          async account => (await call('GET', `/counts?account=${account}`)).body.submissions,
        ),
      )
      const { body: sum } = await call('GET', '/counts', { token: tokens.both })
      expect(sum.submissions.Accepted).toBe(counts.reduce((total, { Accepted = 0 }) => total + Accepted, 0))
    })

    test('of several accounts gets pages of all of them, in the order of ids', async () => {
      const pages: string[] = []
      let after = '0'
      for (;;) {
        const { body } = await call('GET', `/submissions?limit=3&after=${after}`, { token: tokens.both })
        pages.push(...body.items.map(({ id }) => id))
        if (body.next === undefined) break
        after = body.next
      }
      const { body: everything } = await call('GET', '/submissions?limit=1000')
      expect(pages).toStrictEqual(everything.items.map(({ id }) => id))
    })

    test('that may only read changes nothing', async () => {
      const [, submissions, tasks] = [0, started(), (await call('GET', '/counts')).body.submissions]
      expect((await submit('reader', {}, tokens.reader)).status).toBe(403)
      expect(
        (await call('PUT', '/accounts/main/rate', { token: tokens.reader, body: { queriesPerSecond: 1 } }))
          .status,
      ).toBe(403)
      expect([started(), (await call('GET', '/counts')).body.submissions]).toStrictEqual([submissions, tasks])
      expect((await call('GET', '/submissions', { token: tokens.reader })).status).toBe(200)
    })
  })

  test('exports every record of an account as a line of JSON', async () => {
    const response = await trial.call('GET', '/export?account=main')
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    const text = await response.text()
    expect(text.endsWith('\n')).toBe(true)
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Body)
    const { body: submissions } = await call('GET', '/submissions?account=main&limit=1000')
    const { body: tasks } = await call('GET', '/tasks?account=main&limit=1000')
    expect(lines).toStrictEqual([...submissions.items, ...tasks.items])
  })

  describe('operation', () => {
    test('tells whether it is alive and ready', async () => {
      for (const path of ['/health', '/ready'])
        expect(await call('GET', path, { token: '' })).toStrictEqual({ status: 200, body: { status: 'ok' } })
    })

    test('gives metrics without ids to a token of all accounts', async () => {
      expect((await trial.call('GET', '/metrics', { token: tokens.main })).status).toBe(403)
      const response = await trial.call('GET', '/metrics')
      expect(response.headers.get('content-type')).toContain('text/plain')
      const text = await response.text()
      expect(text).toMatch(/^tracker_submissions\{state="Accepted"\} [1-9]/m)
      expect(text).toMatch(/^tracker_tasks\{state="Ended"\} [1-9]/m)
      expect(text).toMatch(/^tracker_queries_total\{result="ok"\} [1-9]/m)
      expect(text).toMatch(/route="\/submissions\/:id",status="404"/)
      expect(text).not.toMatch(/\/999999|ins-1|to its end/)
    })

    test('logs each request, without secrets, tokens and what callers sent', async () => {
      await trial.call('GET', `/submissions?key=${tokens.admin}`)
      const lines = trial
        .logged()
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as object)
      expect(lines).toContainEqual(
        expect.objectContaining({
          msg: 'request',
          method: 'POST',
          route: '/submissions',
          status: 200,
          token: 'main',
        }),
      )
      for (const secret of [
        ...Object.values(tokens),
        'a secret that no log may have',
        'AKIDEXAMPLE',
        'ins-1',
      ])
        expect(trial.logged()).not.toContain(secret)
    })
  })
})
