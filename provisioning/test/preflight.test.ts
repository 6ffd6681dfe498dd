/** What stands against making machines is found before anything is made, on hosts as they are. */
import { afterEach, describe, expect, test } from "vitest";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import { lookAtHosts, preflight } from "../src/proxmox/hosts.ts";
import { neededRights, tokenCommands } from "../src/proxmox/rights.ts";
import type { Grant } from "./fakes/proxmox/access.ts";
import { everything } from "./fakes/proxmox/access.ts";
import { GiB } from "./fakes/proxmox/bytes.ts";
import {
  startFakeProxmox,
  type FakeProxmox,
  type FakeProxmoxFacts,
} from "./fakes/proxmox/server.ts";

const token = "rzp@pve!infra=00000000-0000-4000-8000-000000000001";
let fake: FakeProxmox | undefined;
afterEach(() => fake?.stop());

const machines: NonNullable<Cluster["machines"]> = {
  endpoint: "https://127.0.0.1:1",
  unverified: { because: "the certificate of a test is its own authority", value: true },
  hosts: {
    "pve-1": { cores: 16, memory: "64Gi", disk: "1800Gi" },
    "pve-2": { cores: 16, memory: "64Gi", disk: "1800Gi" },
  },
  storage: { images: "local", disks: "local-lvm" },
  network: { gateway: "10.0.40.1", nameservers: ["10.0.40.1"] },
  image: {
    url: "https://factory.talos.dev/image/abc/v1.11.0/nocloud-amd64.qcow2",
    sha256: "1".repeat(64),
  },
};
const worker = (host: string, id: number, cores = 8) => ({
  machine: { host, id, cores, memory: "16Gi", data: "100Gi" },
  address: `10.0.40.${id - 200}`,
});

interface Scene {
  readonly facts?: Partial<FakeProxmoxFacts>;
  readonly machines?: Partial<typeof machines>;
  readonly nodes?: Cluster["nodes"];
  readonly grants?: readonly Grant[];
  readonly ours?: Readonly<Record<number, string>>;
  readonly token?: string;
  readonly before?: (fake: FakeProxmox) => void;
}

/** What is found, a line each: code, message, fix. */
async function found(scene: Scene): Promise<string[]> {
  fake = await startFakeProxmox({
    hosts: ["pve-1", "pve-2"].map((name) => ({ name, cores: 16, memory: 64 * GiB })),
    tokens: [
      {
        id: "rzp@pve!infra",
        secret: token.split("=")[1] ?? "",
        grants: scene.grants ?? everything,
      },
    ],
    scale: 0.01,
    ...scene.facts,
  });
  scene.before?.(fake);
  const cluster = {
    networks: { nodes: "10.0.40.0/24" },
    nodes: scene.nodes ?? { "worker-1": worker("pve-1", 221), "worker-2": worker("pve-2", 222) },
    machines: { ...machines, endpoint: fake.endpoint.replace(/\/$/, ""), ...scene.machines },
  } as unknown as Cluster;
  const inventory = await lookAtHosts("rack", cluster, scene.token ?? token);
  const problems =
    inventory !== undefined && "code" in inventory
      ? [inventory]
      : preflight(
          "rack",
          cluster,
          inventory,
          new Map(Object.entries(scene.ours ?? {}).map(([id, name]) => [Number(id), name])),
        );
  return problems.map(({ code, message, fix }) =>
    `${code} ${message} | ${fix ?? ""}`.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"),
  );
}

describe("nothing stands against it", () => {
  test("on hosts with room", async () => {
    expect(await found({})).toEqual([]);
  });

  test("with the rights that `infra token` gives, and one less is noticed", async () => {
    const rights = neededRights(machines);
    const grants = rights.map(({ path, privileges, below }) => ({
      path,
      privileges,
      propagate: below,
    }));
    expect(await found({ grants })).toEqual([]);
    await fake?.stop();
    const less = grants.map((grant) =>
      grant.path === "/nodes" ? { ...grant, privileges: ["Sys.Audit"] } : grant,
    );
    expect(await found({ grants: less })).toEqual([
      "PROXMOX_REFUSED the token lacks Sys.AccessNetwork on /nodes | on a host, give the commands of `npm run infra -- token rack` again, but the last: the token stays",
    ]);
    // One that is there is no hindrance.
    expect(tokenCommands("rack", rights).at(-1)).toBe(
      "pveum user token remove rzp-rack@pve infra >/dev/null 2>&1; pveum user token add rzp-rack@pve infra --privsep 0",
    );
    expect(tokenCommands("rack", rights)).toEqual(
      expect.arrayContaining([
        'pveum role add RZP-rack-Hosts --privs "Sys.Audit Sys.AccessNetwork" 2>/dev/null || pveum role modify RZP-rack-Hosts --privs "Sys.Audit Sys.AccessNetwork"',
        "pveum acl modify /nodes --users rzp-rack@pve --roles RZP-rack-Hosts --propagate 1",
      ]),
    );
  });

  test("where a number is taken by the cluster's own machine", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 221, node: "pve-1", config: { name: "rack-worker-1" } });
    expect(await found({ before, ours: { 221: "rack-worker-1" } })).toEqual([]);
  });

  test("where a machine of its own was made while the connection broke", async () => {
    const before: Scene["before"] = (it) =>
      it.put({
        vmid: 221,
        node: "pve-1",
        config: { name: "rack-worker-1", tags: "rack;rzp;worker" },
      });
    expect(await found({ before })).toEqual([]);
  });

  test("where another cluster's machines are on the same hosts", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 321, node: "pve-1", config: { name: "farm-worker-1" } });
    expect(await found({ before })).toEqual([]);
  });
});

describe("it is found", () => {
  test("a number that a virtual machine has", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 221, node: "pve-2", config: { name: "nextcloud" } });
    expect(await found({ before })).toEqual([
      "MACHINE_TAKEN 221 is nextcloud on pve-2, which this cluster has not made | give worker-1 a free number such as 223, or remove the other guest yourself",
    ]);
  });

  test("a number that a container has", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 222, node: "pve-1", type: "lxc", config: { hostname: "pihole" } });
    expect(await found({ before })).toHaveLength(1);
  });

  test("a name that another machine has", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 500, node: "pve-2", config: { name: "rack-worker-1" } });
    expect(await found({ before })).toEqual([
      "MACHINE_TAKEN 500 is rack-worker-1 on pve-2, which this cluster has not made | give the other guest another name: qm set 500 --name <name>",
    ]);
  });

  test("a number of its own that somebody else's machine has by now", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 221, node: "pve-1", config: { name: "nextcloud" } });
    const [problem] = await found({ before, ours: { 221: "rack-worker-1" } });
    expect(problem).toMatch(/^MACHINE_TAKEN 221 is nextcloud on pve-1/);
  });

  test("the checksum of the example", async () => {
    const image = { ...machines.image, sha256: "0".repeat(64) };
    expect(await found({ machines: { image } })).toEqual([
      `MACHINE_FACTS the checksum of the image is that of the example | curl --location ${image.url} | sha256sum`,
    ]);
  });

  test("what answers and is not Proxmox VE", async () => {
    const before: Scene["before"] = (it) =>
      void it.fail({
        kind: "answer",
        status: 404,
        text: "no such file",
        method: "GET",
        path: /version/,
      });
    expect((await found({ before }))[0]).toMatch(/^PROXMOX_REFUSED/);
  });

  test("a number of a machine that another cluster has called the same", async () => {
    const before: Scene["before"] = (it) =>
      it.put({
        vmid: 221,
        node: "pve-1",
        config: { name: "rack-worker-1", tags: "rzp;farm;worker" },
      });
    expect(await found({ before })).toHaveLength(1);
  });

  test("a number of a template that is taken", async () => {
    const before: Scene["before"] = (it) =>
      it.put({ vmid: 901, node: "pve-1", config: { name: "debian" } });
    const hosts = {
      "pve-1": { ...machines.hosts["pve-1"], template: 901 },
      "pve-2": { ...machines.hosts["pve-2"], template: 902 },
    };
    expect(
      await found({ before, machines: { clone: "full", hosts } as Partial<typeof machines> }),
    ).toEqual([
      "MACHINE_TAKEN 901 is debian on pve-1, which this cluster has not made | give the template on pve-1 a free number such as 903, or remove the other guest yourself",
    ]);
  });

  test("a host that Proxmox VE does not have", async () => {
    const hosts = {
      "pve-1": machines.hosts["pve-1"],
      pve2: machines.hosts["pve-2"],
    } as typeof machines.hosts;
    expect(await found({ machines: { hosts } })).toEqual([
      'PROXMOX_HOST Proxmox VE has no host `pve2` | write "pve-2", or take it out of machines.hosts',
    ]);
  });

  test("a host that is offline", async () => {
    const before: Scene["before"] = (it) => void it.fail({ kind: "offline-host", host: "pve-2" });
    expect(await found({ before })).toEqual([
      'PROXMOX_HOST pve-2 is not online, so its machines can be neither read nor changed | start pve-2; if it is gone for good, see "A host that is gone" in docs/guide-machines.md',
    ]);
  });

  test("a host with less memory than was said", async () => {
    const hosts = [
      { name: "pve-1", cores: 16, memory: 16 * GiB },
      { name: "pve-2", cores: 16, memory: 64 * GiB },
    ];
    expect(await found({ facts: { hosts } })).toEqual([
      "MACHINE_ROOM the machines on pve-1 want 16Gi, and 14Gi are left of its 16Gi | make machines smaller, move one, or stop another guest",
    ]);
  });

  test("a host with fewer threads than a machine has cores", async () => {
    const hosts = [
      { name: "pve-1", cores: 4, memory: 64 * GiB },
      { name: "pve-2", cores: 16, memory: 64 * GiB },
    ];
    expect(await found({ facts: { hosts } })).toEqual([
      "MACHINE_ROOM 8 cores are more than pve-1 has threads | write 4 or fewer",
    ]);
  });

  test("a storage that is not there", async () => {
    const [problem] = await found({
      machines: { storage: { images: "local", disks: "local-lmv" } },
    });
    expect(problem).toBe(
      'PROXMOX_STORAGE pve-1 has no storage `local-lmv` | write "local-lvm", or add it on pve-1',
    );
  });

  test("a storage that takes no images", async () => {
    const storages = [
      { name: "local", type: "dir", content: ["iso", "backup"], total: 100 * GiB },
      { name: "local-lvm", type: "lvmthin", content: ["images"], total: 4096 * GiB },
    ] as const;
    expect((await found({ facts: { storages } }))[0]).toBe(
      "PROXMOX_STORAGE storage local of pve-1 takes no content of type `import` | pvesm set local --content iso,backup,import",
    );
  });

  test("disks that take their whole size at once, and have no room", async () => {
    const storages = [
      { name: "local", type: "dir", content: ["iso", "import"], total: 100 * GiB },
      { name: "local-lvm", type: "lvm", content: ["images"], total: 120 * GiB },
    ] as const;
    const [problem] = await found({ facts: { storages } });
    expect(problem).toMatch(
      /^PROXMOX_STORAGE new disks on pve-1 take 164Gi of local-lvm at once, and 120Gi are free/,
    );
  });

  test("a token that is not known", async () => {
    const [problem] = await found({ token: token.replace("0001", "0002") });
    expect(problem).toMatch(/^PROXMOX_REFUSED Proxmox VE refuses the token: 401 /);
  });

  test("a certificate nobody vouches for", async () => {
    const { unverified: _, endpoint: __, ...verified } = machines;
    const scene = {
      machines: { ...verified, unverified: undefined } as unknown as Partial<typeof machines>,
    };
    const [problem] = await found(scene);
    expect(problem).toMatch(
      /^PROXMOX_UNREACHABLE https:\/\/127\.0\.0\.1:PORT does not answer: self-signed certificate.* \| export NODE_EXTRA_CA_CERTS/,
    );
  });

  test("an address where nothing answers", async () => {
    const [problem] = await found({ machines: { endpoint: "https://127.0.0.1:1" } });
    expect(problem).toMatch(
      /^PROXMOX_UNREACHABLE https:\/\/127\.0\.0\.1:PORT does not answer: .*ECONNREFUSED/,
    );
  });
});

test("it is asked in half a second", async () => {
  await found({});
  const began = performance.now();
  await fake?.stop();
  await found({});
  expect(performance.now() - began).toBeLessThan(500);
});
