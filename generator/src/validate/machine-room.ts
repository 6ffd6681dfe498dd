/** Whether hosts have cores, memory and disk for their machines, also when one of them is gone. */
import { machineDefaults } from "../model/machine-defaults.ts";
import type { NamedMachine } from "../model/cluster-machines.ts";
import type { Machine, Machines } from "../model/machines.ts";
import { bytes, bytesWords } from "../model/units.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

const hostMemory = bytes(machineDefaults.hostMemory);

/** In: the file, where machines are made, the machines. Problems: MACHINE_ROOM. */
export function checkRoom(
  file: string,
  machines: Machines,
  all: readonly NamedMachine[],
): Problem[] {
  const full = Object.entries(machines.hosts).flatMap(([host, has]) => {
    const mine = all.map(({ machine }) => machine).filter((machine) => machine.host === host);
    return askedOf(mine, machines, has)
      .filter(({ asked, room }) => asked > room)
      .map(({ fact, words, asked, room }) =>
        problemAt("MACHINE_ROOM", file, ["machines", "hosts", host, fact], {
          message: `the machines on ${host} have ${words(asked)} together, and there is room for ${words(room)}`,
          found: words(asked),
          expected: `at most ${words(room)}`,
          fix: `make machines on ${host} smaller, or move one to another host`,
        }),
      );
  });
  if (full.length > 0 || machines.startAgain === undefined) return full;
  return Object.keys(machines.hosts).flatMap((lost) => withoutHost(file, machines, all, lost));
}

interface Asked {
  readonly fact: "cores" | "memory" | "disk";
  readonly words: (amount: number) => string;
  readonly asked: number;
  readonly room: number;
}

function askedOf(
  mine: readonly Machine[],
  { coresPerThread = machineDefaults.coresPerThread }: Machines,
  host: Machines["hosts"][string],
): Asked[] {
  const sum = (of: (machine: Machine) => number) =>
    mine.reduce((total, machine) => total + of(machine), 0);
  return [
    {
      fact: "cores",
      words: (amount) => `${amount} cores`,
      asked: sum(({ cores }) => cores),
      room: host.cores * coresPerThread,
    },
    {
      fact: "memory",
      words: bytesWords,
      asked: sum(({ memory }) => bytes(memory)),
      room: bytes(host.memory) - hostMemory,
    },
    { fact: "disk", words: bytesWords, asked: sum(diskOf), room: bytes(host.disk) },
  ];
}

/** Bytes of its disks. */
const diskOf = ({ boot = machineDefaults.boot, data }: Machine): number =>
  bytes(boot) + (data === undefined ? 0 : bytes(data));

/** Whether what ran on a host has memory on the others: the largest first, each where most is left. */
function withoutHost(
  file: string,
  machines: Machines,
  all: readonly NamedMachine[],
  lost: string,
): Problem[] {
  const memoryOn = (host: string) =>
    all
      .filter(({ machine }) => machine.host === host)
      .reduce((sum, { machine }) => sum + bytes(machine.memory), 0);
  const left = Object.entries(machines.hosts)
    .filter(([host]) => host !== lost)
    .map(([host, has]) => bytes(has.memory) - hostMemory - memoryOn(host));
  const waiting = all
    .filter(({ machine }) => machine.host === lost)
    .sort((one, other) => bytes(other.machine.memory) - bytes(one.machine.memory));
  for (const { node, machine } of waiting) {
    left.sort((one, other) => other - one);
    const most = left[0] ?? 0;
    if (most < bytes(machine.memory)) {
      return [
        problemAt("MACHINE_ROOM", file, ["machines", "startAgain"], {
          message: `without ${lost} no host has room for ${node}: it has ${bytesWords(bytes(machine.memory))}, and at most ${bytesWords(Math.max(0, most))} are left`,
          expected: "room on the other hosts for the machines of any one",
          fix: `make machines smaller, or remove startAgain`,
          target: "key",
        }),
      ];
    }
    left[0] = most - bytes(machine.memory);
  }
  return [];
}
