/** What goes wrong when a test says so, and only then. */
import type { TaskType } from "./tasks.ts";

/** Which calls a fault is for: `POST`, and a pattern for the path below /api2/json. */
interface OfCalls {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: RegExp;
}

interface OfTasks {
  readonly type: TaskType;
  /** The object of the task, as its UPID names it: mostly the number of the VM. */
  readonly id?: number | string;
}

type Kind =
  | ({ readonly kind: "slow-task"; readonly seconds: number } & OfTasks)
  | ({
      readonly kind: "failing-task";
      readonly exitStatus: string;
      readonly log?: readonly string[];
    } & OfTasks)
  | ({ readonly kind: "task-with-warnings"; readonly log?: readonly string[] } & OfTasks)
  /** The call is not carried out. */
  | ({ readonly kind: "answer"; readonly status: number; readonly text: string } & OfCalls)
  /** The file of the VM stays locked for longer than a call waits. */
  | ({ readonly kind: "locked"; readonly vmid: number } & Partial<OfCalls>)
  /** The connection ends before the call was carried out, or after it and before the answer. */
  | ({ readonly kind: "cut"; readonly when: "before" | "after" } & OfCalls)
  /** Somebody else makes a VM of this number just before the call that would. */
  | { readonly kind: "race"; readonly vmid: number; readonly node?: string }
  | { readonly kind: "full-storage"; readonly storage: string; readonly host?: string }
  | { readonly kind: "missing-privilege"; readonly token: string; readonly privilege: string }
  | { readonly kind: "offline-host"; readonly host: string };

/** `times` says how often; once when nothing is said. What lasts (storage, privilege, host) lasts until it is lifted. */
export type Fault = Kind & { readonly times?: number };

export interface OrderedFault {
  /** How often it has happened. */
  readonly happened: () => number;
  readonly lift: () => void;
}

interface Entry {
  readonly fault: Fault;
  happened: number;
}

interface TaskFault {
  readonly seconds?: number;
  readonly exitStatus?: string;
  readonly isWarning?: boolean;
  readonly log?: readonly string[];
}

export interface Faults {
  readonly order: (fault: Fault) => OrderedFault;
  /** What happens to a task that begins, if anything. It counts as happened. */
  readonly ofTask: (type: TaskType, id: string) => TaskFault | undefined;
  /** What happens to a call, if anything. It counts as happened. */
  readonly ofCall: (
    method: string,
    path: string,
  ) => Extract<Fault, { kind: "answer" | "locked" | "cut" }> | undefined;
  readonly race: (vmid: number) => Extract<Fault, { kind: "race" }> | undefined;
  readonly isFull: (storage: string, host: string) => boolean;
  readonly lacks: (token: string, privilege: string) => boolean;
  readonly isOffline: (host: string) => boolean;
}

export function keepFaults(): Faults {
  const entries = new Set<Entry>();
  const lasting = (test: (fault: Fault) => boolean): boolean => {
    const found = [...entries].find(({ fault }) => test(fault));
    if (found !== undefined) found.happened += 1;
    return found !== undefined;
  };
  const take = <F extends Fault>(test: (fault: Fault) => fault is F): F | undefined => {
    for (const entry of entries) {
      const { fault } = entry;
      if (entry.happened >= (fault.times ?? 1) || !test(fault)) continue;
      entry.happened += 1;
      return fault;
    }
    return undefined;
  };
  return {
    order: (fault) => {
      const entry = { fault, happened: 0 };
      entries.add(entry);
      return { happened: () => entry.happened, lift: () => void entries.delete(entry) };
    },
    ofTask: (type, id) => {
      const found = take((fault): fault is TaskKind => isOfTask(fault, type, id));
      return found === undefined ? undefined : taskFault(found);
    },
    ofCall: (method, path) => take((fault): fault is CallKind => isOfCall(fault, method, path)),
    race: (vmid) =>
      take(
        (fault): fault is Extract<Fault, { kind: "race" }> =>
          fault.kind === "race" && fault.vmid === vmid,
      ),
    isFull: (storage, host) =>
      lasting(
        (fault) =>
          fault.kind === "full-storage" &&
          fault.storage === storage &&
          (fault.host ?? host) === host,
      ),
    lacks: (token, privilege) =>
      lasting(
        (fault) =>
          fault.kind === "missing-privilege" &&
          fault.token === token &&
          fault.privilege === privilege,
      ),
    isOffline: (host) => lasting((fault) => fault.kind === "offline-host" && fault.host === host),
  };
}

type TaskKind = Extract<Fault, { kind: "slow-task" | "failing-task" | "task-with-warnings" }>;
type CallKind = Extract<Fault, { kind: "answer" | "locked" | "cut" }>;

function isOfTask(fault: Fault, type: TaskType, id: string): fault is TaskKind {
  return (
    "type" in fault && fault.type === type && (fault.id === undefined || String(fault.id) === id)
  );
}

function isOfCall(fault: Fault, method: string, path: string): fault is CallKind {
  if (fault.kind === "answer" || fault.kind === "cut")
    return fault.method === method && fault.path.test(path);
  if (fault.kind !== "locked") return false;
  const own = new RegExp(`/qemu/${fault.vmid}(/|$)`);
  return fault.method === undefined
    ? method !== "GET" && own.test(path)
    : fault.method === method && (fault.path ?? own).test(path);
}

function taskFault(fault: TaskKind): TaskFault {
  switch (fault.kind) {
    case "slow-task":
      return { seconds: fault.seconds };
    case "failing-task":
      return {
        exitStatus: fault.exitStatus,
        ...(fault.log !== undefined && { log: fault.log }),
      };
    case "task-with-warnings":
      return { isWarning: true, ...(fault.log !== undefined && { log: fault.log }) };
  }
}
