import { type Project, createProject, plainEnvironment } from '@task-outcome/scratch-project'

/** A project for which npm does not ask again for what it has in its cache: every version is exact. */
export const createCachedProject = (folder: string): Project =>
  createProject(folder, { ...plainEnvironment(process.env), npm_config_prefer_offline: 'true' })
