import { describeOpaque, describeResending, runClient } from '@task-outcome/conformance'
import { afterAll, beforeAll, describe } from 'vitest'
import { Agent, RetryAgent, getGlobalDispatcher, setGlobalDispatcher, fetch as undiciFetch } from 'undici'
import { createFetchTaskClient } from '../src/index.js'
import { kyOver, opaque, retrying, wrappedIn } from './resendingClients.js'
import { toRequest } from './toRequest.js'

describeResending({
  name: 'fetch-retry around fetch in Node',
  engine: 'undici',
  streams: true,
  run: runClient(wrappedIn(retrying)),
})

describeResending({
  name: 'ky around fetch in Node',
  engine: 'undici',
  streams: true,
  run: runClient(wrappedIn(kyOver)),
})

describeOpaque({ name: 'fetch-retry', run: runClient(opaque(retrying)) })

describeOpaque({ name: 'ky', run: runClient(opaque(kyOver)) })

const retryAgent = (): RetryAgent =>
  new RetryAgent(new Agent(), {
    minTimeout: 0,
    maxTimeout: 0,
    maxRetries: 1,
    methods: ['GET', 'POST'],
    statusCodes: [503],
  })

describeOpaque({
  name: 'undici’s fetch over its RetryAgent',
  run: runClient({
    create: limits => createFetchTaskClient(undiciFetch, limits),
    toRequest: ({ url, method, body = null }, signal): Parameters<typeof undiciFetch> => [
      url,
      { method, body, signal, dispatcher: retryAgent() },
    ],
  }),
})

describeOpaque({
  name: 'fetch with undici’s RetryAgent as its dispatcher',
  run: runClient({
    create: limits => createFetchTaskClient(fetch, limits),
    toRequest: (request, signal): Parameters<typeof fetch> => {
      const [url, init] = toRequest(request, signal)
      return [url, Object.assign(init, { dispatcher: retryAgent() })]
    },
  }),
})

describe('with a global dispatcher', () => {
  const dispatcher = getGlobalDispatcher()
  beforeAll(() => {
    setGlobalDispatcher(retryAgent())
  })
  afterAll(() => {
    setGlobalDispatcher(dispatcher)
  })
  describeOpaque({
    name: 'fetch over undici’s RetryAgent',
    run: runClient({ create: limits => createFetchTaskClient(fetch, limits), toRequest }),
  })
})

/** The URL of a port on which nothing listens. */
const refusedUrl = 'http://127.0.0.1:1023/'

describeOpaque({
  name: 'a function that reports each response elsewhere',
  run: runClient(
    opaque(fetch => async (input, init) => {
      const response = await fetch(input as string, init as RequestInit)
      await fetch(refusedUrl)
      return response
    }),
  ),
})
