import { rolldown } from 'rolldown'

/** A page's program with all that it imports, in one text, as an application's bundler would make it. */
export const bundlePage = async (file: string): Promise<string> => {
  const bundle = await rolldown({ input: file, platform: 'browser', logLevel: 'warn' })
  try {
    const { output } = await bundle.generate({ format: 'iife', codeSplitting: false })
    return output[0].code
  } finally {
    await bundle.close()
  }
}
