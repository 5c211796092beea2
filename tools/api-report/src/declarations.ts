import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessageCategory,
} from '@microsoft/api-extractor'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PublishedEntry } from './publishedEntries.js'

/** What a package declares to those who import it, in the order of the alphabet, by API Extractor. */
export const declarations = ({ name, folder, types }: PublishedEntry): string => {
  const reports = mkdtempSync(join(tmpdir(), 'api-report-'))
  try {
    const { succeeded, errorCount, warningCount } = Extractor.invoke(configuration(folder, types, reports), {
      localBuild: true, // the report is written rather than compared
      messageCallback: message => {
        // Remarks on its own work, such as that a report was written.
        if (message.category === ExtractorMessageCategory.Console) message.handled = true
      },
    })
    if (!succeeded)
      throw new Error(
        `API Extractor can't read ${name}: ${String(errorCount)} errors, ${String(warningCount)} warnings, printed above.`,
      )
    return declarationsIn(readFileSync(join(reports, 'report.api.md'), 'utf8'))
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

const configuration = (folder: string, entry: string, reports: string): ExtractorConfig => {
  return ExtractorConfig.prepare({
    configObjectFullPath: join(folder, 'api-extractor.json'), // none is there: relative paths would start from it
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entry,
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: {
        enabled: true,
        reportFileName: 'report',
        reportFolder: reports,
        reportTempFolder: join(reports, 'draft'),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          // What the public types need and the package does not export is part of the report.
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
          // A name without a tag is public here.
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          'ae-undocumented': { logLevel: ExtractorLogLevel.None },
          'ae-internal-missing-underscore': { logLevel: ExtractorLogLevel.None },
        },
        // Whether the comments are well made is no part of the API.
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  })
}

const compilerOptions = {
  target: 'es2022',
  lib: ['es2022'],
  types: ['node'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
}

/** The program in API Extractor's report, without its remarks on comments that are not there. */
const declarationsIn = (report: string): string => {
  const program = /^```ts\n(.*)^```$/ms.exec(report)?.[1]
  if (program === undefined) throw new Error("API Extractor's report has no program in it.")
  return program
    .replaceAll(/^ *\/\/ \(undocumented\)\n/gm, '')
    .replaceAll(' (undocumented)', '')
    .replace(/^\/\/ \(No @packageDocumentation comment for this package\)\n/m, '')
    .trim()
}
