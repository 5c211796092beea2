/**
 * Signed calls of Tencent Cloud API 2.0 and 3.0 that return typed task outcomes.
 *
 * @since 0.1.0
 */
export type { QueryAction, Service, SubmitAction, TaskNaming } from './actions/Service.js'
