/** What a person is told to write instead, by the model as it is. */
import { expect, test } from "vitest";
import { specOfKind } from "../../model/service.ts";
import { problemsOfIssues } from "../zod-issues.ts";

function fixesOf(spec: object, schema: (typeof specOfKind)["service" | "composed"]) {
  const value = { tier: "media", about: "Says what it is", ...spec };
  const result = schema.safeParse(value);
  const locate = () => ({ file: "values.ts" });
  return problemsOfIssues(result.error?.issues ?? [], { schema, value, locate }).map(
    ({ fix }) => fix,
  );
}
const fixesOfService = (spec: object) => fixesOf({ image: "a/b:1", ...spec }, specOfKind.service);
const resources = (memory: unknown) => ({ resources: { cpu: "1", memory } });
const size = (text: unknown) => ({ storage: { data: { holds: "state", size: text } } });
const starts = (startsWithin: unknown) => ({ health: { http: "/", startsWithin } });
const cron = (text: string) => ({ runs: { as: "schedule", cron: text, endsWithin: "15m" } });
const internet = (...ports: unknown[]) => ({ reaches: { internet: ports } });
const exposes = (ports: object, clients: unknown) => ({ exposes: { web: { ports, clients } } });
const because = (value: unknown) => ({ because: "nothing else would do", value });

test.for<[object, string]>([
  // What is either true or not there.
  [{ stopped: false }, "leave the line out"],
  [{ userNamespace: null }, "leave the line out"],
  [{ size: null }, "leave the line out"],
  [{ network: { host: false } }, "leave the line out"],
  [{ network: { host: because(false) } }, "leave the line out"],
  [{ health: { grpc: false } }, "leave the line out"],
  [
    { security: because({ user: 1000 }) },
    "leave it out: users that are not root are `runAs: { user: … }`",
  ],
  // Lines of words.
  [{ command: "npm start" }, 'write ["npm", "start"]'],
  [
    { command: "npm run build && exec npm start --workspace server --port 8080" },
    'write ["sh", "-c", "npm run build && exec npm start --workspace server --port 8080"]',
  ],
  [{ args: "--port $(PORT) -v" }, 'write ["--port", "$(PORT)", "-v"]'],
  [
    { args: "--name 'a b'" },
    'write its words as a list; what needs a shell is `command: ["sh", "-c", "…"]`',
  ],
  [{ health: { exec: "pg_isready -q" } }, 'write ["pg_isready", "-q"]'],
  // Sizes and times.
  [resources("512"), 'write "512Mi"'],
  [resources(512), 'write "512Mi"'],
  [resources("512m"), 'write "512Mi"'],
  [resources(536_870_912), 'write "512Mi"'],
  [size("5GB"), 'write "5Gi"'],
  [size("20"), 'write "20Gi"'],
  [size("2 GiB"), 'write "2Gi"'],
  [size("some"), 'write it like "5Gi"'],
  [starts(60), 'write "60s"'],
  [starts("90"), 'write "90s"'],
  [starts("1 min 30 sec"), 'write "1m30s"'],
  [starts("7 days"), 'write "168h"'],
  [{ storage: { data: { holds: "state", size: "5Gi", backup: { keep: "48" } } } }, 'write "48h"'],
  [starts("500ms"), 'write it like "5m"'],
  // Schedules.
  [cron("0 0 4 * * *"), 'write "0 4 * * *"'],
  [cron("0  4 * * 7"), 'write "0 4 * * 0"'],
  [cron("0 4 * * 1-7"), 'write "0 4 * * 1-6,0"'],
  [cron("0 4 * * Monday"), 'write "0 4 * * mon"'],
  [cron("61 4 * * *"), "mend the field; crontab.guru shows what a schedule means"],
  [{ runs: { as: "schedule", cron: "0 4 * * *" } }, 'add `endsWithin: "15m"`'],
  [{ runs: { as: "job" } }, 'add `endsWithin: "15m"`'],
  // References and paths.
  [{ files: { "/etc/x.conf": { file: "./x.conf" } } }, 'write "config/x.conf"'],
  [{ files: { "etc/x.conf": "x" } }, "write `/etc/x.conf`"],
  [{ files: { "/etc//x/": "x" } }, "write `/etc/x`"],
  [{ env: { KEY: { secret: "notes/session-key" } } }, 'write "session-key"'],
  [{ env: { NODE: { pod: "metadata.nodeName" } } }, 'write "spec.nodeName"'],
  [{ env: { IP: { pod: "podIP" } } }, 'write "status.podIP"'],
  // Objectives.
  [{ objective: 0.995 }, "write 99.5"],
  [{ objective: "99.9%" }, "write 99.9"],
  // Connections.
  [internet("htps"), 'write "https"'],
  [internet("api.github.com:443"), 'write "https"'],
  [internet("api.github.com:8443"), 'write "8443"'],
  [internet("http://api.github.com/v3"), 'write "http"'],
  [internet("imaps"), 'write "993"'],
  [internet("RTSP"), 'write "554"'],
  [internet("rtsp://camera/stream"), 'write "554"'],
  [internet("rtsp://camera:8554/stream"), 'write "8554"'],
  [internet("quic"), 'write "443/udp"'],
  [internet("quic://h:443"), 'write "443/udp"'],
  [internet("snmp://h:161"), 'write "161/udp"'],
  [internet("syslog://h:1514"), 'write "1514/udp"'],
  [internet("ntp://h:123"), 'write "123/udp"'],
  [internet("ntp://h"), 'write "ntp"'],
  [internet("dns://h:5353"), 'write "5353/udp"'],
  [internet("udp://h:443"), 'write "443/udp"'],
  [internet("coap://h:5683"), 'write "5683/udp"'],
  [internet("coaps://h:5684"), 'write "5684/udp"'],
  [internet("coaps"), 'write "5684/udp"'],
  [internet("NTP://h:123"), 'write "123/udp"'],
  [internet("HTTPS://API.example.com"), 'write "https"'],
  [internet("1.1.1.1:53/udp"), 'write "53/udp"'],
  [internet("1.1.1.1:443/UDP"), 'write "443/udp"'],
  [internet("1.1.1.1:53/tcp"), 'write "53"'],
  [internet("dns://1.1.1.1:53/tcp"), 'write "53"'],
  [internet("h:443/tcp"), 'write "https"'],
  [internet("h:8443/udp-over-tcp"), 'write "8443"'],
  [internet("tftp"), 'write "69/udp"'],
  [internet("mqtt://h:8884"), 'write "8884"'],
  [internet("wss://h:443"), 'write "https"'],
  [internet("*"), 'write "any"'],
  [internet("toString"), 'write it like "https"'],
  [
    { reaches: { lan: { "192.168.1.5": ["445"] } } },
    'name it in the file of the cluster, as in hosts: { nas: "192.168.1.5" }, and write that name',
  ],
  [
    { reaches: { lan: { "fd00::5": ["445"] } } },
    'name it in the file of the cluster, as in hosts: { nas: "192.168.1.5" }, and write that name',
  ],
  [{ reaches: { lan: { NAS: ["445"] } } }, "write `nas`"],
  [exposes({ 80: "http" }, "10.0.10.0/24"), 'write ["10.0.10.0/24"]'],
  [exposes({ http: 80 }, "lan"), 'write `{ 80: "http" }`'],
  [
    { exposes: { web: { clients: "lan", http: 80 } } },
    'write `ports: { 80: "http" }` instead of `http`',
  ],
  // Words of others.
  [{ environment: {} }, "write `env` instead of `environment`"],
  [{ livenessProbe: {} }, 'write `health: { http: "/health" }` instead of `livenessProbe`'],
  [
    { health: { http: "/" }, readinessProbe: {} },
    "write what `readinessProbe` says into `health`, which is there already",
  ],
  [{ replica_count: 2 }, "write `replicas: 2` instead of `replica_count`"],
  [{ restart: "always" }, "remove `restart`: what ends is started again"],
  [
    { sidecars: { one: { image: "a/b:1", volumes: [] } } },
    'write `mounts: { data: "/data" }` instead of `volumes`',
  ],
])("%j: %s", ([spec, fix]) => {
  const [only, ...others] = fixesOfService(spec);
  expect(others).toEqual([]);
  expect(only).toContain(fix);
});

test.for<[object, string]>([
  [{ livenessProbe: {} }, "write it as `components.server.health`"],
  [
    { components: { server: { image: "a/b:1", ingress: {} } } },
    "write `routes` beside `components`",
  ],
])("of several components, %j: %s", ([spec, fix]) => {
  const composed = { components: { server: { image: "a/b:1" } }, ...spec };
  expect(fixesOf(composed, specOfKind.composed)).toEqual([fix]);
});

test("requests and limits are four fields, and none of them is missing", () => {
  expect(fixesOfService({ resources: { requests: {}, limits: {} } })).toEqual([
    'write `cpu: "250m", memory: "512Mi"` instead of `requests`',
    'write `memoryLimit: "512Mi"` instead of `limits`',
  ]);
});

test("texts say what else is legal", () => {
  const schema = specOfKind.service;
  const value = { tier: "media", about: "Says what it is", image: "a/b:1" };
  const legal = { ...value, ...cron("@daily"), ...size("5G") };
  expect(schema.safeParse(legal).success).toBe(true);
  const wrong = { ...value, ...cron("daily"), ...size("x"), ...exposes({ 80: "http" }, "home") };
  const issues = schema.safeParse(wrong).error?.issues ?? [];
  const problems = problemsOfIssues(issues, {
    schema,
    value: wrong,
    locate: () => ({ file: "values.ts" }),
  });
  const texts = problems.map(({ message, expected = "" }) => `${message} ${expected}`).join("\n");
  for (const text of ["@daily", "or M, G, T", 'a list of text, e.g. ["10.0.10.0/24"]'])
    expect(texts).toContain(text);
});
