import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

/** The bundle of a program, without the packages that are left out. */
export interface Bundle {
  /** Minified and gzipped. */
  readonly bytes: number
  /** The modules of which something is in it, as `core/decode/classification`. */
  readonly modules: ReadonlyArray<string>
}

/** What no package pays for, as the application has it anyway. */
export const peers: ReadonlyArray<string> = ['axios', 'fp-ts', 'io-ts']

export const bundle = async (program: string, leftOut: ReadonlyArray<string> = peers): Promise<Bundle> => {
  const bundler = await rolldown({
    input: entry,
    platform: 'browser',
    external: leftOut.map(name => new RegExp(`^${name}(/|$)`)),
    plugins: [
      {
        name: 'program',
        resolveId: id => (id === entry ? id : null),
        load: id => (id === entry ? program : null),
      },
    ],
  })
  const { output } = await bundler.generate({ format: 'esm', minify: true })
  await bundler.close()
  const [{ code, modules }] = output
  return {
    bytes: code.trim() === '' ? 0 : gzipSync(code, { level: 9 }).length,
    modules: Object.entries(modules)
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .flatMap(([file]) => nameOf(file) ?? []),
  }
}

/** In this package's folder, from which it finds the packages. */
const entry = fileURLToPath(new URL('program.js', import.meta.url))

const nameOf = (file: string): string | undefined => {
  const [, name, module] = /[/\\]packages[/\\]([\w-]+)[/\\]dist[/\\](.+)\.js$/.exec(file) ?? []
  return name === undefined || module === undefined ? undefined : `${name}/${module.replaceAll('\\', '/')}`
}
