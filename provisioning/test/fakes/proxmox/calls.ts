/** The log of calls: what tests judge by. */

export interface AnsweredCall {
  /** In seconds of the fake. */
  readonly at: number;
  readonly method: string;
  /** Below /api2/json, decoded, without parameters. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** 0 when the connection was cut. */
  readonly status: number;
  /** What was refused, as the status line said it. */
  readonly text?: string;
}

/** In: calls; out: `POST /nodes/pve/qemu`, with the status when it is not 200. Questions after tasks are left out. */
export function lines(calls: readonly AnsweredCall[]): string[] {
  return calls
    .filter(({ path }) => !/\/tasks\/[^/]+\/status$/.test(path))
    .map(({ method, path, status }) => `${method} ${path}${status === 200 ? "" : ` ${status}`}`);
}
