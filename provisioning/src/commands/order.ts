/** What a person asked for. */
import type { Timer } from "./timer.ts";

export interface Order {
  readonly root: string;
  /** Its name. */
  readonly cluster: string;
  /** Names of what may be lost. */
  readonly allow: readonly string[];
  /** The file of a backup. */
  readonly from?: string;
  readonly phases: Timer;
}

export const say = (text: string): void => void process.stdout.write(text);
