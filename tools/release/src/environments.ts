// What programs run with: the machine's own settings, or none of them.

import { type Environment, plainEnvironment } from '@task-outcome/scratch-project'

const quiet = { DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', CI: 'true' }

/** For what comes from the npm registry: whatever this machine says about how to reach it. */
export const onThisMachine: Environment = { ...plainEnvironment(process.env), ...quiet }

/** For what goes to our own registry: nothing of this machine's registries, tokens and habits. */
export const apart: Environment = {
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
