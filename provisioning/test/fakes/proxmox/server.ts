/**
 * A Proxmox VE 9 that has no hosts: an HTTPS server (TLS 1.3) that answers as its API does and keeps what it is told.
 *
 * Measured with the real provider, or reported by people who use it: the calls and their order, the forms they send, the
 * shapes of answers, text in the status line, taken numbers, missing configurations, lock time-outs, refused overwrites,
 * a disk that is moved to where it is, which privileges downloads need, how disks read back.
 *
 * From memory of Proxmox VE's code, compared with no host: the text of other refusals, the order of checks inside a
 * call, that the nearest access control list counts alone, what storages say when they are full, numbers of volumes,
 * that a call waits ten seconds for a locked VM, what is said of a host that is offline, and which changes of a VM wait
 * for its next start.
 *
 * Not there: tickets (tokens only), console, snapshots, migration, backups, a guest that is started elsewhere, containers beyond their number.
 *
 * The provider asks after a task each second, whatever a second of the fake lasts.
 */
import { createServer, type Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { keepAccess, type Token } from "./access.ts";
import { answer } from "./answer.ts";
import { makeCertificate } from "./certificate.ts";
import { startClock } from "./clock.ts";
import { keepFaults, type Fault, type OrderedFault } from "./faults.ts";
import { keepGuests, type Config, type Guest } from "./guests.ts";
import type { Ha } from "./ha.ts";
import type { HostFacts } from "./hosts.ts";
import { keepStorages, usualStorages, type StorageFacts, type Volume } from "./storages.ts";
import { keepTasks, type Durations, type Task } from "./tasks.ts";
import type { AnsweredCall } from "./calls.ts";
import { born } from "./vm-create.ts";
import type { Image, World } from "./world.ts";

export interface FakeProxmoxFacts {
  readonly hosts: readonly HostFacts[];
  /** As the installer leaves a host, when nothing is said. */
  readonly storages?: readonly StorageFacts[];
  readonly tokens: readonly Token[];
  readonly images?: readonly Image[];
  readonly durations?: Durations;
  /** How many real seconds a second of the fake lasts; 1 when nothing is said. */
  readonly scale?: number;
  /** Seconds from the start of a VM until its agent answers; none ever does when nothing is said. */
  readonly agentAfter?: number;
}

export interface FakeProxmox extends AsyncDisposable {
  /** `https://127.0.0.1:PORT/`. */
  readonly endpoint: string;
  /** What signs its certificate: itself. */
  readonly certificate: string;
  /** Every call with its answer, in the order in which they came. */
  readonly calls: readonly AnsweredCall[];
  readonly tasks: readonly Task[];
  readonly vms: () => readonly Guest[];
  /** What is started again elsewhere, and where it is at home. */
  readonly ha: Ha;
  readonly volumes: (host: string, storage: string) => readonly Volume[];
  /** Lets something go wrong. */
  readonly fail: (fault: Fault) => OrderedFault;
  /** What a person does at the host: options of a VM change, undefined removes one. */
  readonly edit: (
    vmid: number,
    options: Readonly<Record<string, string | number | undefined>>,
  ) => void;
  /** What a person does at the host: a guest is there, or is gone. */
  readonly put: (guest: PutGuest) => void;
  readonly remove: (vmid: number) => void;
  readonly now: () => number;
  readonly stop: () => Promise<void>;
}

export interface PutGuest {
  readonly vmid: number;
  readonly node: string;
  readonly type?: "qemu" | "lxc";
  readonly config?: Config;
}

export async function startFakeProxmox(facts: FakeProxmoxFacts): Promise<FakeProxmox> {
  const world = makeWorld(facts);
  const authenticate = keepAccess(facts.tokens, world.faults, (vmid) =>
    poolOf(Number(vmid), world),
  );
  const calls: AnsweredCall[] = [];
  const { cert, key } = makeCertificate();
  const server = createServer({ cert, key, minVersion: "TLSv1.3" }, (request, response) => {
    void answer(request, response, { world, authenticate, calls });
  });
  const close = closer(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const stop = async (): Promise<void> => {
    world.clock.stop();
    await close();
  };
  return {
    endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    certificate: cert,
    calls,
    tasks: world.tasks.list,
    vms: () => world.guests.all(),
    ha: world.ha,
    volumes: (host, storage) => [...world.storages.at(host, storage).volumes.values()],
    fail: (fault) => world.faults.order(fault),
    ...byHand(world),
    now: () => world.clock.now(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function makeWorld(facts: FakeProxmoxFacts): World {
  const {
    hosts,
    storages = usualStorages,
    durations = {},
    images = [],
    scale = 1,
    agentAfter,
  } = facts;
  const clock = startClock(scale);
  const faults = keepFaults();
  const names = hosts.map(({ name }) => name);
  return {
    clock,
    faults,
    tasks: keepTasks(clock, faults, durations),
    hosts,
    storages: keepStorages(storages, names, faults),
    guests: keepGuests(),
    images,
    pools: new Map(),
    ha: { resources: new Map(), rules: new Map() },
    agentAfter,
  };
}

const poolOf = (vmid: number, { pools }: World): string | undefined =>
  [...pools].find(([, { vms }]) => vms.has(vmid))?.[0];

function byHand(world: World): Pick<FakeProxmox, "edit" | "put" | "remove"> {
  return {
    edit: (vmid, options) => {
      const guest = world.guests.find(vmid);
      if (guest === undefined) throw new Error(`no VM ${vmid} to edit`);
      const merged = Object.entries({ ...guest.config, ...options });
      guest.config = Object.fromEntries(
        merged.filter((entry): entry is [string, string | number] => entry[1] !== undefined),
      );
    },
    put: ({ vmid, node, type = "qemu", config = {} }) =>
      world.guests.add({
        vmid,
        node,
        type,
        config: { ...config, ...born(world) },
        isTemplate: false,
      }),
    remove: (vmid) => {
      for (const { volumes } of world.hosts.flatMap(({ name }) => world.storages.of(name)))
        for (const volume of volumes.values())
          if (volume.vmid === vmid) volumes.delete(volume.volid);
      world.guests.remove(vmid);
    },
  };
}

/** Connections that are kept open would keep the server open. */
function closer(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return async () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}
