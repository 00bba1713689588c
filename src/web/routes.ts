import type { App, AppOptions } from '../app.ts'
import type { Deps } from '../deps.ts'
export async function registerPages(_app: App, _deps: Deps, _options: AppOptions): Promise<void> {}
