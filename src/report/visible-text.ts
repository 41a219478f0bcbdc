/**
 * Makes characters visible that would change what stands around them or cannot be stored: controls, bidirectional
 * marks, line separators and lone surrogates become `\u00XX`.
 */
export function visibleText(text: string): string {
  return text.replaceAll(
    /\p{Cc}|\p{Cs}|[\u061C\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu,
    codePointText,
  );
}

/** `\u00E9`: a character by its number. */
export function codePointText(character: string): string {
  return `\\u${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
