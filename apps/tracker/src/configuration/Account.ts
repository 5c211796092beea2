import * as services from '@task-outcome/tencentcloud/services'
import Type, { type Static } from 'typebox'

/** The names of the services of API 3.0 that are known. `v2Queries` is a table of API 2.0. */
const serviceNames = Object.keys(services).filter((name): name is ServiceName => name !== 'v2Queries')

export type ServiceName = Exclude<keyof typeof services, 'v2Queries'>

/** An account of Tencent Cloud, and the services in it to call. */
export const Account = Type.Object(
  {
    credentials: Type.Object(
      {
        secretId: Type.String({ pattern: '^[\\w.-]+$' }),
        secretKey: Type.String({ minLength: 1 }),
        token: Type.Optional(Type.String({ pattern: '^[\\u0021-\\u007e]+$' })),
      },
      { additionalProperties: false },
    ),
    /** Such as `ap-guangzhou`. */
    region: Type.Optional(Type.String({ pattern: '^[\\w-]+$' })),
    /** Such as `clb`: names of `@task-outcome/tencentcloud/services`. */
    services: Type.Array(Type.Enum(serviceNames), { minItems: 1, uniqueItems: true }),
    /** Default: the public endpoint of each service. */
    endpoint: Type.Optional(Type.String({ pattern: '^https?://' })),
  },
  { additionalProperties: false },
)

export type Account = Static<typeof Account>

export const Accounts = Type.Record(Type.String(), Account)
