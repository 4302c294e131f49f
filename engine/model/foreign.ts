/**
 * Characters that are not shown, or that change how others are shown: control characters (C0, DEL, C1, line feeds
 * included), format characters (bidi controls, zero-width, tags, soft hyphen, byte order mark), line and paragraph
 * separators, lone surrogates, blank fillers, and the variation selectors that can carry hidden data. U+FE0E and U+FE0F
 * (text or emoji style) stay.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[\u{115f}\u{1160}\u{3164}\u{ffa0}\u{fff0}-\u{fff8}]|\u{34f}|[\u{17b4}-\u{17b5}]|[\u{180b}-\u{180f}]|[\u{fe00}-\u{fe0d}]|[\u{e0000}-\u{e0fff}]/gu;

/**
 * Foreign text (names from PBXs, phones, requests, YAML) with everything unseen made visible: C0 controls as their pictures
 * (`␛`, `␊`), the rest as `\u{202e}`. The result is one line, and unchanged by a second pass. It is the first step before
 * a terminal, Markdown, HTML, annotations, mail headers or YAML; what has a meaning in that format is still to be escaped.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0xfffd;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`;
  });
}
