import { planImport, type ImportInput } from './import-plan.ts'

// Reading and comparing a large file takes seconds on a phone: it happens here, beside the page.
self.onmessage = ({ data }: MessageEvent<ImportInput>) => {
  self.postMessage(planImport(data))
}
