/** What a pod that looks at a volume is asked, and what it answers. */
import type { DrillCheck } from "../../src/model/drill-plan.ts";

export interface CheckRequest {
  /** When the backup began and ended, in milliseconds since 1970. */
  readonly started: number;
  readonly ended: number;
  readonly checks: readonly DrillCheck[];
}

export interface Findings {
  /** What is wrong, in sentences; empty where all is well. */
  readonly wrong: readonly string[];
  readonly inventory: Inventory;
}

/** What there is: kept until the next drill, which compares. */
export interface Inventory {
  readonly files: number;
  readonly bytes: number;
  /** Rows by table, of databases that were looked into: `app.db/series`. */
  readonly tables?: Readonly<Record<string, number>>;
}
