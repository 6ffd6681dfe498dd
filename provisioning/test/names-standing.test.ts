/** What `infra status` tells of public names. */
import { expect, test } from "vitest";
import { commentOf } from "../src/dns/cloudflare.ts";
import { tellNames } from "../src/dns/standing.ts";
import type { WantedNames } from "../src/dns/wanted.ts";
import { startFakeCloudflare } from "./fakes/cloudflare/server.ts";

const id = "0".repeat(32);
const account = "1".repeat(32);
const token = `cfut_${"a".repeat(40)}`;
const alias = { type: "CNAME", content: "gateway-lab.example.com", proxied: true, ttl: 1 } as const;
const wanted: WantedNames = {
  zone: { name: "example.com", id },
  account,
  tunnel: { name: "rzp-lab", origin: "https://10.0.0.1:443", hosts: ["*.example.com"] },
  records: [
    { name: "blog.example.com", ...alias },
    { name: "films.example.com", ...alias },
    { name: "gateway-lab.example.com", type: "CNAME", proxied: true, ttl: 1 },
    { name: "photos.example.com", ...alias },
  ],
};
const tunnel = { id: "t1", account, name: "rzp-lab", secret: "", config: null, deleted: false };
const start = () =>
  startFakeCloudflare({
    zones: [{ id, name: "example.com", account }],
    tokens: [{ value: token, zoneRead: [id], dnsWrite: [id], tunnelWrite: [account] }],
  });

async function told(url: string, names = wanted, value = token): Promise<readonly string[]> {
  const said: string[] = [];
  const access = { token: value, baseUrl: url };
  const problems = await tellNames({ cluster: "lab", wanted: names, access }, (text) => {
    said.push(text.trimEnd());
  });
  return [...said, ...problems.map(({ code, message }) => `${code} ${message}`)];
}

test("of each whether it is there, whose it is and where it leads; nothing is changed", async () => {
  await using fake = await start();
  const made = { zone: id, type: "CNAME", proxied: true, ttl: 1, comment: commentOf("lab") };
  fake.put({ ...made, name: "gateway-lab.example.com", content: "t1.cfargotunnel.com" });
  fake.put({ ...made, name: "photos.example.com", content: "gateway-lab.example.com" });
  fake.put({ ...made, name: "films.example.com", content: "elsewhere.example.org" });
  const foreign = { ...made, type: "A", content: "198.51.100.7", comment: null };
  fake.put({ ...foreign, name: "blog.example.com" });
  fake.put({ ...foreign, name: "photos.example.com", type: "TXT" });
  fake.putTunnel({ ...tunnel, connections: 2 });
  expect(await told(fake.url)).toEqual([
    "rzp-lab  is there: healthy",
    "blog.example.com  is somebody else's: A 198.51.100.7",
    "films.example.com  leads elsewhere: CNAME elsewhere.example.org",
    "gateway-lab.example.com  is there: CNAME t1.cfargotunnel.com",
    "photos.example.com  is there: CNAME gateway-lab.example.com",
  ]);
  expect(fake.calls.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("a tunnel without an end, and an empty zone", async () => {
  await using fake = await start();
  fake.putTunnel({ ...tunnel, connections: 0 });
  const [first, ...names] = await told(fake.url);
  expect(first).toBe("rzp-lab  is there, and no cloudflared at its end (inactive)");
  expect(names.every((name) => name.endsWith("  is not there"))).toBe(true);
});

test("a way in by an address has no tunnel to tell of", async () => {
  await using fake = await start();
  const { tunnel: _, ...direct } = wanted;
  expect(await told(fake.url, { ...direct, records: wanted.records.slice(0, 1) })).toEqual([
    "blog.example.com  is not there",
  ]);
});

test("a token that may not look is told", async () => {
  await using fake = await start();
  expect(await told(fake.url, wanted, "another-token-of-nobody")).toEqual([
    expect.stringMatching(/^CLOUDFLARE_REFUSED Cloudflare says 4\d\d /),
  ]);
});
