import * as z from 'zod'

/**
 * Verdicts of the real app: configurations, and for each what it answered to a number of queries at a moment. Lists are
 * given with their content; one that is not there could not be fetched.
 */
const querySchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  /** `id`: the host name of a query over HTTPS. */
  client: z.looseObject({ ip: z.string(), id: z.string().nullish() }),
  /** Did the app answer? Else the answer is the upstream server's. */
  filtered: z.boolean(),
  answer: z
    .looseObject({
      rcode: z.string(),
      records: z.array(z.tuple([z.string(), z.number(), z.string()])).nullish(),
      extendedError: z.tuple([z.number(), z.string()]).nullish(),
    })
    .nullish(),
})
export type RecordedQuery = z.infer<typeof querySchema>

const caseSchema = z.looseObject({
  title: z.string().default('A case without a title'),
  at: z.iso.datetime({ offset: true }),
  /** The text that was given to the app, or what it says. */
  config: z.unknown().optional(),
  lists: z.record(z.string(), z.string()).nullish(),
  queries: z.array(querySchema).nullish(),
  /** The app's error, when it did not take the configuration. */
  refused: z.string().nullish(),
})
export type RecordedCase = z.infer<typeof caseSchema>

const recordingSchema = z.looseObject({ cases: z.array(caseSchema) })
export type VerdictRecording = z.infer<typeof recordingSchema>

/** Throws an error that says what is wrong with the file. */
export function parseVerdictRecording(text: string): VerdictRecording {
  const result = recordingSchema.safeParse(JSON.parse(text))
  if (!result.success) throw new Error(`This is no recording of verdicts: ${z.prettifyError(result.error)}`)
  return result.data
}
