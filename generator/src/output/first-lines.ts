/** First lines of generated files, put into few words: they differ in little more than a hash. */

/** Each line once, cut where its hash was. */
export type LineTable = readonly (readonly [before: string, after: string])[];

/** A line: its place in the table, and its hash. */
export type PackedLine = readonly [index: number, hash: string];

const opening = "(sha256:";
const hashLength = 12;

/** Out: packs lines, and gives the table they are to be read with. */
export function linePacker(): {
  readonly pack: (line: string) => PackedLine;
  readonly table: LineTable;
} {
  const table: (readonly [string, string])[] = [];
  const places = new Map<string, number>();
  return {
    table,
    pack(line) {
      const start = line.indexOf(opening) + opening.length;
      const [before, after] = [line.slice(0, start), line.slice(start + hashLength)];
      const key = `${before}\n${after}`;
      const place = places.get(key) ?? table.push([before, after]) - 1;
      places.set(key, place);
      return [place, line.slice(start, start + hashLength)];
    },
  };
}

/** In: what `linePacker` made. Out: the line. */
export function unpackLine(table: LineTable, [index, hash]: PackedLine): string {
  const [before, after] = table[index] ?? ["", ""];
  return before + hash + after;
}
