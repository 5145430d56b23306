import { findings } from '@zonedeck/shared/filter/findings/index'

// Hundreds of profiles take a while to look through: it happens here, beside the page.
self.onmessage = ({ data }: MessageEvent<string>) => {
  self.postMessage(findings(data))
}
