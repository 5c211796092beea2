/**
 * A JSON parser to check the one in core: regular expressions for tokens, then recursion. Slow, and as simple as RFC 8259.
 */

export type Node =
  | { readonly kind: 'scalar'; readonly literal: string }
  | { readonly kind: 'list'; readonly items: Node[] }
  | { readonly kind: 'object'; readonly members: Array<readonly [name: string, value: Node]> }

export type ReferenceDocument =
  | { readonly valid: true; readonly root: Node }
  | { readonly valid: false; readonly partial: Node | undefined }

const whiteSpace = /[ \t\n\r]*/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y // eslint-disable-line no-control-regex
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?=[ \t\n\r,\]}:[{"])/y
const numberAtTheEnd = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/y
const word = /true|false|null/y

class Fault extends Error {}

export const readReference = (text: string): ReferenceDocument => {
  let at = text.startsWith('\ufeff') ? 1 : 0
  let partial: Node | undefined

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const take = (character: string): boolean => {
    match(whiteSpace)
    if (text[at] !== character) return false
    at++
    return true
  }
  const expect = (character: string): void => {
    if (!take(character)) throw new Fault()
  }

  /** Reads a value and passes it on as soon as further values can be added to it. */
  const value = (attach: (node: Node) => void, isRoot: boolean): void => {
    if (take('{')) {
      const members: Array<readonly [string, Node]> = []
      attach({ kind: 'object', members })
      if (take('}')) return
      do {
        match(whiteSpace)
        const name = match(string)
        if (name === undefined) throw new Fault()
        expect(':')
        value(node => members.push([JSON.parse(name) as string, node]), false)
      } while (take(','))
      expect('}')
    } else if (take('[')) {
      const items: Node[] = []
      attach({ kind: 'list', items })
      if (take(']')) return
      do value(node => items.push(node), false)
      while (take(','))
      expect(']')
    } else {
      const literal =
        match(string) ?? match(number) ?? match(word) ?? (isRoot ? match(numberAtTheEnd) : undefined)
      if (literal === undefined) throw new Fault()
      attach({ kind: 'scalar', literal })
    }
  }

  try {
    value(node => (partial = node), true)
    match(whiteSpace)
    if (at < text.length || partial === undefined) throw new Fault()
    return { valid: true, root: partial }
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return { valid: false, partial }
  }
}

/** The same text for equal values: by structure, members in any order and once each, numbers by their literal. */
const canonical = (node: Node): string => {
  switch (node.kind) {
    case 'scalar':
      return node.literal.startsWith('"') ? JSON.stringify(JSON.parse(node.literal)) : node.literal
    case 'list':
      return `[${node.items.map(canonical).join(',')}]`
    case 'object':
      return `{${[...new Set(node.members.map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`))].sort().join(',')}}`
  }
}

export const depthOf = (node: Node): number => {
  if (node.kind === 'scalar') return 0
  const parts = node.kind === 'list' ? node.items : node.members.map(([, value]) => value)
  return 1 + Math.max(0, ...parts.map(depthOf))
}

/** The different values of a member. */
export const valuesOf = (node: Node | undefined, name: string): ReadonlyArray<Node> => {
  if (node?.kind !== 'object') return []
  const different = new Map(
    node.members.filter(([n]) => n === name).map(([, value]) => [canonical(value), value]),
  )
  return [...different.values()]
}

/** Returns whether an object has a duplicate name with different values. */
export const hasContradiction = (node: Node): boolean => {
  if (node.kind === 'scalar') return false
  if (node.kind === 'list') return node.items.some(hasContradiction)
  return node.members.some(([name, value]) => valuesOf(node, name).length > 1 || hasContradiction(value))
}
