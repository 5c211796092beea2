/**
 * A worker: the same programs in workerd, asked for over HTTP.
 */
import './page.js'
import { type Case, runCases } from './failures.js'

export default {
  fetch: async (request: Request): Promise<Response> => {
    const { endpoint, cases } = (await request.json()) as Asked
    return Response.json(
      endpoint === undefined ? await runCases(cases) : await globalThis.consumer.run(endpoint),
    )
  },
}

interface Asked {
  readonly endpoint?: string
  readonly cases: ReadonlyArray<Case>
}
