import { describe, expect, test } from "vitest";
import { filesName } from "../../src/model/names.ts";
import { chart, sceneWith } from "../model-leaves/scene.ts";
import { build } from "../model-leaves/build.ts";
import { checkManifests } from "../support/manifests.ts";
import { lookAlikes } from "../tools/verify/planted-secrets.ts";
import {
  clusterObject,
  container,
  cronJob,
  deployment,
  findings,
  messages,
  object,
  podSpec,
  rendered,
} from "./builder.ts";
import type { Tree } from "./builder.ts";

const code = "MANIFEST_SECRET_MATERIAL";
const configMap = (value: string) =>
  rendered([object("v1", "ConfigMap", "sonarr-files", { data: { "app.conf": value } })]);
const variable = (value: string) =>
  rendered([deployment(podSpec({ containers: [container({ env: [{ name: "TOKEN", value }] })] }))]);

// Joined here, so that no secret scan takes these for real ones.
const key = ["-----BEGIN", "OPENSSH PRIVATE KEY-----\nabc"].join(" ");
const token = `ghp_${"a".repeat(36)}`;
const shapes: readonly (readonly [string, string])[] = [
  ["a private key", key],
  ["a private key", ["-----BEGIN", "PRIVATE KEY-----"].join(" ")],
  ["a GitHub token", token],
  ["a GitLab token", `glpat-${"a".repeat(20)}`],
  ["an AWS access key", `AKIA${"A".repeat(16)}`],
  ["an age key", `AGE-SECRET-KEY-1${"Q".repeat(58)}`],
  ["a JSON web token", `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`],
  ["an address with a password", ["postgres://sonarr:", "hunter22@db:5432/sonarr"].join("")],
];

test.for(shapes)("%s in a ConfigMap and in a variable", ([words, value]) => {
  expect(messages(findings(code, configMap(value)))).toEqual([
    `ConfigMap sonarr-files: \`app.conf\` holds ${words}`,
  ]);
  expect(messages(findings(code, variable(value)))).toEqual([
    `Deployment sonarr: variable TOKEN of container main holds ${words}`,
  ]);
});

const pod = (more: object) => podSpec({ containers: [container({ ...more })] });
/** Where a text may stand, the words for it, and where it was written. */
const elsewhere: readonly (readonly [string, (value: string) => object, string, unknown[]])[] = [
  [
    "an argument",
    (value) => deployment(pod({ args: ["--to", value] })),
    "Deployment sonarr: `args` of container main",
    ["args", 1],
  ],
  [
    "a command",
    (value) => deployment(pod({ command: [`--token=${value}`] })),
    "Deployment sonarr: `command` of container main",
    ["command", 0],
  ],
  [
    "a header of a probe",
    (value) =>
      deployment(
        pod({ livenessProbe: { httpGet: { httpHeaders: [{ name: "Authorization", value }] } } }),
      ),
    "Deployment sonarr: health of container main",
    ["health"],
  ],
  [
    "an annotation of pods",
    (value) => deployment(podSpec(), { template: { metadata: { annotations: { note: value } } } }),
    "Deployment sonarr: `spec.template.metadata.annotations.note`",
    ["podAnnotations", "note"],
  ],
  [
    "a field of another kind",
    (value) => object("example.com/v1", "Own", "own", { spec: { to: [{ url: value }] } }),
    "Own own: `spec.to[0].url`",
    [],
  ],
];
const named = shapes.flatMap(([words, value]) =>
  elsewhere.map(([place, made, what, keys]) => ({ words, place, made, value, what, keys })),
);
test.for(named)("$words in $place", ({ words, made, value, what, keys }) => {
  const found = findings(code, rendered([made(value) as Tree]));
  expect(messages(found)).toEqual([`${what} holds ${words}`]);
  expect(found[0]?.keys).toEqual(keys);
  expect(JSON.stringify(found)).not.toContain(value);
});

test.for(elsewhere)("nothing that only looks like one, in %s", ([, made]) => {
  for (const value of lookAlikes(50))
    expect(findings(code, rendered([made(value) as Tree]))).toEqual([]);
});

test("definitions of kinds hold examples", () => {
  const definition = clusterObject("apiextensions.k8s.io/v1", "CustomResourceDefinition", "own", {
    spec: { description: "postgres://user:password@example.com" },
  });
  expect(findings(code, rendered([definition]))).toEqual([]);
});

/** What is told of the values of a chart that Argo CD fetches. */
function ofValues(values: unknown) {
  const source = { from: "oci://registry.example.com/charts/app", version: "1.0.0", values };
  const app = chart({ main: { pods: { app: "app" } } }, { chart: source });
  const { releases } = build(sceneWith({ services: { app } }));
  return checkManifests(
    releases.map((release) => ({
      ...rendered([object("v1", "ServiceAccount", "app")]),
      release,
    })),
  ).filter((problem) => problem.code === code);
}

test.for(shapes)("%s in values of a chart", ([words, value]) => {
  const [found, ...more] = ofValues({ db: { urls: [value] } });
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    message: `\`db.urls[0]\` of the chart's values holds ${words}`,
    keys: ["chart", "values", "db", "urls", 0],
    severity: "error",
  });
});

test("values of a chart may hold what only looks like one", () => {
  expect(ofValues({ all: lookAlikes(50) })).toEqual([]);
});

describe("a text in a variable that is called so", () => {
  const asked = (name: string, value: string) =>
    findings(code, rendered([cronJob(pod({ env: [{ name, value }] }))]));

  test.for([
    "DB_PASSWORD",
    "DB_PASS",
    "API_TOKEN",
    "SESSION_SECRET",
    "PASSWORD",
    "app_api_key",
    "X_APIKEY",
    "SECRET_KEY",
    "SECRET_KEY_BASE",
    "AWS_SECRET_ACCESS_KEY",
    "N8N_ENCRYPTION_KEY",
  ])("%s is a warning that does not quote it", (name) => {
    const found = asked(name, "hunter2-correct-horse");
    expect(found).toMatchObject([
      {
        severity: "warning",
        message: `CronJob sonarr: variable ${name} of container main holds a text that everybody can read`,
        keys: ["env", name],
      },
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test.for([
    "",
    "true",
    "None",
    "disabled",
    "/run/secrets/password",
    "$(OTHER)",
    "Bearer $(OTHER)",
    "https://example.com/token",
    "${FROM_ELSEWHERE}",
  ])("%j is none", (value) => {
    expect(asked("DB_PASSWORD", value)).toEqual([]);
  });

  test.for(["86400", "24h", "0.5", "my-tls", "registry"])(
    "%j is none but in a password",
    (value) => {
      expect(asked("API_TOKEN", value)).toEqual([]);
      expect(asked("KEY_SECRET", value)).toEqual([]);
      expect(asked("DB_PASSWORD", value)).toHaveLength(1);
    },
  );

  test.for(["PASSWORD_FILE", "TOKEN_URL", "SECRETS_PATH", "BYPASS", "TOKENIZER", "USER"])(
    "%s is called otherwise",
    (name) => {
      expect(asked(name, "hunter2-correct-horse")).toEqual([]);
    },
  );

  test("one that has a shape is told once", () => {
    expect(messages(asked("DB_TOKEN", token))).toEqual([
      "CronJob sonarr: variable DB_TOKEN of container main holds a GitHub token",
    ]);
  });
});

test("an annotation that all objects of a service have is told where it is written", () => {
  const annotated = (said: object) =>
    findings(
      code,
      rendered(
        [object("v1", "Service", "sonarr", { metadata: { annotations: { note: token } } })],
        {
          spec: said,
        },
      ),
    ).map(({ keys }) => keys);
  expect(annotated({ annotations: { note: token } })).toEqual([["annotations", "note"]]);
  expect(annotated({})).toEqual([[]]);
});

test("the message never quotes it, and its place is the variable", () => {
  const [problem] = findings(code, variable(token));
  expect(JSON.stringify(problem)).not.toContain(token);
  expect(problem?.keys).toEqual(["env", "TOKEN"]);
});

test("its place is the container that reads the file, however long the names", () => {
  const sidecar = `side-${"x".repeat(50)}`;
  const files = { "/etc/app.conf": key };
  const [problem] = findings(
    code,
    rendered(
      [object("v1", "ConfigMap", filesName("sonarr", sidecar), { data: { "app.conf": key } })],
      { spec: { sidecars: { [sidecar]: { image: "example.com/side:1.2.3", files } } } },
    ),
  );
  expect(problem?.keys).toEqual(["sidecars", sidecar, "files"]);
});

test.for(["data", "stringData"])("a Secret with %s", (field) => {
  const [problem] = findings(
    code,
    rendered([object("v1", "Secret", "own", { [field]: { password: "aHVudGVyMg==" } })]),
  );
  expect(problem).toMatchObject({
    message: "Secret own: its content lies open in the repository",
    found: "password",
  });
});

test("a Secret of an upstream chart is one too, at its values", () => {
  const [problem] = findings(
    code,
    rendered([object("v1", "Secret", "own", { data: { password: "aHVudGVyMg==" } })], {
      vendored: true,
    }),
  );
  expect(problem).toMatchObject({ severity: "error", keys: ["chart", "values"] });
});

test.for([
  [
    "a Secret that somebody fills",
    rendered([object("v1", "Secret", "token", { type: "kubernetes.io/service-account-token" })]),
  ],
  ["an empty Secret", rendered([object("v1", "Secret", "own", { data: {} })])],
  ["a certificate", configMap("-----BEGIN CERTIFICATE-----\nabc")],
  ["a public key", configMap("-----BEGIN PUBLIC KEY-----\nabc")],
  ["words about keys", configMap("# put the private key under /keys")],
  ["an address without a password", configMap("postgres://sonarr@db:5432/sonarr")],
  [
    "an address whose password is a variable",
    configMap("postgres://sonarr:$(PASSWORD)@db:5432/sonarr postgres://sonarr:${PASSWORD}@db/x"),
  ],
  [
    "an address whose password is a template",
    configMap("postgres://sonarr:{{ .password }}@db:5432/sonarr"),
  ],
  ["a port and a later at sign", configMap("http://sonarr:8989/path?mail=me@example.com")],
  ["a digest of an image", variable(`sha256:${"a".repeat(64)}`)],
  [
    "a variable from a Secret",
    rendered([
      deployment(
        podSpec({
          containers: [
            container({
              env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "own", key: "token" } } }],
            }),
          ],
        }),
      ),
    ]),
  ],
] as const)("no finding: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
