/** What stands against keeping names is found before anything is made, by asking Cloudflare as it is. */
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { cloudflareBackend } from "../src/dns/backend.ts";
import { commentOf } from "../src/dns/cloudflare.ts";
import type { WantedNames } from "../src/dns/wanted.ts";
import {
  startFakeCloudflare,
  type FakeCloudflare,
  type FakeCloudflareFacts,
  type Fault,
} from "./fakes/cloudflare/server.ts";
import type { Token } from "./fakes/cloudflare/world.ts";

const id = "023e105f4ecef8ad9ca31a8372d0c353";
const account = "372e67954025e0ba6aaa6d586b9e0b59";
const value = `cfut_${"a".repeat(40)}`;
const enough: Token = { value, zoneRead: [id], dnsWrite: [id], tunnelWrite: [account] };
const zone = { id, name: "example.com", account };
const wanted: WantedNames = {
  zone: { name: "example.com", id },
  account,
  tunnel: { name: "rzp-lab", origin: "https://10.0.0.1:443", hosts: ["*.example.com"] },
  records: [
    { name: "gateway-lab.example.com", type: "CNAME", proxied: true, ttl: 1 },
    {
      name: "photos.example.com",
      type: "CNAME",
      content: "gateway-lab.example.com",
      proxied: true,
      ttl: 1,
    },
  ],
};
let fake: FakeCloudflare | undefined;
afterEach(() => fake?.stop());

interface Scene {
  readonly token?: Token;
  readonly facts?: Partial<FakeCloudflareFacts>;
  readonly wanted?: Partial<WantedNames>;
  readonly kept?: readonly string[];
  readonly begun?: readonly string[];
  readonly before?: (fake: FakeCloudflare) => void;
  readonly fault?: Fault;
}

/** What is found, a line each: code, message, fix. */
async function found(scene: Scene): Promise<string[]> {
  fake = await startFakeCloudflare({
    zones: [zone],
    tokens: [scene.token ?? enough],
    ...scene.facts,
  });
  scene.before?.(fake);
  if (scene.fault !== undefined) fake.fail(scene.fault);
  const backend = cloudflareBackend(
    "lab",
    { ...wanted, ...scene.wanted },
    { token: value, baseUrl: fake.url },
  );
  const known = { kept: new Set(scene.kept), begun: new Set(scene.begun) };
  const problems = await backend.hindrances(known);
  expect(fake.calls.every(({ method }) => method === "GET")).toBe(true);
  return problems.map(({ code, message, fix }) =>
    `${code} ${message} | ${fix ?? ""}`.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"),
  );
}

const lines = (problems: readonly Problem[]) =>
  problems.map(({ code, message, fix }) => `${code} ${message} | ${fix}`);

const nothing = { kept: new Set<string>(), begun: new Set<string>() };
const mend = "make one as `npm run infra -- token lab` says, and export CLOUDFLARE_API_TOKEN";
const record = {
  zone: id,
  name: "photos.example.com",
  type: "A",
  content: "198.51.100.7",
  proxied: false,
  ttl: 300,
  comment: null,
};
const tunnel = {
  id: "f70ff985-a4ef-4643-bbbc-4a0ed4fc8415",
  account,
  name: "rzp-lab",
  secret: "",
  config: null,
  deleted: false,
  connections: 0,
};

describe("nothing stands against it", () => {
  test("in an empty zone, with the rights `infra token` names", async () => {
    expect(await found({})).toEqual([]);
  });

  test("with a token of the account", async () => {
    expect(await found({ token: { ...enough, of: "account" } })).toEqual([]);
  });

  test("without rights on tunnels, where there is none", async () => {
    const { tunnelWrite: _, ...token } = enough;
    const { tunnel: __, ...direct } = wanted;
    fake = await startFakeCloudflare({ zones: [zone], tokens: [token] });
    const backend = cloudflareBackend("lab", direct, { token: value, baseUrl: fake.url });
    expect(await backend.hindrances(nothing)).toEqual([]);
  });

  test("where records and the tunnel are our own", async () => {
    const kept: string[] = [tunnel.id];
    const before: Scene["before"] = (it) => {
      kept.push(it.put(record));
      it.putTunnel(tunnel);
    };
    // Read when it is asked: the ids are known by then.
    expect(await found({ before, kept })).toEqual([]);
  });

  test("where other records have the name: text, mail", async () => {
    const before: Scene["before"] = (it) => {
      it.put({ ...record, type: "TXT", content: "heritage=external-dns" });
      it.put({ ...record, name: "mail.example.com", type: "MX" });
    };
    expect(await found({ before })).toEqual([]);
  });

  test("where a tunnel of the name was removed", async () => {
    const before: Scene["before"] = (it) => it.putTunnel({ ...tunnel, deleted: true });
    expect(await found({ before })).toEqual([]);
  });

  test("where Cloudflare lets us wait", async () => {
    const fault = { times: 2, status: 429, code: 971, retryAfter: 0.05 };
    expect(await found({ fault })).toEqual([]);
    expect(fake?.calls.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe("what is left of a run that was cut off", () => {
  const comment = commentOf("lab");
  const begun = ["photos.example.com", "rzp-lab"];
  const others = [
    ["of somebody else", { ...record, comment: null }],
    ["that was not begun", { ...record, name: "gateway-lab.example.com", comment }],
  ] as const;

  test("hinders nothing, and is removed", async () => {
    const before: Scene["before"] = (it) => {
      it.put({ ...record, comment });
      it.putTunnel(tunnel);
    };
    expect(await found({ before, begun })).toEqual([]);
    const access = { token: value, baseUrl: fake?.url ?? "" };
    const known = { kept: new Set<string>(), begun: new Set(begun) };
    expect(await cloudflareBackend("lab", wanted, access).clear(known)).toEqual([]);
    expect(fake?.records()).toEqual([]);
    expect(fake?.tunnels()).toMatchObject([{ deleted: true }]);
  });

  test.for(others)("is not a record %s, which stays", async ([, other]) => {
    const before: Scene["before"] = (it) => void it.put(other);
    expect(await found({ before, begun })).toHaveLength(1);
    const access = { token: value, baseUrl: fake?.url ?? "" };
    const known = { kept: new Set<string>(), begun: new Set(begun) };
    expect(await cloudflareBackend("lab", wanted, access).clear(known)).toEqual([]);
    expect(fake?.records()).toHaveLength(1);
  });
});

describe("it is found", () => {
  test("a token nobody knows", async () => {
    expect(await found({ token: { ...enough, value: "another" } })).toEqual([
      `CLOUDFLARE_REFUSED Cloudflare does not know the token: 401 1000 Invalid API Token | ${mend}`,
    ]);
  });

  test("a token that has expired", async () => {
    expect(await found({ token: { ...enough, status: "expired" } })).toEqual([
      `CLOUDFLARE_REFUSED Cloudflare says the token is expired | ${mend}`,
    ]);
  });

  test("a token that is switched off", async () => {
    expect(await found({ token: { ...enough, status: "disabled" } })).toEqual([
      `CLOUDFLARE_REFUSED Cloudflare says the token is disabled | enable it in Cloudflare (My Profile, API Tokens), or ${mend}`,
    ]);
  });

  test("a token that may not see the zone", async () => {
    const { zoneRead: _, ...token } = enough;
    expect(await found({ token })).toEqual([
      `CLOUDFLARE_REFUSED the token may not see the zone ${id} | mend publicNames.zone.id, if the overview page of the zone says another; else ${mend}`,
    ]);
  });

  test("a token that may only look at records", async () => {
    const { dnsWrite: _, ...token } = enough;
    expect(await found({ token: { ...token, dnsRead: [id] } })).toEqual([
      `CLOUDFLARE_REFUSED the token may read example.com, and not change its records | ${mend}`,
    ]);
  });

  test("a token that may see no tunnels", async () => {
    const { tunnelWrite: _, ...token } = enough;
    expect(await found({ token })).toEqual([
      `CLOUDFLARE_REFUSED the token may not see tunnels of the account | mend publicNames.account, if the overview page of the zone says another; else ${mend}`,
    ]);
  });

  test("an id of another zone", async () => {
    expect(await found({ facts: { zones: [{ ...zone, name: "example.org" }] } })).toEqual([
      `CLOUDFLARE_ZONE the zone ${id} is example.org | write "example.org"`,
    ]);
  });

  test("another account", async () => {
    const other = "f".repeat(32);
    expect(
      await found({
        facts: { zones: [{ ...zone, account: other }] },
      }),
    ).toEqual([`CLOUDFLARE_ZONE the zone is in another account | write "${other}"`]);
  });

  test("a zone nobody asks yet", async () => {
    expect(await found({ facts: { zones: [{ ...zone, status: "pending" }] } })).toEqual([
      "CLOUDFLARE_ZONE the zone example.com is pending: nobody asks Cloudflare for its names | give your registrar its name servers: ada.ns.cloudflare.com, bob.ns.cloudflare.com",
    ]);
  });

  test("a record somebody else has made, however many there are", async () => {
    const before: Scene["before"] = (it) => {
      for (let index = 0; index < 230; index++)
        it.put({ ...record, name: `host-${index}.example.com` });
      it.put(record);
    };
    expect(await found({ before })).toEqual([
      "CLOUDFLARE_TAKEN photos.example.com is a record in the zone already, which our state does not know: A 198.51.100.7 | remove the record in Cloudflare, if nobody needs it, or give the route another host",
    ]);
  });

  test("a record of our own that no state knows", async () => {
    const before: Scene["before"] = (it) => void it.put({ ...record, comment: commentOf("lab") });
    expect((await found({ before }))[0]).toMatch(
      /\| it is of a state that is lost\. Restore the state, or remove it: curl -sS -H @<\(printf .* -X DELETE https:.*\/zones\/[0-9a-f]{32}\/dns_records\/[0-9a-f]{32}$/,
    );
  });

  test("a tunnel somebody else has made", async () => {
    const before: Scene["before"] = (it) => it.putTunnel(tunnel);
    expect(await found({ before })).toEqual([
      `CLOUDFLARE_TAKEN there is a tunnel rzp-lab already (${tunnel.id}), which our state does not know | remove it in Cloudflare (Zero Trust, Networks, Tunnels), or restore the state`,
    ]);
  });

  test("a Cloudflare that lets nobody ask any more", async () => {
    const fault = {
      times: 100,
      status: 429,
      code: 971,
      retryAfter: 0.01,
      message: "Please wait and consider throttling your request speed",
    };
    expect(await found({ fault })).toEqual([
      "CLOUDFLARE_UNREACHABLE 127.0.0.1:PORT gives no answer: 429 Please wait and consider throttling your request speed | wait five minutes, and run the command again",
    ]);
  });

  test("a Cloudflare that would let us wait for hours", async () => {
    const began = performance.now();
    const fault = { times: 100, status: 429, code: 971, retryAfter: 7200 };
    expect((await found({ fault }))[0]).toMatch(/^CLOUDFLARE_UNREACHABLE/);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test("a Cloudflare that is down", async () => {
    expect((await found({ fault: { times: 1, status: 502, message: "Bad gateway" } }))[0]).toMatch(
      /^CLOUDFLARE_UNREACHABLE .* gives no answer: 502 Bad gateway \| unset CLOUDFLARE_BASE_URL/,
    );
  });

  test("nothing that answers", async () => {
    fake = await startFakeCloudflare({ zones: [zone], tokens: [enough] });
    await fake.stop();
    const access = { token: value, baseUrl: fake.url };
    const [problem] = await cloudflareBackend("lab", wanted, access).hindrances(nothing);
    expect(problem).toMatchObject({
      code: "CLOUDFLARE_UNREACHABLE",
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be asked: .*ECONNREFUSED/),
      fix: "unset CLOUDFLARE_BASE_URL, which is for tests, or mend it",
    });
  });
});

describe("of Cloudflare itself", () => {
  const access = { token: value };
  const at = () => cloudflareBackend("lab", wanted, access).hindrances(nothing);
  afterEach(() => vi.unstubAllGlobals());

  test("nothing that answers is the network's", async () => {
    const error = new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
    vi.stubGlobal("fetch", () => Promise.reject(error));
    expect(lines(await at())).toEqual([
      "CLOUDFLARE_UNREACHABLE api.cloudflare.com cannot be asked: getaddrinfo ENOTFOUND | mend the network to it, and run the command again",
    ]);
  });

  test("an answer that is none is Cloudflare's", async () => {
    vi.stubGlobal("fetch", async () => new Response("<html>", { status: 522 }));
    expect(lines(await at())).toEqual([
      "CLOUDFLARE_UNREACHABLE api.cloudflare.com gives no answer: 522 | wait, and run the command again: https://www.cloudflarestatus.com",
    ]);
  });

  test("a tunnel that has an end says what to do, and no token would help", async () => {
    fake = await startFakeCloudflare({ zones: [zone], tokens: [enough] });
    fake.putTunnel({ ...tunnel, connections: 2 });
    const backend = cloudflareBackend("lab", wanted, { token: value, baseUrl: fake.url });
    const known = { kept: new Set<string>(), begun: new Set(["rzp-lab"]) };
    expect(lines(await backend.clear(known))).toEqual([
      expect.stringMatching(
        /^CLOUDFLARE_REFUSED Cloudflare says 400 1022 .* \| stop cloudflared first: a tunnel with an end is not removed$/,
      ),
    ]);
  });
});

test("it is asked in half a second", async () => {
  await found({});
  await fake?.stop();
  const began = performance.now();
  await found({});
  expect(performance.now() - began).toBeLessThan(500);
});
