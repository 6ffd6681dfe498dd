/** An authored file without its edges to services that are not there: nothing else of it changes. */
import { describe, expect, test } from "vitest";
import { edgesTo, withoutMissingEdges } from "./edges.ts";

const without = (text: string, ...present: string[]) => withoutMissingEdges(text, new Set(present));

const radarr = `import { defineService, from, secret } from "#rzp";

export default defineService({
  tier: "media",
  env: { DB: from("postgres", "host"), KEY: secret("key"), LEVEL: "info" },
  files: { "/etc/url": from("prowlarr", "url") },
  consumes: { postgres: { login: "radarr" }, "qbit-torrent": "http", "./web": "http" },
  needs: ["postgres", "valkey"],
});
`;

test("a file is left as it is, to the byte, when all are there", () => {
  expect(without(radarr, "postgres", "prowlarr", "qbit-torrent", "valkey")).toEqual({
    text: radarr,
    left: [],
  });
});

test("a connection, what is read of it, and what waits for it go together", () => {
  const { text, left } = without(radarr, "postgres", "prowlarr");
  expect(left).toEqual(["qbit-torrent", "valkey"]);
  expect(text).not.toMatch(/qbit-torrent|valkey/);
  expect(text).toContain('needs: ["postgres"]');
  expect(text).toContain('consumes: { postgres: { login: "radarr" }');
});

test("an edge inside the service stays, whoever is there", () => {
  expect(without(radarr).text).toContain('"./web": "http"');
});

test("fields and imports that hold nothing any more go too; those still used stay", () => {
  const { text, left } = without(radarr);
  expect(left).toEqual(["postgres", "qbit-torrent", "valkey"]);
  expect(text).not.toMatch(/files|needs|from[,(]/);
  expect(text).toContain('KEY: secret("key"), LEVEL: "info"');
  expect(text).toMatch(/^import \{ defineService, secret \} from "#rzp";/);
});

test("what a file sends everything to cannot be left out: it is named, and the file stays as it is", () => {
  const vector = `export default defineService({ files: { "/a": logPipeline({ store: "openobserve", user: "me" }) }, consumes: { openobserve: "http", valkey: "redis" } });\n`;
  expect(without(vector, "valkey")).toEqual({ text: vector, left: [], lacks: "openobserve" });
  expect(without(vector, "openobserve")).toMatchObject({ left: ["valkey"] });
  expect(without(vector.replace('"openobserve"', "store"), "valkey").lacks).toBeUndefined();
});

describe("what is not written plainly is left alone", () => {
  test.for([
    { name: "a list from elsewhere", field: "needs: others" },
    { name: "an element that is no name", field: "needs: [other]" },
    { name: "a map from elsewhere", field: "consumes: connections" },
    { name: "another function of that name's kind", field: 'env: { A: pod("postgres") }' },
  ])("$name", ({ field }) => {
    const text = `export default defineService({ ${field} });\n`;
    expect(without(text)).toEqual({ text, left: [] });
  });
});

test("what is sent to the address of one that is not there goes with its edge", () => {
  const text = `import { defineChart } from "#rzp";

export default defineChart({
  chart: {
    values: {
      remoteWrite: [{ name: "vector", url: "http://vector.observability-vector.svc:9092/" }],
      others: [{ url: "http://loki.data-loki.svc/" }, { url: "https://vector.example.com/" }],
    },
  },
  components: { server: { consumes: { "./alertmanager": "web", vector: "remote-write" } } },
});
`;
  expect(without(text, "loki").text).toBe(
    text
      .replace(/ *remoteWrite.*\n/, "")
      .replace('"./alertmanager": "web", vector: "remote-write"', '"./alertmanager": "web"'),
  );
  expect(without(text, "vector", "loki").text).toBe(text);
  expect(edgesTo(text, "vector")).toEqual(['vector: "remote-write" into consumes of server']);
  expect(edgesTo(text, "loki")).toEqual([]);
});

test("what keeps dashboards makes no sense without where they are kept", () => {
  const text =
    'defineService({ files: { "/a.json": dashboards() }, consumes: { openobserve: "http" } });\n';
  expect(without(text)).toEqual({ text, left: [], lacks: "openobserve" });
  expect(without(text, "openobserve")).toEqual({ text, left: [] });
});
