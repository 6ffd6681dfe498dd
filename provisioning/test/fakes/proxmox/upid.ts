/** The name of a task: node, process, its start in ticks, the date, all three in hexadecimal, kind, object, user. */

export interface TaskName {
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  readonly starttime: number;
  readonly type: string;
  readonly id: string;
  readonly user: string;
}

export function printUpid({ node, pid, pstart, starttime, type, id, user }: TaskName): string {
  const hex = (number: number): string => number.toString(16).toUpperCase().padStart(8, "0");
  return `UPID:${node}:${hex(pid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${user}:`;
}
