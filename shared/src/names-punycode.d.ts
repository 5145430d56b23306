declare module 'punycode/punycode.es6.js' {
  /** RFC 3492: the text behind `xn--`. Throws RangeError. */
  export function decode(input: string): string
}
