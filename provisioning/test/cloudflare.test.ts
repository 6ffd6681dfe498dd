/** The rules of the fake Cloudflare: a proof against a fake is worth what the fake refuses. */
import { afterEach, describe, expect, test } from "vitest";
import { startFakeCloudflare, type FakeCloudflare } from "./fakes/cloudflare/server.ts";
import type { Token } from "./fakes/cloudflare/world.ts";

const zone = "0".repeat(32);
const account = "1".repeat(32);
const whole: Token = {
  value: "whole",
  zoneRead: [zone],
  dnsWrite: [zone],
  tunnelWrite: [account],
};
let fake: FakeCloudflare | undefined;
afterEach(() => fake?.stop());

interface Answer {
  readonly status: number;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly result: Record<string, unknown> & { readonly length?: number };
  readonly result_info?: Record<string, number>;
}

async function start(tokens: readonly Token[] = [whole]) {
  fake = await startFakeCloudflare({ zones: [{ id: zone, name: "example.com", account }], tokens });
  const { url } = fake;
  return async (method: string, path: string, body?: object, token = "whole"): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, ...((await answer.json()) as Omit<Answer, "status">) };
  };
}
const codeOf = ({ status, errors }: Answer): string => `${status} ${errors[0]?.code}`;
const path = `/zones/${zone}/dns_records`;
const alias = { type: "CNAME", name: "photos", content: "gateway.example.com", ttl: 1 };
const home = { type: "A", name: "photos", content: "203.0.113.10", ttl: 300 };

describe("a record", () => {
  test.for([
    ["@", "example.com"],
    ["photos", "photos.example.com"],
    ["Photos.Example.com.", "photos.example.com"],
    ["*.tv", "*.tv.example.com"],
    // As the real one does: it is taken for a label.
    ["photos.example.org", "photos.example.org.example.com"],
  ])("of %s is one of %s", async ([written, kept]) => {
    const ask = await start();
    expect((await ask("POST", path, { ...home, name: written })).result["name"]).toBe(kept);
  });

  test("that is proxied has no time of its own", async () => {
    const ask = await start();
    const { result } = await ask("POST", path, { ...home, proxied: true, ttl: 300 });
    expect(result).toMatchObject({ ttl: 1, proxied: true, proxiable: true });
  });

  test.for([
    ["the same again", [alias, alias], "400 81058"],
    ["another alias of a name", [alias, { ...alias, content: "other.example.com" }], "400 81053"],
    ["an alias beside an address", [home, alias], "400 81053"],
    ["an address beside an alias", [alias, home], "400 81054"],
    ["an address that is none", [{ ...home, content: "203.0.113.510" }], "400 9005"],
    ["IPv6 that is none", [{ ...home, type: "AAAA" }], "400 9006"],
    ["an alias of an address", [{ ...alias, content: "203.0.113.10" }], "400 9007"],
    ["too short a time", [{ ...home, ttl: 30 }], "400 9021"],
    ["text that is proxied", [{ ...home, type: "TXT", proxied: true }], "400 9004"],
    ["a private address proxied", [{ ...home, content: "10.0.0.1", proxied: true }], "400 9003"],
  ] as const)("is refused: %s", async ([, bodies, code]) => {
    const ask = await start();
    const answers = [];
    for (const body of bodies) answers.push(await ask("POST", path, body));
    expect(answers.slice(0, -1).map(({ status }) => status)).toEqual(
      bodies.slice(1).map(() => 200),
    );
    expect(answers.slice(-1).map(codeOf)).toEqual([code]);
    expect(fake?.records()).toHaveLength(bodies.length - 1);
  });

  test("two addresses may have one name, and text stands beside an alias", async () => {
    const ask = await start();
    await ask("POST", path, home);
    expect((await ask("POST", path, { ...home, content: "203.0.113.11" })).status).toBe(200);
    await ask("POST", path, { ...alias, name: "films" });
    expect((await ask("POST", path, { ...home, name: "films", type: "TXT" })).status).toBe(200);
  });

  test("is changed, found by its name, removed, and then not there", async () => {
    const ask = await start();
    const { result } = await ask("POST", path, home);
    const own = `${path}/${String(result["id"])}`;
    await ask("PUT", own, { ...home, content: "203.0.113.11" });
    expect((await ask("GET", `${path}?name=photos.example.com`)).result).toMatchObject([
      { content: "203.0.113.11" },
    ]);
    expect((await ask("GET", `${path}?name=films.example.com`)).result).toEqual([]);
    await ask("DELETE", own);
    expect(codeOf(await ask("GET", own))).toBe("404 81044");
  });

  test("lists come in pages", async () => {
    const ask = await start();
    for (const label of ["a", "b", "c"]) await ask("POST", path, { ...home, name: label });
    const second = await ask("GET", `${path}?page=2&per_page=2`);
    expect(second.result).toHaveLength(1);
    expect(second.result_info).toEqual({
      page: 2,
      per_page: 2,
      count: 1,
      total_count: 3,
      total_pages: 2,
    });
  });
});

describe("a token", () => {
  test.for([
    ["nobody knows", "other", "403 9109"],
    ["that is none", "a b", "400 6003"],
    ["for another zone", "poor", "403 10000"],
  ])("%s is refused", async ([, token, code]) => {
    const ask = await start([whole, { value: "poor", dnsRead: [zone] }]);
    expect(codeOf(await ask("POST", path, home, token))).toBe(code);
    expect(codeOf(await ask("GET", `/zones/${zone}`, undefined, token))).toBe(code);
  });

  test("is verified where it belongs to", async () => {
    const ask = await start([whole, { value: "robot", of: "account" }]);
    const verify = async (at: string, token: string) =>
      (await ask("GET", `${at}/tokens/verify`, undefined, token)).status;
    expect(await verify("/user", "whole")).toBe(200);
    expect(await verify("/user", "robot")).toBe(401);
    expect(await verify(`/accounts/${account}`, "robot")).toBe(200);
    expect(await verify("/user", "nobody")).toBe(401);
  });

  test("an id of no form leads nowhere", async () => {
    const ask = await start();
    expect(codeOf(await ask("GET", "/zones/example.com/dns_records"))).toBe("404 7003");
  });
});

describe("a tunnel", () => {
  const tunnels = `/accounts/${account}/cfd_tunnel`;
  const last = { service: "http_status:404" };

  test("has a name nobody else has, until it is removed", async () => {
    const ask = await start();
    const { result } = await ask("POST", tunnels, { name: "rzp-lab" });
    expect(codeOf(await ask("POST", tunnels, { name: "rzp-lab" }))).toBe("409 1013");
    await ask("DELETE", `${tunnels}/${String(result["id"])}`);
    expect((await ask("GET", `${tunnels}?is_deleted=false`)).result).toEqual([]);
    expect((await ask("POST", tunnels, { name: "rzp-lab" })).status).toBe(200);
  });

  test("passes on what it is told, with a rule for all else at the end", async () => {
    const ask = await start();
    const { result } = await ask("POST", tunnels, { name: "rzp-lab" });
    const rules = `${tunnels}/${String(result["id"])}/configurations`;
    const first = { hostname: "*.example.com", service: "https://10.0.0.1" };
    const put = (ingress: readonly object[]) => ask("PUT", rules, { config: { ingress } });
    expect(codeOf(await put([first]))).toBe("400 1056");
    expect(codeOf(await put([]))).toBe("400 1056");
    expect((await put([first, last])).status).toBe(200);
    expect((await ask("GET", rules)).result["config"]).toEqual({ ingress: [first, last] });
  });

  test("is not removed while something holds its other end", async () => {
    const ask = await start();
    const { result } = await ask("POST", tunnels, { name: "rzp-lab" });
    const [tunnel] = fake?.tunnels() ?? [];
    if (tunnel !== undefined) fake?.putTunnel({ ...tunnel, connections: 1 });
    expect(codeOf(await ask("DELETE", `${tunnels}/${String(result["id"])}`))).toBe("400 1022");
  });

  test("shows its secret in its token alone, to who may change it", async () => {
    const ask = await start([whole, { value: "looks", tunnelRead: [account] }]);
    const { result } = await ask("POST", tunnels, { name: "rzp-lab" });
    const secret = fake?.tunnels()[0]?.secret ?? "";
    expect(JSON.stringify((await ask("GET", tunnels)).result)).not.toContain(secret);
    const at = `${tunnels}/${String(result["id"])}/token`;
    expect(codeOf(await ask("GET", at, undefined, "looks"))).toBe("403 10000");
    const token = String((await ask("GET", at)).result);
    expect(JSON.parse(Buffer.from(token, "base64").toString())).toMatchObject({ s: secret });
  });
});
