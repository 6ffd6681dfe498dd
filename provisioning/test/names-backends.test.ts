/** What is true of whoever keeps the names of a cluster: Cloudflare, or nobody. The engine is not run; what is declared is looked at. */
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cloudflareBackend, noBackend, type NamesBackend } from "../src/dns/backend.ts";
import type { WantedNames } from "../src/dns/wanted.ts";
import { startFakeCloudflare, type FakeCloudflare } from "./fakes/cloudflare/server.ts";

const id = "0".repeat(32);
const account = "1".repeat(32);
const token = `cfut_${"a".repeat(40)}`;
const alias = { type: "CNAME", content: "gateway-lab.example.com", proxied: true, ttl: 1 } as const;
const wanted: WantedNames = {
  zone: { name: "example.com", id },
  account,
  tunnel: { name: "rzp-lab", origin: "https://10.0.0.1:443", hosts: ["*.example.com"] },
  records: [
    { name: "films.example.com", ...alias },
    { name: "gateway-lab.example.com", type: "CNAME", proxied: true, ttl: 1 },
    { name: "photos.example.com", ...alias },
  ],
};

const nothing = { kept: new Set<string>(), begun: new Set<string>() };

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

let declared: Declared[] = [];
beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      declared.push({ type, name, inputs: inputs as Declared["inputs"] });
      return { id: `${name}-id`, state: inputs as object };
    },
    call: () => ({}),
  });
});
beforeEach(() => {
  declared = [];
});

const backends: readonly (readonly [string, (fake: FakeCloudflare) => NamesBackend])[] = [
  ["cloudflare", ({ url }) => cloudflareBackend("lab", wanted, { token, baseUrl: url })],
  ["none", () => noBackend],
];

/** What it declares outside the engine, in a program of its own. */
async function declaredBy(backend: NamesBackend): Promise<Declared[]> {
  declared = [];
  backend.declare();
  await pulumi.runtime.disconnect();
  return declared
    .filter(({ type }) => type.startsWith("cloudflare:"))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
const records = (all: readonly Declared[]) => all.filter(({ type }) => type.includes("dnsRecord"));

describe.each(backends)("%s", (_, backendOf) => {
  async function start(): Promise<{ fake: FakeCloudflare; backend: NamesBackend }> {
    const fake = await startFakeCloudflare({
      zones: [{ id, name: "example.com", account }],
      tokens: [{ value: token, zoneRead: [id], dnsWrite: [id], tunnelWrite: [account] }],
    });
    return { fake, backend: backendOf(fake) };
  }

  test("changes nothing when it is asked, nor when it declares", async () => {
    const { fake, backend } = await start();
    await using _fake = fake;
    expect(await backend.hindrances(nothing)).toEqual([]);
    await declaredBy(backend);
    expect(fake.calls.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("removes nothing where no run was cut off", async () => {
    const { fake, backend } = await start();
    await using _fake = fake;
    const foreign = { zone: id, type: "A", content: "198.51.100.7", proxied: false, ttl: 300 };
    fake.put({ ...foreign, name: "photos.example.com", comment: "Made by RZP for cluster lab" });
    expect(await backend.clear(nothing)).toEqual([]);
    expect(fake.records()).toHaveLength(1);
  });

  test("declares the same each time, each name once", async () => {
    const { fake, backend } = await start();
    await using _fake = fake;
    const first = await declaredBy(backend);
    expect(await declaredBy(backend)).toEqual(first);
    const keys = first.map(({ type, name }) => `${type} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("declares whole names in the zone, and no time where Cloudflare answers", async () => {
    const { fake, backend } = await start();
    await using _fake = fake;
    for (const { name, inputs } of records(await declaredBy(backend))) {
      expect(name).toBe(inputs["name"]);
      expect(name.endsWith(".example.com")).toBe(true);
      expect(inputs).toMatchObject({ zoneId: id, comment: "Made by RZP for cluster lab" });
      if (inputs["proxied"] === true) expect(inputs["ttl"]).toBe(1);
    }
  });

  test("never declares what somebody else has, without a word", async () => {
    const { fake, backend } = await start();
    await using _fake = fake;
    const foreign = { zone: id, type: "A", content: "198.51.100.7", proxied: false, ttl: 300 };
    for (const name of ["photos.example.com", "blog.example.com"])
      fake.put({ ...foreign, name, comment: null });
    const found = await backend.hindrances(nothing);
    const meant = records(await declaredBy(backend)).map(({ name }) => name);
    for (const { name } of fake.records())
      expect(meant.includes(name)).toBe(found.some(({ message }) => message.startsWith(name)));
  });
});

test("cloudflare declares all that is wanted, none nothing", async () => {
  const all = await declaredBy(cloudflareBackend("lab", wanted, { token }));
  expect(all.map(({ name }) => name)).toEqual([
    "films.example.com",
    "gateway-lab.example.com",
    "photos.example.com",
    "rzp-lab",
    "rzp-lab-rules",
  ]);
  expect(all.find(({ name }) => name === "gateway-lab.example.com")?.inputs["content"]).toBe(
    "rzp-lab-id.cfargotunnel.com",
  );
  expect(await declaredBy(noBackend)).toEqual([]);
});
