import { createHmac } from 'node:crypto'

/** Signs a message by Standard Webhooks: HMAC-SHA256 of its id, the time in seconds, and the body, joined with dots. */
export const signWebhook = (secret: string, id: string, timestamp: number, body: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
