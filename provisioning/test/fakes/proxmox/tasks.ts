/** Tasks: what takes time, has a UPID, a log, and an exit status that is told only when asked for. */
import type { Clock } from "./clock.ts";
import type { Faults } from "./faults.ts";
import { died, wrongParameters } from "./refusal.ts";
import { printUpid, type TaskName } from "./upid.ts";

export type TaskType =
  | "qmcreate"
  | "qmclone"
  | "qmconfig"
  | "qmmove"
  | "qmtemplate"
  | "qmstart"
  | "qmstop"
  | "qmshutdown"
  | "qmreboot"
  | "qmdestroy"
  | "resize"
  | "download"
  | "imgdel";

/** In seconds of the fake. What is not said takes none. A function is told how much is written. */
export type Durations = Readonly<
  Partial<Record<TaskType, number | ((work: { id: string; bytes: number }) => number)>>
>;

interface Work {
  readonly node: string;
  readonly type: TaskType;
  readonly id: string;
  readonly user: string;
  /** How much it writes. */
  readonly bytes?: number;
  /** Runs when the time has passed; what it throws is the exit status. */
  readonly run: (log: (line: string) => void) => void;
  /** Takes back what was done when the task began, when it fails. */
  readonly undo?: () => void;
}

export interface Task extends TaskName {
  readonly upid: string;
  status: "running" | "stopped";
  exitStatus?: string;
  readonly log: string[];
  readonly ended: Promise<void>;
  /** In seconds of the fake; the end of what has ended. */
  readonly from: number;
  to?: number;
}

export interface Tasks {
  readonly list: readonly Task[];
  /** Begins a task. Out: its UPID, as most calls answer it. */
  readonly start: (work: Work) => string;
  readonly find: (upid: string) => Task;
  /** Waits as a call does for the lock of a VM's file: ten seconds. Throws what Proxmox says then. */
  readonly lockVm: (vmid: number) => Promise<void>;
}

const lockSeconds = 10;

export function keepTasks(clock: Clock, faults: Faults, durations: Durations): Tasks {
  const list: Task[] = [];
  const find = (upid: string): Task => {
    const task = list.find((one) => one.upid === upid);
    if (task === undefined) throw wrongParameters({ upid: "no such task" });
    return task;
  };
  const start = (work: Work): string => {
    const { task, end } = nameTask(work, list.length, clock);
    list.push(task);
    const fault = faults.ofTask(work.type, work.id);
    const finish = (): void => {
      finishTask(task, work, fault);
      task.to = clock.now();
      end();
    };
    const given = durations[work.type] ?? 0;
    const usual =
      typeof given === "number" ? given : given({ id: work.id, bytes: work.bytes ?? 0 });
    const seconds = fault?.seconds ?? usual;
    if (seconds === 0) finish();
    else void clock.wait(seconds).then((passed) => (passed ? finish() : end()));
    return task.upid;
  };
  const lockVm = async (vmid: number): Promise<void> => {
    const holder = list.find(
      (task) => task.status === "running" && task.id === String(vmid) && task.type.startsWith("qm"),
    );
    if (holder === undefined) return;
    await Promise.race([holder.ended, clock.wait(lockSeconds)]);
    if (holder.status === "running") throw died(lockTimeout(vmid));
  };
  return { list, start, find, lockVm };
}

export const lockTimeout = (vmid: number | string): string =>
  `can't lock file '/var/lock/qemu-server/lock-${vmid}.conf' - got timeout`;

function nameTask(
  work: Work,
  count: number,
  clock: Clock,
): { readonly task: Task; readonly end: () => void } {
  const { node, type, id, user } = work;
  const starttime = clock.date();
  const name = { node, type, id, user, pid: 0x1a2b + count, pstart: 0x5f00 + count, starttime };
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const task: Task = {
    ...name,
    upid: printUpid(name),
    status: "running",
    log: [],
    ended,
    from: clock.now(),
  };
  return { task, end };
}

function finishTask(task: Task, work: Work, fault: ReturnType<Faults["ofTask"]>): void {
  task.log.push(...(fault?.log ?? []));
  try {
    if (fault?.exitStatus !== undefined) throw new Error(fault.exitStatus);
    work.run((line) => task.log.push(line));
    task.exitStatus = fault?.isWarning === true ? "WARNINGS: 1" : "OK";
    task.log.push(`TASK ${task.exitStatus}`);
  } catch (error) {
    work.undo?.();
    task.exitStatus = (error as Error).message;
    task.log.push(`TASK ERROR: ${task.exitStatus}`);
  }
  task.status = "stopped";
}
