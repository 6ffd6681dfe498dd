/** Why a drill failed, in a word for metrics and events and in a sentence for people. */

export type Reason =
  | "NoBackup"
  | "BackupTooOld"
  | "RestoreFailed"
  | "RestorePartiallyFailed"
  | "RestoreRefused"
  | "TimedOut"
  | "NotReady"
  | "DataWrong"
  | "NoAnswer"
  | "CleanupStuck"
  | "NotReached"
  | "Interrupted"
  | "ApiServer";

/** Ends the drill of one service. */
export class DrillFailure extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}
