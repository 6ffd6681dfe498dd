/** What pods ask for, as numbers: thousandths of a core, bytes. */
import { bytes, millicores } from "../../model/units.ts";

export interface Room {
  readonly cpu: number;
  readonly memory: number;
  /** What it may use; the scheduler does not look at it, quotas do. */
  readonly memoryLimit: number;
  /** Ephemeral storage. */
  readonly scratch: number;
  /** By device plugin, or by class of dynamic resource allocation. */
  readonly devices: Readonly<Record<string, number>>;
}

export const nothing: Room = { cpu: 0, memory: 0, memoryLimit: 0, scratch: 0, devices: {} };

/** Of quantities as they are written. */
export const roomOf = ({
  cpu,
  memory,
  memoryLimit = memory,
  scratch,
}: {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit?: string | undefined;
  readonly scratch?: string | undefined;
}): Room => ({
  cpu: millicores(cpu),
  memory: bytes(memory),
  memoryLimit: bytes(memoryLimit),
  scratch: scratch === undefined ? 0 : bytes(scratch),
  devices: {},
});

export function sum(rooms: readonly Room[]): Room {
  return rooms.reduce(plus, nothing);
}

export function plus(a: Room, b: Room): Room {
  return {
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    memoryLimit: a.memoryLimit + b.memoryLimit,
    scratch: a.scratch + b.scratch,
    devices: combine(a.devices, b.devices, (one, other) => one + other),
  };
}

/** The same several times. */
export function times(room: Room, count: number): Room {
  return {
    cpu: room.cpu * count,
    memory: room.memory * count,
    memoryLimit: room.memoryLimit * count,
    scratch: room.scratch * count,
    devices: Object.fromEntries(
      Object.entries(room.devices).map(([device, amount]) => [device, amount * count]),
    ),
  };
}

/** What is enough for either. */
export function atLeast(a: Room, b: Room): Room {
  return {
    cpu: Math.max(a.cpu, b.cpu),
    memory: Math.max(a.memory, b.memory),
    memoryLimit: Math.max(a.memoryLimit, b.memoryLimit),
    scratch: Math.max(a.scratch, b.scratch),
    devices: combine(a.devices, b.devices, Math.max),
  };
}

function combine(
  a: Room["devices"],
  b: Room["devices"],
  how: (one: number, other: number) => number,
): Room["devices"] {
  const keys = [...Object.keys(a), ...Object.keys(b)];
  return keys.length === 0
    ? a
    : Object.fromEntries(keys.map((key) => [key, how(a[key] ?? 0, b[key] ?? 0)]));
}
