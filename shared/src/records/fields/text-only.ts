import { RdataError } from '../record-type.ts'

const refuse = (): never => {
  throw new RdataError('Records of this type live inside their server: they have no form on the wire.')
}

/** For types that never leave the server that invented them. */
export const textOnly = { encode: refuse, decode: refuse }
