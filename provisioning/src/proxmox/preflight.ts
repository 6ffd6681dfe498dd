/** What would go wrong on the hosts, found before anything is made: rules on what is wanted and what is there. */
import type { Machines } from "../../../generator/src/model/machines.ts";
import { machineDefaults } from "../../../generator/src/model/machine-defaults.ts";
import { bytes, bytesWords } from "../../../generator/src/model/units.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { choice, problemAt } from "../../../generator/src/problems/report.ts";
import type { WantedMachine, WantedTemplate } from "../machines/wanted.ts";
import type { Guest, Host, Inventory } from "./inventory.ts";
import { missingRights, neededRights } from "./rights.ts";

export interface Asked {
  readonly cluster: string;
  readonly facts: Machines;
  readonly machines: readonly WantedMachine[];
  readonly templates: readonly WantedTemplate[];
  /** Guests the state of this cluster knows, made or begun: number to name. */
  readonly ours: ReadonlyMap<number, string>;
}

/** In: what is wanted, and what is there. Problems: MACHINE_FACTS, PROXMOX_REFUSED, PROXMOX_HOST, PROXMOX_STORAGE, MACHINE_TAKEN, MACHINE_ROOM. */
export function checkInventory(asked: Asked, inventory: Inventory): Problem[] {
  const used = inventory.hosts.filter(({ name }) => asked.facts.hosts[name] !== undefined);
  return [
    ...checkImage(asked),
    ...checkVersion(asked, inventory),
    ...checkRights(asked, inventory),
    ...checkHosts(asked, inventory),
    ...checkTaken(asked, inventory),
    ...used
      .filter(({ online }) => online)
      .flatMap((host) => [
        ...checkSize(asked, host, inventory.guests),
        ...checkStorages(asked, host),
      ]),
  ];
}

/** The example of a cluster that nobody has made yet. */
function checkImage({ cluster, facts }: Asked): Problem[] {
  if (!/^0+$/.test(facts.image.sha256)) return [];
  return [
    problemAt("MACHINE_FACTS", clusterFile(cluster), ["machines", "image", "sha256"], {
      message: "the checksum of the image is that of the example",
      found: JSON.stringify(facts.image.sha256),
      expected: "the checksum of the image at machines.image.url",
      fix: `curl --location ${facts.image.url} | sha256sum`,
    }),
  ];
}

/** What the provider is written for. */
const oldest = 9;

function checkVersion({ cluster }: Asked, { version }: Inventory): Problem[] {
  if (Number.parseInt(version, 10) >= oldest) return [];
  return [
    problemAt("PROXMOX_HOST", clusterFile(cluster), ["machines", "endpoint"], {
      message: `Proxmox VE ${version} answers`,
      found: version,
      expected: `Proxmox VE ${oldest} or newer`,
      fix: `upgrade the hosts (its documentation: "Upgrade from 8 to 9")`,
    }),
  ];
}

function checkRights({ cluster, facts }: Asked, { permissions }: Inventory): Problem[] {
  const missing = missingRights(neededRights(facts), permissions);
  if (missing.length === 0) return [];
  return [
    problemAt("PROXMOX_REFUSED", clusterFile(cluster), ["machines", "endpoint"], {
      message: `the token lacks ${missing.map(({ path, privileges }) => `${privileges.join(", ")} on ${path}`).join("; ")}`,
      expected: "the privileges `infra` needs, no more",
      fix: `on a host, give the commands of \`npm run infra -- token ${cluster}\` again, but the last: the token stays`,
    }),
  ];
}

function checkHosts({ cluster, facts }: Asked, { hosts }: Inventory): Problem[] {
  const there = hosts.map(({ name }) => name);
  return Object.keys(facts.hosts).flatMap((name) => {
    const host = hosts.find((one) => one.name === name);
    const keys = ["machines", "hosts", name];
    if (host === undefined) {
      return [
        problemAt("PROXMOX_HOST", clusterFile(cluster), keys, {
          message: `Proxmox VE has no host \`${name}\``,
          ...choice(name, there, "take it out of machines.hosts"),
          target: "key",
        }),
      ];
    }
    if (host.online) return [];
    return [
      problemAt("PROXMOX_HOST", clusterFile(cluster), keys, {
        message: `${name} is not online, so its machines can be neither read nor changed`,
        expected: "every host that has machines online",
        fix: `start ${name}; if it is gone for good, see "A host that is gone" in docs/guide-machines.md`,
        target: "key",
      }),
    ];
  });
}

/**
 * The provider takes whatever guest has the number of a machine for that machine, and removes it with the cluster: so a number that
 * another guest has is a mistake. Only a guest of this cluster may be taken over so: one that was made as the connection broke, so
 * that the state does not know it.
 */
function checkTaken(asked: Asked, { guests }: Inventory): Problem[] {
  const { cluster, machines, templates, ours } = asked;
  const wanted = [
    ...machines.map((one) => ({
      ...one,
      what: one.node,
      keys: ["nodes", one.node, "machine", "id"],
    })),
    ...templates.map((one) => ({
      ...one,
      what: `the template on ${one.host}`,
      keys: ["machines", "hosts", one.host, "template"],
    })),
  ];
  const foreign = guests.filter(
    (guest) =>
      ours.get(guest.id) !== guest.name && !wanted.some((one) => isLeftover(guest, one, cluster)),
  );
  return wanted.flatMap(({ what, id, name, keys }) => {
    const text = (guest: Guest, fix: string) =>
      problemAt("MACHINE_TAKEN", clusterFile(cluster), keys, {
        message: `${guest.id} is ${guest.name === "" ? "a guest" : guest.name} on ${guest.host}, which this cluster has not made`,
        found: String(id),
        expected: `a number nobody has, and a name (${name}) nobody has`,
        fix,
      });
    const sameNumber = foreign.find((guest) => guest.id === id);
    if (sameNumber !== undefined) {
      const free = freeId(id, guests, wanted);
      return [
        text(
          sameNumber,
          `give ${what} a free number such as ${free}, or remove the other guest yourself`,
        ),
      ];
    }
    const sameName = foreign.find((guest) => guest.name === name);
    return sameName === undefined
      ? []
      : [text(sameName, `give the other guest another name: qm set ${sameName.id} --name <name>`)];
  });
}

/** Guests that have the number of a machine of ours, and are another's now. In: what the state knows. Problems: MACHINE_TAKEN. */
export function checkStolen(
  cluster: string,
  ours: ReadonlyMap<number, string>,
  { guests }: Inventory,
): Problem[] {
  return guests
    .filter(({ id, name }) => ours.has(id) && ours.get(id) !== name)
    .map(({ id, name, host }) =>
      problemAt("MACHINE_TAKEN", clusterFile(cluster), [], {
        message: `${id} is ${name} on ${host} now, and was ${ours.get(id)} when this cluster made it`,
        found: name,
        expected: `${ours.get(id)}, or nothing`,
        fix: `forget the machine that is gone: npm run infra -- forget ${cluster} --allow <node>`,
      }),
    );
}

const isLeftover = (
  guest: Guest,
  { id, name, host }: { id: number; name: string; host: string },
  cluster: string,
): boolean =>
  guest.id === id &&
  guest.name === name &&
  guest.host === host &&
  guest.tags.includes("rzp") &&
  guest.tags.includes(cluster);

function freeId(
  from: number,
  guests: readonly Guest[],
  wanted: readonly { readonly id: number }[],
): number {
  const taken = new Set([...guests, ...wanted].map(({ id }) => id));
  let id = from;
  while (taken.has(id)) id += 1;
  return id;
}

function checkSize(asked: Asked, host: Host, guests: readonly Guest[]): Problem[] {
  const { cluster, machines, ours } = asked;
  const mine = machines.filter(({ host: on }) => on === host.name);
  const others = guests
    .filter(({ id, host: on, running }) => on === host.name && running && !ours.has(id))
    .reduce((sum, { memory }) => sum + memory, 0);
  const wanted = mine.reduce((sum, { memoryMiB }) => sum + memoryMiB * 2 ** 20, 0);
  const room = (host.memory ?? 0) - bytes(machineDefaults.hostMemory) - others;
  const threads = host.cores ?? 0;
  const keys = ["machines", "hosts", host.name];
  return [
    ...(wanted <= room
      ? []
      : [
          problemAt("MACHINE_ROOM", clusterFile(cluster), [...keys, "memory"], {
            message: `the machines on ${host.name} want ${bytesWords(wanted)}, and ${bytesWords(Math.max(0, room))} are left of its ${bytesWords(host.memory ?? 0)}${others === 0 ? "" : `, as other guests have ${bytesWords(others)}`}`,
            expected: `at most ${bytesWords(Math.max(0, room))}`,
            fix: "make machines smaller, move one, or stop another guest",
          }),
        ]),
    ...mine
      .filter(({ cores }) => cores > threads)
      .map(({ node, cores }) =>
        problemAt("MACHINE_ROOM", clusterFile(cluster), ["nodes", node, "machine", "cores"], {
          message: `${cores} cores are more than ${host.name} has threads`,
          found: String(cores),
          expected: `at most ${threads}`,
          fix: `write ${threads} or fewer`,
        }),
      ),
  ];
}

function checkStorages({ cluster, facts, machines, ours }: Asked, host: Host): Problem[] {
  const { images, disks } = facts.storage;
  const isShared = facts.storage.shared === true;
  const made = machines.filter(({ host: on, id }) => on === host.name && !ours.has(id));
  const size = made.reduce(
    (sum, { bootGiB, dataGiB = 0 }) => sum + (bootGiB + dataGiB) * 2 ** 30,
    0,
  );
  return [
    ...checkStorage(cluster, host, {
      field: "images",
      name: images,
      content: "import",
      size: 0,
      isShared,
    }),
    ...checkStorage(cluster, host, {
      field: "disks",
      name: disks,
      content: "images",
      size,
      isShared,
    }),
  ];
}

/** Storages that take a disk's whole size when it is made; on the others it grows as it is written. */
const thick = ["lvm", "iscsi", "iscsidirect"];

function checkStorage(
  cluster: string,
  host: Host,
  want: {
    field: "images" | "disks";
    name: string;
    content: string;
    size: number;
    isShared: boolean;
  },
): Problem[] {
  const { field, name, content, size, isShared } = want;
  const storage = host.storages.find((one) => one.storage === name);
  const problem = (text: Omit<Parameters<typeof problemAt>[3], "found">) => [
    problemAt("PROXMOX_STORAGE", clusterFile(cluster), ["machines", "storage", field], text),
  ];
  if (storage === undefined) {
    const names = host.storages.map((one) => one.storage);
    return [
      problemAt("PROXMOX_STORAGE", clusterFile(cluster), ["machines", "storage", field], {
        message: `${host.name} has no storage \`${name}\``,
        ...choice(name, names, `add it on ${host.name}`),
      }),
    ];
  }
  if (storage.enabled === 0 || storage.active === 0)
    return problem({
      message: `storage ${name} of ${host.name} is ${storage.enabled === 0 ? "disabled" : "not active"}`,
      expected: "a storage that can be written to",
      fix: `look at it on ${host.name}: pvesm status`,
    });
  if (!storage.content.split(",").includes(content))
    return problem({
      message: `storage ${name} of ${host.name} takes no content of type \`${content}\``,
      expected: `${content} among its content types (${storage.content})`,
      fix: `pvesm set ${name} --content ${[...storage.content.split(","), content].filter(Boolean).join(",")}`,
    });
  if (field === "disks" && isShared && storage.shared !== 1)
    return problem({
      message: `storage ${name} of ${host.name} is not shared, so no other host can start what is on it`,
      expected: "a storage that all hosts have in common, as shared: true says",
      fix: "name one (rbd, nfs), or remove shared and startAgain",
    });
  const { avail = 0 } = storage;
  if (thick.includes(storage.type) && size > avail)
    return problem({
      message: `new disks on ${host.name} take ${bytesWords(size)} of ${name} at once, and ${bytesWords(avail)} are free`,
      expected: `at most ${bytesWords(avail)}, or a storage that grows as it is written (lvmthin, zfspool, rbd)`,
      fix: "make disks smaller, or name another storage",
    });
  return [];
}
