import type * as babel from '@babel/core'
import { type NodePath, type PluginObject, transformAsync } from '@babel/core'
import type { Rolldown } from 'tsdown'

/**
 * Makes of each constant of a module a call that is marked as pure, if anything is called or looked up for it: a bundler then
 * leaves out what is not imported, where it would keep the codecs of every module of which a function is used. A mark on the
 * calls as they stand would not do: `t.string` among their arguments has an effect for all that bundlers know.
 *
 * So no constant of a published module may be there for an effect that computing it has.
 */
const pureConstant = ({ types: t }: typeof babel): PluginObject => ({
  visitor: {
    Program: program => {
      for (const statement of program.get('body')) {
        const declaration = statement.isExportNamedDeclaration() ? statement.get('declaration') : statement
        if (Array.isArray(declaration) || !declaration.isVariableDeclaration({ kind: 'const' })) continue
        for (const declarator of declaration.get('declarations')) {
          const value = declarator.get('init')
          if (!value.isExpression() || value.isFunction() || value.isClass() || !computes(value)) continue
          const call = t.callExpression(t.arrowFunctionExpression([], value.node), [])
          value.replaceWith(t.addComment(call, 'leading', ' @__PURE__ '))
        }
      }
    },
  },
})

/** Whether more than literals and functions is in it. There is no `await` in it, which CommonJS does not have. */
const computes = (value: NodePath): boolean => {
  let found = false
  const look = (node: NodePath): void => {
    if (node.isFunction()) node.skip()
    else found ||= node.isCallExpression() || node.isNewExpression() || node.isMemberExpression()
  }
  look(value)
  value.traverse({ enter: look })
  return found
}

/** For the ES modules alone, as no bundler looks so closely at the others; all others, and the types, end otherwise. */
export const pureConstants: Rolldown.Plugin = {
  name: 'pure-constants',
  renderChunk: async (code, { fileName }) => {
    if (!fileName.endsWith('.js')) return null
    const options = { configFile: false, babelrc: false, compact: false, sourceMaps: true } as const
    const result = await transformAsync(code, { ...options, plugins: [pureConstant] })
    if (result?.code == null) throw new Error(`Babel gave nothing for ${fileName}`)
    return { code: result.code, map: JSON.stringify(result.map) }
  },
}
