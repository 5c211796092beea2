// Running programs, with the machine's own settings or apart from them.

import { execFile } from 'node:child_process'

const quiet = { DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', CI: 'true' }

/** For what comes from the npm registry: whatever this machine says about how to reach it. */
export const onThisMachine = { ...process.env, ...quiet }

/** For what goes to our own registry: nothing of this machine's registries, tokens and habits. */
export const apart = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => /^npm_config_cache$/i.test(name) || !/^npm_|_auth|token|provenance/i.test(name),
    ),
  ),
  ...quiet,
  npm_config_noproxy: '127.0.0.1',
  NO_PROXY: '127.0.0.1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Dry run',
  GIT_AUTHOR_EMAIL: 'dry-run@localhost',
  GIT_COMMITTER_NAME: 'Dry run',
  GIT_COMMITTER_EMAIL: 'dry-run@localhost',
}

const isScript = program => ['npm', 'pnpm'].includes(program)

/** Runs a program to its end, without anybody to answer it, and gives what it printed. */
export const run = (program, args, { cwd, env }) =>
  new Promise((resolve, reject) => {
    const settings = {
      cwd,
      env,
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32' && isScript(program),
    }
    const child = execFile(program, args, settings, (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${error.message}\n${stdout}`)) // the message has the command and what it said of it
    })
    child.stdin.end()
  })
