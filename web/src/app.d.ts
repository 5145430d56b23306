import type { Problem } from '@zonedeck/shared/problem'

declare global {
  namespace App {
    interface Error {
      problem?: Problem
    }
  }
}

export {}
