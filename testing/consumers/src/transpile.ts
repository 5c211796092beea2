/**
 * TypeScript → what Node runs, as ES modules and as CommonJS.
 */
import ts from 'typescript'

export const toEsModule = (code: string): string => transpile(code, ts.ModuleKind.ESNext)

export const toCommonJs = (code: string): string => transpile(code, ts.ModuleKind.CommonJS)

/** A program that awaits at its top becomes CommonJS by doing everything but its imports in an asynchronous function. */
export const programToCommonJs = (code: string): string => {
  const { statements } = ts.createSourceFile('program.ts', code, ts.ScriptTarget.ES2022)
  const end = statements.filter(ts.isImportDeclaration).at(-1)?.end ?? 0
  return toCommonJs(`${code.slice(0, end)}\nvoid (async () => {${code.slice(end)}\n})()\n`)
}

const transpile = (code: string, module: ts.ModuleKind): string =>
  ts.transpileModule(code, {
    compilerOptions: {
      module,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  }).outputText
