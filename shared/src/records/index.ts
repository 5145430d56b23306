import { a } from './a.ts'
import { aaaa } from './aaaa.ts'
import { alias } from './alias.ts'
import { aname } from './aname.ts'
import { app } from './app.ts'
import { caa } from './caa.ts'
import { cname } from './cname.ts'
import type { TypeModule } from './define.ts'
import { dname } from './dname.ts'
import { dnskey } from './dnskey.ts'
import { ds } from './ds.ts'
import { fwd } from './fwd.ts'
import { https } from './https.ts'
import { loc } from './loc.ts'
import { mx } from './mx.ts'
import { naptr } from './naptr.ts'
import { ns } from './ns.ts'
import { openpgpkey } from './openpgpkey.ts'
import { ptr } from './ptr.ts'
import { rp } from './rp.ts'
import { smimea } from './smimea.ts'
import { soa } from './soa.ts'
import { spf } from './spf.ts'
import { srv } from './srv.ts'
import { sshfp } from './sshfp.ts'
import { svcb } from './svcb.ts'
import { tlsa } from './tlsa.ts'
import { txt } from './txt.ts'
import { uri } from './uri.ts'

const modules = [
  a,
  aaaa,
  alias,
  aname,
  app,
  caa,
  cname,
  dname,
  dnskey,
  ds,
  fwd,
  https,
  loc,
  mx,
  naptr,
  ns,
  openpgpkey,
  ptr,
  rp,
  smimea,
  soa,
  spf,
  srv,
  sshfp,
  svcb,
  tlsa,
  txt,
  uri,
]

/** Every type that has a form, by mnemonic. Types outside of it are edited as text. */
export const recordTypes: ReadonlyMap<string, TypeModule> = new Map(modules.map((module) => [module.type, module]))
