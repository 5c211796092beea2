/**
 * The program and the style of the page, built from `client`. The build replaces this module with one that has their text:
 * `inlineClient.ts`.
 *
 * @internal
 */
export const script = ''
export const style = ''
