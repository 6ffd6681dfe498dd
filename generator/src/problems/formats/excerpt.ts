/** The lines of source above a caret that points at the mistake. */
import type { Place } from "../problem.ts";
import { type Cell, toCells, widthOfCells } from "./display-text.ts";

/** One printed line; `caret` lets the caller colour it. */
export interface ExcerptLine {
  readonly gutter: string;
  readonly text: string;
  readonly isCaret: boolean;
}

/** Wider lines are cut: a long image list or JSON in one line must not flood the terminal. */
const widthMax = 100;
/** How much of a cut line is kept before the caret. */
const widthBeforeCaret = 40;

/** In display columns from 0: where the caret is, and which part of the line is shown. */
interface View {
  readonly caretStart: number;
  readonly caretWidth: number;
  readonly from: number;
}

/**
 * Draws the line of a place, the line before it for orientation, and the caret.
 *
 * In: the lines of the file (undefined: it cannot be read) and a place in it. Out: no lines where
 * the place has none or the file has fewer; no caret where the place has no column.
 */
export function excerptOf(
  lines: readonly string[] | undefined,
  { line, column, length = 1 }: Place,
): readonly ExcerptLine[] {
  if (line === undefined) return [];
  const source = lines?.[line - 1];
  if (source === undefined) return [];
  const cells = toCells(source);
  const view = column === undefined ? undefined : viewOf(cells, column - 1, length);
  const from = view?.from ?? 0;
  const gutterWidth = Math.max(2, String(line).length);
  const draw = (number: string, text: string, isCaret: boolean): ExcerptLine => ({
    gutter: `  ${number.padStart(gutterWidth)} |`,
    text: text.trimEnd(),
    isCaret,
  });

  const excerpt: ExcerptLine[] = [];
  const before = lines?.[line - 2];
  // Beside a line that begins in the middle, the start of its neighbour would stand in wrong columns.
  if (before !== undefined && before.trim() !== "" && from === 0) {
    excerpt.push(draw(String(line - 1), cut(toCells(before), 0), false));
  }
  excerpt.push(draw(String(line), cut(cells, from), false));
  if (view !== undefined) excerpt.push(draw("", caretOf(view), true));
  return excerpt;
}

/** `offset` and `length` are in UTF-16 units, what the view holds is in columns of the terminal. */
function viewOf(cells: readonly Cell[], offset: number, length: number): View {
  const end = offset + Math.max(1, length);
  const before = cells.filter((cell) => cell.end <= offset);
  const under = cells.filter((cell) => cell.end > offset && cell.start < end);
  const caretStart = widthOfCells(before);
  const total = widthOfCells(cells);
  const from =
    total <= widthMax ? 0 : Math.max(0, Math.min(caretStart - widthBeforeCaret, total - widthMax));
  return { caretStart, caretWidth: Math.max(1, widthOfCells(under)), from };
}

/** Keeps the cells that lie wholly in the window and marks where something was left out. */
function cut(cells: readonly Cell[], from: number): string {
  let column = 0;
  let text = from > 0 ? "…" : "";
  let isCutAfter = false;
  for (const cell of cells) {
    const start = column;
    column += cell.width;
    if (start < from) {
      // Half a wide character at the edge: a space keeps the columns behind it in place.
      if (column > from) text += " ".repeat(column - from);
      continue;
    }
    if (column > from + widthMax) {
      isCutAfter = true;
      break;
    }
    text += cell.text;
  }
  return isCutAfter ? `${text}…` : text;
}

function caretOf({ caretStart, caretWidth, from }: View): string {
  const indent = caretStart - from + (from > 0 ? 1 : 0);
  const room = from + widthMax - caretStart;
  return " ".repeat(indent) + "^".repeat(Math.max(1, Math.min(caretWidth, room)));
}
