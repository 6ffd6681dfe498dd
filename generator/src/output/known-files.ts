/**
 * Generated files that were made before of the same: their paths and first lines are known, which is all a plan
 * asks of a file that is as it was. The text is made when it is asked for.
 */
import type { OutputFile } from "./files.ts";
import { InternalError } from "../problems/problem.ts";
import { markerOf } from "./marker.ts";

/** What files are made of, in short, to their paths and first lines. */
export type FirstLines = Readonly<Record<string, readonly (readonly [string, string])[]>>;

export interface KnownFiles {
  /** In: a name for everything the files are made of, and what makes them. */
  readonly of: (madeOf: string, make: () => readonly OutputFile[]) => readonly OutputFile[];
  /** What was asked for, for the next run. */
  readonly asked: () => FirstLines;
}

/** In: what the last run has kept. */
export function knownFiles(before: FirstLines): KnownFiles {
  const asked: Record<string, FirstLines[string]> = {};
  return {
    of(madeOf, make) {
      const lines = before[madeOf];
      const files = lines === undefined ? make() : madeLater(lines, make);
      asked[madeOf] = lines ?? files.map((file) => [file.path, markerOf(file)]);
      return files;
    },
    asked: () => asked,
  };
}

function madeLater(lines: FirstLines[string], make: () => readonly OutputFile[]): OutputFile[] {
  let made: ReadonlyMap<string, OutputFile> | undefined;
  const contentOf = (path: string) => {
    made ??= new Map(make().map((file) => [file.path, file]));
    const file = made.get(path);
    if (file === undefined) throw new InternalError(`${path} was made before, and is not now`);
    return file.content;
  };
  return lines.map(([path, marker]) => new LaterFile(path, marker, contentOf));
}

class LaterFile implements OutputFile {
  readonly path: string;
  readonly marker: string;
  readonly #contentOf: (path: string) => string;

  constructor(path: string, marker: string, contentOf: (path: string) => string) {
    this.path = path;
    this.marker = marker;
    this.#contentOf = contentOf;
  }

  get content(): string {
    return this.#contentOf(this.path);
  }
}
