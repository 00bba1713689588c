// The laws of the embedded Postgres: it survives nobody's death for long, is harmed by nobody else, and loses nothing.

import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { runnableBinaries } from '../../src/platform/embedded-postgres/binaries.ts'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { filesOf, postgresPackage } from '../../src/platform/embedded-postgres/package.ts'
import { cleanEnvironment, runProgram } from '../../src/platform/embedded-postgres/run-program.ts'
import { hasGone, query, serverPid, startOwner } from '../support/postgres-owners.ts'

const asRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
const linux = process.platform === 'linux'

/** Everything happens under a folder of mode 0700 with a space in its name: as root, the server's account cannot get in by path. */
const home = mkdtempSync(join(tmpdir(), 'meent home '))
chmodSync(home, 0o700)
t.teardown(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

t.setTimeout(60_000)

const quiet = () => {}
const settings = `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
  current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('server_version') as version,
  current_setting('password_encryption') as passwords, pg_encoding_to_char(encoding) as encoding, datlocprovider as provider,
  datlocale as locale from pg_database where datname = current_database()`

/** A cluster with one row in it, made once and copied: initdb takes the most time of all. */
const model = join(home, 'model')
let copies = 0
function clusterWithData(): string {
  const dataDir = join(home, `copy ${++copies}`)
  cpSync(model, dataDir, { recursive: true })
  return dataDir
}

/** The supervisor and the server's processes that still show their command line, one line each that begins with the pid. */
async function serverProcesses(dataDir: string): Promise<string[]> {
  const { dev, ino } = statSync(join(dataDir, 'cluster'))
  return processesNaming(`meent.cluster=${dev}-${ino} `)
}

async function processesNaming(text: string): Promise<string[]> {
  const list = await runProgram('ps', ['-ww', '-ax', '-o', 'pid=,command='], { account: null, cwd: '/' })
  return list
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.includes(text))
}

async function whenNone(list: () => Promise<string[]>, patienceMs = 8_000): Promise<string[]> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(50)) {
    const found = await list()
    if (found.length === 0 || Date.now() > deadline) return found
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went with its parent.
  }
}

async function rowsIn(url: string): Promise<unknown> {
  return (await query(url, 'select count(*)::int as rows from gifts'))[0]?.rows
}

t.test('the first start makes a cluster that is safe, durable and closed to the outside', async t => {
  const begun = Date.now()
  const server = await startEmbeddedPostgres({ dataDir: model, log: quiet })
  t.ok(Date.now() - begun < 4_000, `takes ${Date.now() - begun} ms`)
  t.equal(server.started, true)
  const [row] = await query(server.superuserUrl, settings)
  t.match(row, {
    addresses: '127.0.0.1',
    sockets: '',
    fsync: 'on',
    commit: 'on',
    version: /^18\./,
    passwords: 'scram-sha-256',
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
  })
  t.equal(statSync(join(model, 'password')).mode & 0o777, 0o600)
  t.equal(statSync(join(model, 'cluster')).mode & 0o777, 0o700)
  const wrong = new URL(server.superuserUrl)
  wrong.password = 'guessed'
  await t.rejects(query(wrong.href, 'select 1'), { code: '28P01' }, 'no entry without the password')
  if (linux) {
    const status = readFileSync(`/proc/${serverPid(model)}/status`, 'utf8')
    t.notMatch(status, /^Uid:\s+0\s/m, 'the server never runs as root')
  }
  await query(server.superuserUrl, 'create table gifts (id int)')
  await query(server.superuserUrl, 'insert into gifts values (1)')
  const pid = serverPid(model)
  await server.stop()
  t.equal(await hasGone(pid, 500), true, 'stop() waits for the end')
  t.equal(await findEmbeddedPostgres(model), null)
})

t.test('a later start is quick and finds the data', async t => {
  const dataDir = clusterWithData()
  const begun = Date.now()
  const server = await startEmbeddedPostgres({ dataDir, log: quiet })
  t.ok(Date.now() - begun < 2_000, `takes ${Date.now() - begun} ms`)
  t.equal(await rowsIn(server.superuserUrl), 1)
  await server.stop()
  await server.stop()
})

t.test('a second process joins, and its end leaves the first alone', async t => {
  const dataDir = clusterWithData()
  const first = await startOwner(dataDir)
  const second = await startOwner(dataDir)
  t.strictSame([first.started, second.started], [true, false])
  t.equal(second.url, first.url)
  await second.end('SIGKILL')
  const found = await findEmbeddedPostgres(dataDir)
  t.equal(found?.superuserUrl, first.url)
  await found?.stop()
  t.equal(await rowsIn(first.url), 1)
  await first.end('SIGTERM')
  t.equal(await findEmbeddedPostgres(dataDir), null)
})

t.test(
  'a server that somebody joined outlives the one who started it, and ends with the last user',
  async t => {
    const dataDir = clusterWithData()
    const first = await startOwner(dataDir)
    const second = await startOwner(dataDir)
    const pid = serverPid(dataDir)
    await first.end('SIGTERM')
    t.equal(await rowsIn(second.url), 1)
    await second.end('SIGTERM')
    t.equal(await hasGone(pid), true)
  },
)

t.test('two that start at once get one server', async t => {
  const dataDir = join(home, 'contested')
  const both = await Promise.all([startOwner(dataDir), startOwner(dataDir)])
  t.equal(both[0].url, both[1].url)
  t.strictSame(both.map(owner => owner.started).sort(), [false, true])
  await Promise.all(both.map(owner => owner.end('SIGTERM')))
})

t.test('Ctrl-C, which signals the whole process group, does not reach the server', async t => {
  const dataDir = clusterWithData()
  const owner = await startOwner(dataDir)
  const pid = serverPid(dataDir)
  const groupOf = async (id: number) => {
    const environment = { account: null, cwd: '/' }
    return (await runProgram('ps', ['-o', 'pgid=', '-p', String(id)], environment)).trim()
  }
  t.not(await groupOf(pid), await groupOf(owner.child.pid ?? 0))
  owner.child.kill('SIGINT')
  t.equal(await rowsIn(owner.url), 1)
  await owner.end('SIGTERM')
  t.equal(await hasGone(pid), true)
})

t.test(
  'who starts right after the owner was killed has a sound server with all that was confirmed, and so has a third',
  async t => {
    const dataDir = clusterWithData()
    for (let rows = 2; rows < 6; rows++) {
      const owner = await startOwner(dataDir)
      await query(owner.url, `insert into gifts values (${rows})`)
      await owner.end('SIGKILL')
      const next = await startEmbeddedPostgres({ dataDir, log: quiet })
      const third = await findEmbeddedPostgres(dataDir)
      t.equal(third?.superuserUrl, next.superuserUrl)
      await third?.stop()
      t.equal(await rowsIn(next.superuserUrl), rows)
      await next.stop()
    }
  },
)

t.test('a killed owner leaves no server even when nobody starts again', async t => {
  const dataDir = clusterWithData()
  const owner = await startOwner(dataDir)
  const pid = serverPid(dataDir)
  await owner.end('SIGKILL')
  t.equal(await hasGone(pid), true)
  t.equal(await findEmbeddedPostgres(dataDir), null)
})

t.test('an owner killed at any moment of its start leaves no server', async t => {
  const dataDir = clusterWithData()
  for (const delayMs of [80, 110, 140, 170, 200]) {
    const starting = startOwner(dataDir).catch(() => null)
    await sleep(delayMs)
    for (const line of await processesNaming(`postgres-owner.ts ${dataDir}`))
      process.kill(Number.parseInt(line, 10), 'SIGKILL')
    await starting
    t.strictSame(await whenNone(() => serverProcesses(dataDir)), [], `killed after ${delayMs} ms`)
  }
  const next = await startEmbeddedPostgres({ dataDir, log: quiet })
  t.equal(await rowsIn(next.superuserUrl), 1)
  await next.stop()
})

t.test(
  'with its supervisor killed, a server stays while its owner lives and is replaced afterwards',
  async t => {
    const dataDir = clusterWithData()
    const owner = await startOwner(dataDir)
    const pid = serverPid(dataDir)
    for (const line of await serverProcesses(dataDir))
      if (line.includes('/bin/sh')) process.kill(Number.parseInt(line, 10), 'SIGKILL')
    const joined = await startEmbeddedPostgres({ dataDir, log: quiet })
    t.equal(joined.started, false, 'a live owner keeps its server')
    await joined.stop()
    t.equal(await rowsIn(owner.url), 1)
    await owner.end('SIGKILL')
    t.equal(await findEmbeddedPostgres(dataDir), null, 'an orphan is nothing to rely on')
    const next = await startEmbeddedPostgres({ dataDir, log: quiet })
    t.equal(next.started, true)
    t.equal(await hasGone(pid, 0), true)
    t.equal(await rowsIn(next.superuserUrl), 1)
    await next.stop()
  },
)

t.test('an owner stops its server even when the supervisor was killed', async t => {
  const dataDir = clusterWithData()
  const owner = await startOwner(dataDir)
  const pid = serverPid(dataDir)
  for (const line of await serverProcesses(dataDir))
    if (line.includes('/bin/sh')) process.kill(Number.parseInt(line, 10), 'SIGKILL')
  await owner.end('SIGTERM')
  t.equal(await hasGone(pid, 500), true)
})

t.test(
  'everything killed at once, as in a power cut: confirmed data is there, the pid file of the dead is no obstacle',
  async t => {
    const dataDir = clusterWithData()
    const owner = await startOwner(dataDir)
    await query(owner.url, 'insert into gifts select generate_series(2, 1000)')
    const [pid, all] = [serverPid(dataDir), await serverProcesses(dataDir)]
    process.kill(pid, 'SIGKILL')
    for (const line of all) killIfThere(Number.parseInt(line, 10))
    await owner.end('SIGKILL')
    t.equal(serverPid(dataDir), pid)
    // Worse still: the number now belongs to somebody else. Here to this test, which must survive that.
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid')
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)))
    t.equal(await findEmbeddedPostgres(dataDir), null)
    const next = await startEmbeddedPostgres({ dataDir, log: quiet })
    t.equal(await rowsIn(next.superuserUrl), 1000)
    await next.stop()
  },
)

t.test('an interrupted initdb and the turn of a dead process are no obstacle', async t => {
  const dataDir = join(home, 'half made')
  mkdirSync(join(dataDir, 'cluster.unfinished', 'base'), { recursive: true })
  mkdirSync(join(dataDir, 'turns'))
  writeFileSync(join(dataDir, 'password'), 'of the attempt before')
  writeFileSync(join(dataDir, 'turns', `${process.pid}-1-00000000.abcd`), '')
  const server = await startEmbeddedPostgres({ dataDir, log: quiet })
  t.equal((await query(server.superuserUrl, 'select 1 as one'))[0]?.one, 1)
  await server.stop()
})

t.test('data of another version of Postgres is refused and left as it is', async t => {
  const dataDir = clusterWithData()
  writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '17\n')
  await t.rejects(startEmbeddedPostgres({ dataDir, log: quiet }), { message: /written by Postgres 17/ })
})

t.test('programs that the account cannot reach are copied, once, also by two at the same time', async t => {
  const source = postgresPackage()
  const hidden = join(home, 'node_modules')
  cpSync(source.directory, join(hidden, 'native'), { recursive: true, filter: path => !path.endsWith('.a') })
  for (const { target } of JSON.parse(readFileSync(join(hidden, 'native', 'pg-symlinks.json'), 'utf8')))
    rmSync(join(hidden, target), { force: true })
  const package_ = { directory: join(hidden, 'native'), version: source.version }
  const place = mkdtempSync(join(tmpdir(), 'meent-copies-'))
  t.teardown(() => rmSync(place, { recursive: true, force: true }))
  chmodSync(place, 0o755)
  if (!asRoot) {
    t.equal(
      await runnableBinaries(package_, null, [place]),
      join(package_.directory, 'bin'),
      'links are made in place',
    )
    return
  }
  const found = await Promise.all([1, 2].map(() => runnableBinaries(package_, nobody, [place])))
  t.equal(found[0], found[1])
  t.match(found[0], join(place, 'meent-postgres-'))
  t.equal(readdirSync(place).length, 1, 'nothing half made is left')
  t.equal(
    await runnableBinaries(package_, null, [place]),
    join(package_.directory, 'bin'),
    'root itself can reach it',
  )
  // A cleaner of temporary files has been here.
  const copy = join(found[0] ?? '', '..')
  rmSync(join(copy, 'share', 'postgresql', 'postgres.bki'))
  await runnableBinaries(package_, nobody, [place])
  t.equal(filesOf(copy).length, filesOf(package_.directory).length, 'a damaged copy is replaced')
  // Somebody else has taken the name.
  chownSync(copy, nobody.uid, nobody.gid)
  await t.rejects(runnableBinaries(package_, nobody, [place]), { message: /DATABASE_URL/ })
})

t.test('an ordinary user runs it as well', { skip: asRoot ? false : 'the other tests did' }, async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'meent of a user '))
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }))
  chownSync(dataDir, nobody.uid, nobody.gid)
  const tried = { account: nobody, cwd: '/' }
  const reads = await runProgram(process.execPath, ['--check', import.meta.filename], tried).catch(() => null)
  if (reads === null) return t.comment('left out: that user cannot read this checkout')
  const owner = await startOwner(dataDir, { ...nobody, cwd: '/', env: cleanEnvironment() })
  t.equal((await query(owner.url, 'select 1 as one'))[0]?.one, 1)
  const asWell = await startEmbeddedPostgres({ dataDir, log: quiet })
  t.equal(asWell.started, false, 'root joins it')
  await asWell.stop()
  await owner.end('SIGTERM')
  const next = await startEmbeddedPostgres({ dataDir, log: quiet })
  t.equal(statSync(join(dataDir, 'cluster')).uid, nobody.uid, "started by root, it still is the user's")
  await next.stop()
})
