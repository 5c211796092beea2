/**
 * Colours of states. They only repeat what the words say.
 *
 * @internal
 */
import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

export type Style = (format: Format, text: string) => string

export const createStyle =
  (enabled: boolean): Style =>
  (format, text) =>
    enabled ? styleText(format, text) : text
