// A registry of our own on this machine: it has what is published to it, and fetches what is not ours.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeJson } from './files.mjs'
import { onThisMachine, run } from './programs.mjs'

/** It asks for node-fetch by a tag, which not every registry has. */
const verdaccio = { dependencies: { verdaccio: '6.10.4' }, overrides: { 'node-fetch': '2.6.7' } }

/** Starts the registry, with one user; gives its address, and what stops it. */
export const startRegistry = async folder => {
  const at = { cwd: folder, env: onThisMachine }
  writeJson(join(folder, 'package.json'), { private: true, ...verdaccio })
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], at)
  const uplink = (await run('npm', ['config', 'get', 'registry'], at)).trim()
  const configuration = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { npm: { url: uplink } },
    packages: {
      '@task-outcome/*': { access: '$all', publish: '$authenticated' },
      '**': { access: '$all', proxy: 'npm' },
    },
    log: { type: 'file', path: join(folder, 'log'), level: 'warn' },
  }
  writeJson(join(folder, 'config.yaml'), configuration) // JSON is YAML

  const server = fork(fileURLToPath(new URL('serve-registry.mjs', import.meta.url)), [folder], {
    env: onThisMachine,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [message] = await Promise.race([
    once(server, 'message'),
    once(server, 'exit').then(([code]) => {
      throw new Error(`The registry ended with ${String(code)} before it listened.`)
    }),
  ])
  const url = `http://127.0.0.1:${String(message.port)}/`
  const stop = async () => {
    const stopped = once(server, 'exit')
    server.kill()
    await stopped
  }
  const token = await addUser(url).catch(async error => {
    await stop()
    throw error
  })
  return {
    url,
    token,
    stop,
    /** The packages of ours that it has. */
    packages: () => readdirSync(join(folder, 'storage/@task-outcome')).map(name => `@task-outcome/${name}`),
    /** What it says of one of them. */
    describe: async name => (await fetch(`${url}${name.replace('/', '%2f')}`)).json(),
  }
}

const addUser = async url => {
  const response = await fetch(`${url}-/user/org.couchdb.user:releaser`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'releaser', password: 'only-on-this-machine' }),
  })
  const { token } = await response.json()
  if (typeof token !== 'string')
    throw new Error(`The registry gave no token, but status ${String(response.status)}.`)
  return token
}

/** The settings of a folder that publishes to the registry, or only installs from it. */
export const settingsFor = ({ url, token }) =>
  [
    `registry=${url}`,
    `@task-outcome:registry=${url}`,
    ...(token === undefined ? [] : [`${url.replace('http:', '')}:_authToken=${token}`]),
    '',
  ].join('\n')
