/** Whether all that is stored agrees with itself. */
export { type Report, type Scope, verify } from './verify.ts'
