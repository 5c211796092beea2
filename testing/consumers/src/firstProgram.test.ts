import { expect, test } from 'vitest'
import { firstProgram } from './firstProgram.js'
import { publishedPackages } from './publishedPackages.js'

const fence = '```'
const readme = `# a

## Install

${fence}sh
npm install a  b
${fence}

## A first program

${fence}sh
npm install --save-dev c
${fence}

Save this as \`first.mjs\` and run it:

${fence}ts
one()
${fence}

It prints:

${fence}
1
2
${fence}

${fence}ts
another()
${fence}

## More

${fence}sh
npm install d
${fence}
`

test('reads the commands, the file, the program and its output from the two sections', () => {
  expect(firstProgram(readme)).toEqual({
    installs: [
      ['a', 'b'],
      ['--save-dev', 'c'],
    ],
    fileName: 'first.mjs',
    code: 'one()\n',
    prints: '1\n2\n',
  })
})

test.each([
  ['a section', '## Install', '## Setup', 'no section "Install"'],
  ['the file name', 'Save this as', 'Keep this as', 'a file name'],
  ['the output', 'It prints:', 'It shows:', 'what it prints'],
])('rejects a README without %s', (_, text, other, message) => {
  expect(() => firstProgram(readme.replace(text, other))).toThrow(message)
})

test.each(publishedPackages())('the README of $name has a first program', ({ readme, shortName }) => {
  const { installs, code } = firstProgram(readme)
  const installed = installs.flat()
  const imported = Array.from(
    code.matchAll(/ from '(?!node:)((?:@[^'/]+\/)?[^'/]+)/g),
    ([, name = '']) => name,
  )
  expect(installed).toContain(`@task-outcome/${shortName}`)
  expect(installed).toEqual(expect.arrayContaining(imported))
})
