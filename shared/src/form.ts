import * as z from 'zod'

/** Text, a whole number, a switch, or several texts. */
export const formValueSchema = z
  .union([z.string().max(8000), z.int(), z.boolean(), z.array(z.string().max(1000)).max(1000)])
  .meta({ id: 'FormValue' })
export type FormValue = z.infer<typeof formValueSchema>

/**
 * One field of a form that a provider describes as data: making a zone, its settings, a step of DNSSEC, an account. The
 * page draws it, the worker checks what comes back against the same description (`formErrors`).
 */
export const formFieldSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
    label: z.string(),
    help: z.string().optional(),
    /**
     * `text` one line, `lines` one value a line, `number` a whole number, `switch` on or off, `choice` one of `choices`,
     * `choices` any of them, `secret` is sent once and never shown, kept or written to the history.
     */
    kind: z.enum(['text', 'lines', 'number', 'switch', 'choice', 'choices', 'secret']),
    choices: z.array(z.strictObject({ value: z.string(), label: z.string(), help: z.string().optional() })).optional(),
    required: z.boolean().optional(),
    placeholder: z.string().optional(),
    /** Set in mono: names, addresses, keys. */
    mono: z.boolean().optional(),
    min: z.int().optional(),
    max: z.int().optional(),
    maxLength: z.int().optional(),
    /** What it begins with. In settings: what the server holds. */
    value: formValueSchema.optional(),
    /** Shown, not editable: the reason. */
    fixed: z.string().optional(),
    /** Asked only while another field has one of these values (`true` and `false` for a switch). */
    when: z.strictObject({ field: z.string(), is: z.array(z.string()) }).optional(),
  })
  .meta({ id: 'FormField' })
export type FormField = z.infer<typeof formFieldSchema>

/** By field id. A secret is not among them: `true` stands for one that is sent along. */
export const formValuesSchema = z.record(z.string().max(60), formValueSchema).meta({ id: 'FormValues' })
export type FormValues = z.infer<typeof formValuesSchema>
