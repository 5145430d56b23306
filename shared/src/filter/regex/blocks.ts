/** The Unicode blocks that .NET knows as `\p{IsName}`, by those names. */
const BLOCKS = new Set(
  `
  AlphabeticPresentationForms Arabic ArabicPresentationForms-A ArabicPresentationForms-B Armenian Arrows
  BasicLatin Bengali BlockElements Bopomofo BopomofoExtended BoxDrawing BraillePatterns Buhid CJKCompatibility
  CJKCompatibilityForms CJKCompatibilityIdeographs CJKRadicalsSupplement CJKSymbolsandPunctuation
  CJKUnifiedIdeographs CJKUnifiedIdeographsExtensionA Cherokee CombiningDiacriticalMarks
  CombiningDiacriticalMarksforSymbols CombiningHalfMarks CombiningMarksforSymbols ControlPictures CurrencySymbols
  Cyrillic CyrillicSupplement Devanagari Dingbats EnclosedAlphanumerics EnclosedCJKLettersandMonths Ethiopic
  GeneralPunctuation GeometricShapes Georgian Greek GreekExtended GreekandCoptic Gujarati Gurmukhi
  HalfwidthandFullwidthForms HangulCompatibilityJamo HangulJamo HangulSyllables Hanunoo Hebrew
  HighPrivateUseSurrogates HighSurrogates Hiragana IPAExtensions IdeographicDescriptionCharacters Kanbun
  KangxiRadicals Kannada Katakana KatakanaPhoneticExtensions Khmer KhmerSymbols Lao Latin-1Supplement
  LatinExtended-A LatinExtended-B LatinExtendedAdditional LetterlikeSymbols Limbu LowSurrogates Malayalam
  MathematicalOperators MiscellaneousMathematicalSymbols-A MiscellaneousMathematicalSymbols-B MiscellaneousSymbols
  MiscellaneousSymbolsandArrows MiscellaneousTechnical Mongolian Myanmar NumberForms Ogham
  OpticalCharacterRecognition Oriya PhoneticExtensions PrivateUse PrivateUseArea Runic Sinhala SmallFormVariants
  SpacingModifierLetters Specials SuperscriptsandSubscripts SupplementalArrows-A SupplementalArrows-B
  SupplementalMathematicalOperators Syriac Tagalog Tagbanwa TaiLe Tamil Telugu Thaana Thai Tibetan
  UnifiedCanadianAboriginalSyllabics VariationSelectors YiRadicals YiSyllables YijingHexagramSymbols
  `
    .trim()
    .split(/\s+/),
)

/** The blocks that an ASCII name can meet: by itself, or through the other case of the Kelvin sign or of İ. */
const RANGES: Record<string, [number, number]> = {
  BasicLatin: [0, 0x7f],
  'LatinExtended-A': [0x100, 0x17f],
  LetterlikeSymbols: [0x2100, 0x214f],
}
/** Stands for the range of all other blocks. */
const ELSEWHERE: [number, number] = [0x3000, 0x3000]

export function isBlock(name: string): boolean {
  return name.startsWith('Is') && BLOCKS.has(name.slice(2))
}

/** The first and the last code of a block, as far as names are concerned. */
export function blockRange(name: string): [number, number] {
  return RANGES[name.slice(2)] ?? ELSEWHERE
}
