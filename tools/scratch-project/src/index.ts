export {
  type Environment,
  type Output,
  type RunningProgram,
  plainEnvironment,
  run,
  start,
} from './command.ts'
export { type Project, createProject } from './Project.ts'
