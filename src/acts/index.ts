/** The trail: recording who did what, and finding it again. */
export { type ActAbout, actsAbout } from './acts-about.ts'
export { actChecks } from './checks.ts'
export { exportActs, type NamesOf, type TrailFormat, type TrailRequest, trailFormats } from './export-acts.ts'
export { type Act, type Actor, type PersonActor, recordAct } from './record-act.ts'
export {
  type ActFilter,
  type ActsPage,
  actionsRecorded,
  type RecordedAct,
  searchActs,
} from './search-acts.ts'
export { startExport } from './start-export.ts'
