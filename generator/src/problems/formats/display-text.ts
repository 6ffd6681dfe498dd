/** How wide text is on a terminal, and what of it may be sent there. */

/** A stretch of a line that stays together: where it is (UTF-16 offsets), how it is drawn, how wide. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly width: number;
}

const tabWidth = 4;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Control and direction characters: a file must not be able to move the cursor or reorder what is read. */
const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** In: one source line. Out: its cells; a tab reaches to the next tab stop, unsafe characters are replaced. */
export function toCells(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    const text =
      segment === "\t"
        ? " ".repeat(tabWidth - (column % tabWidth))
        : segment.replaceAll(unsafe, "\ufffd");
    const width = segment === "\t" ? text.length : widthOf(text);
    cells.push({ start: index, end: index + segment.length, text, width });
    column += width;
  }
  return cells;
}

/** In: text of a message. Out: the same, safe to print; line breaks stay. */
export function toPrintable(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(unsafe, (character) => {
    return character === "\n" ? character : "\ufffd";
  });
}

/** The columns that cells take together. */
export function widthOfCells(cells: readonly Cell[]): number {
  let width = 0;
  for (const cell of cells) width += cell.width;
  return width;
}

function widthOf(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return invisible.test(grapheme) ? 0 : 1;
}
