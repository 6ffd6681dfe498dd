/**
 * The life of public names, with the commands people give and the real engine, against a fake Cloudflare. Not run with the upstream
 * plugin, which cannot be had here: a plugin of ours with the same tokens stands for it (test/fakes/cloudflare/plugin.ts).
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tokenOf } from "../fakes/cloudflare/tunnels.ts";
import { hidden, line, startNames, zone, type NamesLab, type Said } from "./names.ts";

let lab: NamesLab;
const said: string[] = [];
beforeAll(async () => {
  lab = await startNames();
});
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

const infra = async (...args: Parameters<NamesLab["infra"]>): Promise<Said> => {
  const one = await lab.infra(...args);
  said.push(one.text, JSON.stringify(one.problems));
  return one;
};
const lines = (problems: Said["problems"]) => problems.map(line);
const records = () =>
  lab.fake
    .records()
    .map(({ name, type, content, proxied, ttl }) => `${name} ${type} ${content} ${proxied} ${ttl}`)
    .sort();
const tunnels = () => lab.fake.tunnels().filter(({ deleted }) => !deleted);
const writesSince = (count: number) =>
  lab.fake.calls.slice(count).filter(({ method }) => method !== "GET");
const foreign = {
  zone,
  type: "A",
  content: "198.51.100.7",
  proxied: false,
  ttl: 300,
  comment: null,
};

describe("not run with the upstream plugin:", () => {
  test("preview tells what would be made, and makes nothing", async () => {
    lab.fake.put({ ...foreign, name: "blog.example.com" });
    const { text, problems } = await infra("preview");
    expect(lines(problems)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "  make     gateway-lab.example.com  CNAME the tunnel, through Cloudflare
        make     photos.example.com       CNAME gateway-lab.example.com, through Cloudflare
        make     rzp-lab                  tunnel rzp-lab
        make     rzp-lab-rules            what the tunnel passes on
        keep     0
      "
    `);
    expect(writesSince(0)).toEqual([]);
  });

  test("up makes the tunnel, what it passes on, and names that lead to it", async () => {
    const { text, problems } = await infra("up");
    expect(lines(problems)).toEqual([]);
    expect(text).toContain("made     photos.example.com");
    const [tunnel] = tunnels();
    expect(records()).toEqual([
      "blog.example.com A 198.51.100.7 false 300",
      `gateway-lab.example.com CNAME ${tunnel?.id}.cfargotunnel.com true 1`,
      "photos.example.com CNAME gateway-lab.example.com true 1",
    ]);
    const rule = { service: "https://10.0.40.201:443", originRequest: { matchSNItoHost: true } };
    expect(tunnel).toMatchObject({
      name: "rzp-lab",
      config: {
        ingress: [
          { hostname: "*.example.com", ...rule },
          { hostname: "example.com", ...rule },
          { service: "http_status:404" },
        ],
      },
    });
  });

  test("up again changes nothing", async () => {
    const before = lab.fake.calls.length;
    const { text, problems } = await infra("up");
    expect(lines(problems)).toEqual([]);
    expect(text).toBe("  keep     4\n  kept     4\n");
    expect(writesSince(before)).toEqual([]);
  });

  test("drift is shown, and put back", async () => {
    const photos = lab.fake.records().find(({ name }) => name.startsWith("photos"));
    lab.fake.edit(photos?.id ?? "", { content: "elsewhere.example.org" });
    const { text } = await infra("preview");
    expect(text).toContain(
      'change   photos.example.com  content "elsewhere.example.org" -> "gateway-lab.example.com"',
    );
    expect(lines((await infra("up")).problems)).toEqual([]);
    expect(records()).toContain("photos.example.com CNAME gateway-lab.example.com true 1");
  });

  test("a record that was removed by hand comes back", async () => {
    const photos = lab.fake.records().find(({ name }) => name.startsWith("photos"));
    lab.fake.remove(photos?.id ?? "");
    expect((await infra("up")).text).toContain("made     photos.example.com");
    expect(records()).toHaveLength(3);
  });

  test("a name that would go stops, and goes when it is allowed by its name", async () => {
    lab.write({ hosts: ["films"] });
    const { problems } = await infra("up");
    expect(lines(problems)).toEqual([
      "CHANGE_GUARDED photos.example.com would be removed: nobody would find photos.example.com any more | undo the edit, or allow it: --allow photos.example.com",
    ]);
    expect(problems[0]?.place).toMatchObject({ file: "environments/clusters/lab.ts" });
    expect(lines((await infra("up", "photos.example.com")).problems)).toEqual([]);
    expect(records().map((text) => text.split(" ")[0])).toEqual([
      "blog.example.com",
      "films.example.com",
      "gateway-lab.example.com",
    ]);
  });

  test("a name somebody else has is neither taken over nor removed", async () => {
    lab.write({ hosts: ["films", "blog"] });
    const before = lab.fake.calls.length;
    expect(lines((await infra("up")).problems)).toEqual([
      "CLOUDFLARE_TAKEN blog.example.com is a record in the zone already, which our state does not know: A 198.51.100.7 | remove the record in Cloudflare, if nobody needs it, or give the route another host",
    ]);
    expect(writesSince(before)).toEqual([]);
    lab.write({ hosts: ["films"] });
  });

  test("where external-dns runs, hosts of routes are its own", async () => {
    lab.write({ hosts: ["films"], services: ["external-dns"] });
    expect(lines((await infra("up", "films.example.com")).problems)).toEqual([]);
    expect(records().map((text) => text.split(" ")[0])).toEqual([
      "blog.example.com",
      "gateway-lab.example.com",
    ]);
    const id = lab.fake.put({
      ...foreign,
      name: "films.example.com",
      type: "CNAME",
      content: "gateway-lab.example.com",
    });
    expect(lines((await infra("up")).problems)).toEqual([]);
    lab.fake.remove(id);
    lab.write({ hosts: ["films"] });
    expect(lines((await infra("up")).problems)).toEqual([]);
  });

  test("a tunnel stops to be the way in when it is allowed by its name; names stay", async () => {
    lab.write({ hosts: ["films"], wayIn: 'address: "203.0.113.10"' });
    expect(lines((await infra("up")).problems)).toEqual([
      "CHANGE_GUARDED rzp-lab would be removed: its token would be void, and every public name would lead nowhere until cloudflared has a new one | undo the edit, or allow it: --allow rzp-lab",
    ]);
    const [tunnel] = tunnels();
    if (tunnel === undefined) throw new Error("no tunnel");
    lab.fake.putTunnel({ ...tunnel, connections: 2 });
    expect(lines((await infra("up", "rzp-lab")).problems)[0]).toMatch(
      /^CHANGE_FAILED rzp-lab: .*active connections.* \| stop cloudflared first/,
    );
    lab.fake.putTunnel({ ...tunnel, connections: 0 });
    expect(lines((await infra("up", "rzp-lab")).problems)).toEqual([]);
    expect(tunnels()).toEqual([]);
    expect(records()).toEqual([
      "blog.example.com A 198.51.100.7 false 300",
      "films.example.com CNAME gateway-lab.example.com true 1",
      "gateway-lab.example.com A 203.0.113.10 true 1",
    ]);
  });

  test("names that lead past Cloudflare may be asked for again", async () => {
    lab.write({ hosts: ["films"], wayIn: 'address: "203.0.113.10", direct: true' });
    expect(lines((await infra("up")).problems)).toEqual([]);
    expect(records().slice(1)).toEqual([
      "films.example.com CNAME gateway-lab.example.com false 300",
      "gateway-lab.example.com A 203.0.113.10 false 300",
    ]);
  });

  test("what Cloudflare refuses says what to do, and what is done is kept", async () => {
    lab.write({ hosts: ["films", "music"], wayIn: 'address: "203.0.113.10", direct: true' });
    lab.fake.fail({
      method: "POST",
      status: 403,
      code: 10_000,
      message: "Authentication error",
      times: 1,
    });
    const [problem] = lines((await infra("up")).problems);
    expect(problem).toMatch(
      /^CHANGE_FAILED music\.example\.com: .*Authentication error.* \| the token lacks a right .*`npm run infra -- token lab`/,
    );
    expect((await infra("up")).text).toContain("made     music.example.com");
  });

  test("destroy names each name, and leaves what is somebody else's", async () => {
    const names = ["films.example.com", "gateway-lab.example.com", "music.example.com"];
    const { problems } = await infra("destroy");
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill("CHANGE_GUARDED"));
    expect(lines((await infra("destroy", ...names)).problems)).toEqual([]);
    expect(records()).toEqual(["blog.example.com A 198.51.100.7 false 300"]);
  });

  test("without public names nothing is asked of Cloudflare, and everything else works", async () => {
    lab.write({ publicNames: "" });
    const before = lab.fake.calls.length;
    const variables = { CLOUDFLARE_API_TOKEN: "" };
    for (const word of ["preview", "up", "up", "destroy"] as const) {
      const { text, problems } = await lab.infraWith(variables, word);
      expect(lines(problems)).toEqual([]);
      expect(text).not.toMatch(/make|made|remove/);
    }
    expect(lab.fake.calls).toHaveLength(before);
  });

  test("no token is in what is kept or said", () => {
    const files = readdirSync(lab.state, { recursive: true, encoding: "utf8" })
      .map((file) => path.join(lab.state, file))
      .filter((file) => statSync(file).isFile());
    expect(files.length).toBeGreaterThan(0);
    const texts = [...files.map((file) => readFileSync(file, "utf8")), ...said].join("\n");
    const ofTunnels = lab.fake.tunnels().flatMap((tunnel) => [tunnel.secret, tokenOf(tunnel)]);
    for (const secret of [...hidden, ...ofTunnels]) expect(texts).not.toContain(secret);
  });
});
