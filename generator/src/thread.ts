/** Threads of the generator. */
import { Worker } from "node:worker_threads";

/** What a program finds as `workerData`. */
export interface ThreadData<T> {
  /** Its own address, which `thread.js` loads. */
  readonly program: string;
  readonly data: T;
}

/** In: the address of a program, and what it gets. What the program prints is dropped. */
export function startThread<T>(program: URL, data: T): Worker {
  return new Worker(new URL("../thread.js", import.meta.url), {
    workerData: { program: program.href, data } satisfies ThreadData<T>,
    stdout: true,
    stderr: true,
  });
}
