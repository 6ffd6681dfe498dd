/** How long a preview takes of as much as a home has: six machines and sixty records. Not run with the upstream plugin of Cloudflare. */
import { expect, test } from "vitest";
import { GiB, MiB } from "../../fakes/proxmox/bytes.ts";
import { everything } from "../../fakes/proxmox/access.ts";
import { startFakeProxmox } from "../../fakes/proxmox/server.ts";
import { line, startNames } from "../names.ts";

const secret = "00000000-0000-4000-8000-000000000001";
const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const url = "https://factory.talos.dev/image/abc/v1.11.0/nocloud-amd64.qcow2";
const hosts = ["pve-1", "pve-2", "pve-3"];

/** What an answer of Cloudflare takes from a home. */
const delay = 100;
const most = 10_000;

const machine = (name: string, index: number, more: string) =>
  `"${name}-${index}": { machine: { host: "pve-${index}", ${more} }`;
const nodes = [1, 2, 3].flatMap((index) => [
  `${machine("control", index, `id: 21${index}, cores: 4, memory: "8Gi"`)}, address: "10.0.40.1${index}", controlPlane: true }`,
  `${machine("worker", index, `id: 22${index}, cores: 8, memory: "32Gi", data: "100Gi"`)}, address: "10.0.40.2${index}" }`,
]);
const labels = Array.from({ length: 59 }, (_, index) => `host-${index + 1}`);

test("a preview of 6 machines and 60 records takes 10 s at most", async () => {
  await using proxmox = await startFakeProxmox({
    hosts: hosts.map((name) => ({ name, cores: 16, memory: 64 * GiB })),
    tokens: [{ id: "rzp@pve!infra", secret, grants: everything }],
    images: [{ url, size: 300 * MiB, diskSize: 2 * GiB, checksums: { sha256 } }],
    scale: 0.01,
  });
  await using lab = await startNames({ delay });
  lab.write({
    hosts: labels,
    apiServer: ["10.0.40.10", "10.0.40.11", "10.0.40.12", "10.0.40.13"],
    nodes: nodes.join(", "),
    more: `machines: {
    endpoint: "${proxmox.endpoint.replace(/\/$/, "")}",
    unverified: because(true, "the certificate of a test is its own authority"),
    hosts: { ${hosts.map((name) => `"${name}": { cores: 16, memory: "64Gi", disk: "1800Gi" }`).join(", ")} },
    storage: { images: "local", disks: "local-lvm" },
    network: { gateway: "10.0.40.1", nameservers: ["10.0.40.1"] },
    image: { url: "${url}", sha256: "${sha256}" },
  },`,
  });
  const token = { PROXMOX_VE_API_TOKEN: `rzp@pve!infra=${secret}` };
  expect((await lab.infraWith(token, "up")).problems.map(line)).toEqual([]);
  expect(proxmox.vms()).toHaveLength(6);
  expect(lab.fake.records()).toHaveLength(60);
  const times: number[] = [];
  for (const _ of [1, 2, 3]) {
    const began = performance.now();
    const { text, problems } = await lab.infraWith(token, "preview");
    times.push(performance.now() - began);
    expect(problems.map(line)).toEqual([]);
    expect(text).toBe("  keep     71\n");
  }
  process.stdout.write(
    `preview of 6 machines and 60 records, ${delay} ms an answer of Cloudflare: ${times.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(", ")}\n`,
  );
  // Tests share a machine: what it takes is what the fastest took.
  expect(Math.min(...times)).toBeLessThan(most);
});
