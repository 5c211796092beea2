import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Example } from './Example.js'

/** An example as it was compiled. */
export interface Compiled extends Example {
  /** What the compiler has against it, each with the file and the line of the documentation. */
  readonly faults: ReadonlyArray<string>
  /** The file into which the example was written. */
  readonly source: string
  /** The program that was made of it. */
  readonly program: string
}

/** What the types of Node 20 lack. */
const newerNode = fileURLToPath(new URL('../types/node-sqlite.d.ts', import.meta.url))

/** As strict as a careful reader's own settings. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  verbatimModuleSyntax: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  skipLibCheck: true,
}

/**
 * Writes every example into a file of its own under `folder` and compiles it there, so that it sees the packages that
 * this package depends on. Those of one file of the documentation share a folder: one that has a name can be imported
 * there.
 */
export const compile = (folder: string, examples: ReadonlyArray<Example>): ReadonlyArray<Compiled> => {
  rmSync(folder, { recursive: true, force: true })
  const placed = examples.map(example => ({ ...example, source: join(folder, placeOf(example)) }))
  for (const { source, code } of placed) {
    mkdirSync(dirname(source), { recursive: true })
    writeFileSync(source, `${code}\n`)
  }
  const program = ts.createProgram([...placed.map(({ source }) => source), newerNode], options)
  const { diagnostics } = program.emit()
  const all = [...diagnostics, ...ts.getPreEmitDiagnostics(program)]
  return placed.map(example => ({
    ...example,
    faults: all
      .filter(
        ({ file }) => file === undefined || file.fileName === program.getSourceFile(example.source)?.fileName,
      )
      .map(diagnostic => showDiagnostic(example, diagnostic)),
    program: example.source.replace(/\.ts$/, '.js'),
  }))
}

const placeOf = ({ file, line, name }: Example): string =>
  join(file.replaceAll(/[^\w-]+/g, '_'), name ?? `line-${line}.ts`)

const showDiagnostic = ({ file, line }: Example, diagnostic: ts.Diagnostic): string => {
  const at = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
  const place = at === undefined ? file : `${file}:${line + at.line}:${at.character + 1}`
  return `${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')} (TS${diagnostic.code})`
}
