// tap runs this after the last test file: lets the run's Postgres go, and waits until its folder is gone too.

import { existsSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { placeOfRun, wantedMark } from './postgres-place.ts'

const patienceMs = 15_000
const place = placeOfRun()

rmSync(wantedMark(place), { force: true })
const deadline = Date.now() + patienceMs
while (existsSync(place) && Date.now() < deadline) await sleep(20)
