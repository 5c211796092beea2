import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

/** The document, besides what the routes say. */
export const openApi: NonNullable<FastifyDynamicSwaggerOptions['openapi']> = {
  openapi: '3.1.0',
  info: {
    title: 'Tracker',
    version: '0.1.0',
    description:
      'Submits asynchronous tasks, follows them, and tells how they ended. Errors are application/problem+json.',
    license: { name: 'MIT', identifier: 'MIT' } as { name: string },
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  security: [{ token: [] }],
  tags: [
    { name: 'submissions', description: 'What was submitted' },
    { name: 'tasks', description: 'What the submissions started' },
    { name: 'ends', description: 'How tasks ended, in an order that never changes' },
    { name: 'operation', description: 'The service itself' },
  ],
}

/** The name of a shared schema in the document. */
export const schemaName = (
  schema: { readonly $id?: unknown },
  _base: unknown,
  _fragment: string,
  index: number,
): string => (typeof schema.$id === 'string' ? schema.$id : `schema-${index}`)
