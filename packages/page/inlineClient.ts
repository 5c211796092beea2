/**
 * Puts the page's program and style into the package.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const target = fileURLToPath(new URL('src/clientAssets.ts', import.meta.url))

/** For tsdown and for vitest: replaces `src/clientAssets.ts` with the text of what Vite builds of `client`. */
export const inlineClient = {
  name: 'inline-client',
  async load(id: string): Promise<string | null> {
    if (id !== target) return null
    const { script, style } = await buildClient()
    return `export const script = ${JSON.stringify(script)}\nexport const style = ${JSON.stringify(style)}\n`
  },
}

/**
 * The text is inlined here rather than by vite-plugin-singlefile: the policy of the page has hashes of exactly what stands between
 * the tags, and the data follows at run time.
 */
const buildClient = async (): Promise<{ readonly script: string; readonly style: string }> => {
  const result = await build({ configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)) })
  const [output] = [result].flat()
  if (output === undefined || !('output' in output)) throw new Error('Vite built nothing')
  let [script, style] = ['', '']
  for (const file of output.output)
    if (file.type === 'chunk') script += file.code.trim()
    else style += String(file.source).trim()
  if (script === '' || style === '') throw new Error('Vite built no script or no style')
  if (/<\/(?:script|style)|<!--/i.test(script + style))
    throw new Error('The text of the client would end its element')
  return { script: `${licences()}${script}`, style }
}

/** The licences of what is part of the script ask to be in each copy of it: so they are in each page. */
const licences = (): string => {
  const texts = ['preact', '@preact/signals'].map(name => {
    const read = (file: string): string =>
      readFileSync(new URL(`node_modules/${name}/${file}`, import.meta.url), 'utf8')
    const { version } = JSON.parse(read('package.json')) as { readonly version: string }
    return `${name} ${version}\n\n${read('LICENSE').trim()}`
  })
  return `/*! This page contains these packages.\n\n${texts.join('\n\n')}\n*/\n`
}
