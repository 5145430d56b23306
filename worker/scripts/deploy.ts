/**
 * `pnpm deploy [--dry-run]`: puts the panel onto the owner's own Cloudflare account. Creates the database, applies
 * migrations, makes the secrets that are missing, deploys and prints the link of the first sign-in. Safe to run again:
 * what is there stays. With `--dry-run` it says what it would do, proves that the worker bundles, and touches nothing.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { buildWeb } from './build.ts'
import { CONFIG, WORKER } from './paths.ts'
import { capture, run, toolEnv } from './run.ts'
import { generateSecrets } from './secrets.ts'

const NO_DATABASE = '00000000-0000-0000-0000-000000000000'
// Wrangler must reach its servers here, unlike in local runs.
const online = { cwd: WORKER, env: toolEnv({ CLOUDFLARE_CF_FETCH_ENABLED: 'true' }) }
const { values: flags } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })
const dryRun = flags['dry-run']

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}

let step = 0
const say = (text: string) => console.log(`${++step}. ${text}`)

async function wrangler(args: string[], input?: string): Promise<string> {
  const { status, stdout, stderr } = await capture('wrangler', args, {
    ...online,
    ...(input === undefined ? {} : { input }),
  })
  if (status !== 0) stop(`wrangler ${args.slice(0, 2).join(' ')} failed:\n${stderr || stdout}`)
  return stdout
}

async function checkSignIn() {
  say('Check that wrangler is signed in to Cloudflare')
  if (dryRun) return
  const { stdout } = await capture('wrangler', ['whoami'], online)
  if (!/You are logged in/.test(stdout))
    stop('Not signed in. Run `npx -y pnpm@12.21.0 --filter @zonedeck/worker exec wrangler login`, then this again.')
}

/** The database's id goes into wrangler.jsonc, which the owner keeps. */
async function createDatabase() {
  const config = await readFile(CONFIG, 'utf8')
  if (!config.includes(NO_DATABASE)) return say('Use the database named in worker/wrangler.jsonc')
  say('Create the D1 database "zonedeck" and write its id into worker/wrangler.jsonc')
  if (dryRun) return
  const find = async () =>
    (JSON.parse(await wrangler(['d1', 'list', '--json'])) as { name: string; uuid: string }[]).find(
      (database) => database.name === 'zonedeck',
    )
  let database = await find()
  if (!database) {
    await wrangler(['d1', 'create', 'zonedeck'])
    database = await find()
  }
  if (!database) stop('The database was created but is not in the list. Run this again in a minute.')
  await writeFile(CONFIG, config.replace(NO_DATABASE, database.uuid))
}

async function migrate() {
  say('Apply the migrations in worker/migrations')
  if (!dryRun && (await run('wrangler', ['d1', 'migrations', 'apply', 'zonedeck', '--remote'], online)) !== 0) {
    stop('The migrations were not applied. Nothing was deployed.')
  }
}

/** Returns the setup token when it was made now; an earlier one cannot be read back. */
async function setSecrets(): Promise<string | null> {
  const made = generateSecrets()
  say(`Set the secrets that are missing, each generated: ${Object.keys(made).join(', ')}`)
  if (dryRun) return null
  const listed = await capture('wrangler', ['secret', 'list', '--format', 'json'], online)
  const there =
    listed.status === 0 ? (JSON.parse(listed.stdout) as { name: string }[]).map((secret) => secret.name) : []
  const missing = Object.fromEntries(Object.entries(made).filter(([name]) => !there.includes(name)))
  if (Object.keys(missing).length > 0) await wrangler(['secret', 'bulk'], JSON.stringify(missing))
  return missing['SETUP_TOKEN'] ?? null
}

async function deploy(): Promise<string> {
  say(dryRun ? 'Build the web app and bundle the worker (this is done now)' : 'Build the web app and deploy the worker')
  await buildWeb()
  const answer = await wrangler(dryRun ? ['deploy', '--dry-run'] : ['deploy'])
  return /https:\/\/\S+\.workers\.dev/.exec(answer)?.[0] ?? /https:\/\/\S+/.exec(answer)?.[0] ?? ''
}

await checkSignIn()
await createDatabase()
await migrate()
// The worker must exist before it can hold secrets, and is of no use to anyone without them.
const url = await deploy()
const token = await setSecrets()
say('Print the link of the first sign-in')
if (dryRun) console.log('Dry run: nothing was created, changed or deployed.')
else if (token) console.log(`Open ${url}/setup#${token} and make yourself the owner. The link works once.`)
else console.log(`Deployed to ${url}. The setup link was printed at the first deploy.`)
