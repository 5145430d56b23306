/** `pnpm fix`: repairs what tools can repair. */
import { run } from './run.ts'
import { writeGenerated } from './gen.ts'

await writeGenerated()
await run('eslint', ['--fix', '.'])
process.exit(await run('prettier', ['--write', '--log-level', 'warn', '.']))
