import { expect, test } from "vitest";
import { filesName } from "../../src/model/names.ts";
import { container, deployment, findings, messages, object, podSpec, rendered } from "./builder.ts";

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
