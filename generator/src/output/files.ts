/** Generated files: as they are wanted, as they are on disk, and what has to change between the two. */
import type { Problem } from "../problems/problem.ts";

export interface OutputFile {
  /** Relative to the repository root, forward slashes. */
  readonly path: string;
  /** Complete, marker included; made when it is asked for, where the file was made before. */
  readonly content: string;
  /** Its first line, where that is known without the rest. */
  readonly marker?: string;
}

/** A generated file as the last run left it. */
export interface KnownOutput {
  /** What the file system says of it: any write changes this. */
  readonly status: string;
  /** Its first line. */
  readonly marker: string;
}

export interface ExistingFile {
  readonly path: string;
  /** Read when it is asked for, where the file is known. */
  readonly content: string;
  /** Present for a generated file that is as the last run left it. */
  readonly known?: KnownOutput;
  /** Absent for an ordinary file. The others have no content that counts and are never replaced. */
  readonly kind?: "symlink" | "special" | "unreadable";
}

export interface PlannedWrite extends OutputFile {
  readonly kind: "create" | "update";
}

export interface WritePlan {
  readonly writes: readonly PlannedWrite[];
  readonly removals: readonly string[];
  /** Folders that hold nothing any more once the removals are done, deepest first. */
  readonly folders: readonly string[];
  readonly unchanged: number;
  readonly problems: readonly Problem[];
}
