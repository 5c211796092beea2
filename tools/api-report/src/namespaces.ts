import ts from 'typescript'
import type { PublishedEntry } from './publishedEntries.js'

/** What the namespaces among a package's exports declare: API Extractor has only the names of their members. */
export const namespaces = ({ types: entry }: PublishedEntry): string => {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  })
  const checker = program.getTypeChecker()
  const declared = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const exportsOf = (symbol: ts.Symbol): ReadonlyArray<ts.Symbol> =>
    [...checker.getExportsOfModule(symbol)].sort((a, b) => compareNames(a.name, b.name))

  const source = program.getSourceFile(entry)
  const own = source && checker.getSymbolAtLocation(source)
  if (own === undefined) throw new Error(`${entry} exports nothing. Has the package been built?`)
  return exportsOf(own)
    .filter(exported => declared(exported).flags & ts.SymbolFlags.Module)
    .map(exported => {
      const members = exportsOf(declared(exported)).flatMap(member => declared(member).declarations ?? [])
      return `namespace ${exported.name} {\n${members.map(member => `    ${textOf(member)}\n`).join('')}}`
    })
    .join('\n\n')
}

const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A declaration as it is written, without its comment. */
const textOf = (declaration: ts.Declaration): string =>
  ts.isVariableDeclaration(declaration) ? `const ${declaration.getText()};` : declaration.getText()
