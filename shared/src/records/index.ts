import { a } from './a.ts'
import { aaaa } from './aaaa.ts'
import { alias } from './alias.ts'
import { aname } from './aname.ts'
import { cname } from './cname.ts'
import type { TypeModule } from './define.ts'
import { dname } from './dname.ts'
import { mx } from './mx.ts'
import { ns } from './ns.ts'
import { ptr } from './ptr.ts'
import { soa } from './soa.ts'
import { spf } from './spf.ts'
import { srv } from './srv.ts'
import { txt } from './txt.ts'

const modules = [a, aaaa, alias, aname, cname, dname, mx, ns, ptr, soa, spf, srv, txt]

/** Every type that has a form, by mnemonic. Types outside of it are edited as text. */
export const recordTypes: ReadonlyMap<string, TypeModule> = new Map(modules.map((module) => [module.type, module]))
