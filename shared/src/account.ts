import * as z from 'zod'
import { formFieldSchema, formValuesSchema } from './form.ts'

/** An account on the server itself, as far as its API shows it. */
export const accountSchema = z
  .strictObject({
    name: z.string(),
    /** It is the one whose key the connection uses. */
    self: z.boolean(),
    /** What can be changed of it, with what it holds now; secrets without a value. */
    fields: z.array(formFieldSchema),
    /** Other facts: when it was made, how many zones it has. */
    facts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    /** May this connection see and change other accounts? */
    root: z.boolean(),
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof accountSchema>

/** Named operations on accounts, with the same manners as those on zones. */
export const accountOperationSchema = z
  .discriminatedUnion('operation', [
    z.strictObject({
      operation: z.literal('user-create'),
      user: z.string().min(1).max(255),
      values: formValuesSchema,
    }),
    z.strictObject({
      operation: z.literal('user-update'),
      user: z.string().min(1).max(255),
      values: formValuesSchema,
    }),
    z.strictObject({ operation: z.literal('user-delete'), user: z.string().min(1).max(255) }),
  ])
  .meta({ id: 'AccountOperation' })
export type AccountOperation = z.infer<typeof accountOperationSchema>

/** What a connection may know of the accounts on its server. */
export const accountDirectorySchema = z
  .strictObject({
    self: accountSchema,
    /** What a new account takes; none where the connection may not make any. */
    newFields: z.array(formFieldSchema),
    /** Names of other accounts that were looked up before: no call lists them. */
    seen: z.array(z.string()),
  })
  .meta({ id: 'AccountDirectory' })
export type AccountDirectory = z.infer<typeof accountDirectorySchema>
