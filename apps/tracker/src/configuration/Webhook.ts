import Type, { type Static } from 'typebox'
import { AccountName } from './AccountName.js'

/** Where ends are delivered to. */
const Webhook = Type.Object(
  {
    /** Its place in the feed is stored under this name. */
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,62}$' }),
    url: Type.String({ pattern: '^https?://' }),
    /** As Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in Base64. */
    secret: Type.String({ pattern: '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$' }),
    accounts: Type.Union([Type.Literal('all'), Type.Array(AccountName, { minItems: 1 })]),
  },
  { additionalProperties: false },
)

export type Webhook = Static<typeof Webhook>

export const Webhooks = Type.Array(Webhook)
