/** What `status` says of services, by what kubectl says of Applications. */
import { expect, test } from "vitest";
import { KubectlFailed, type Kubectl } from "../src/cluster/kubectl.ts";
import { tellStanding } from "../src/commands/status.ts";

async function told(kubectl: Kubectl) {
  const texts: string[] = [];
  const problems = await tellStanding(kubectl, "home", (text) => void texts.push(text));
  return { problems, text: texts.join("") };
}

const failing = (message: string) => told(() => Promise.reject(new KubectlFailed(message)));

test("how many are up, and which are not", async () => {
  const { problems, text } = await told(async () =>
    ["prod,Synced,Healthy", "prod.sonarr,OutOfSync,Missing", ""].join("\n"),
  );
  expect(problems).toEqual([]);
  expect(text).toBe("1 of 2 Applications are up\n  prod.sonarr OutOfSync Missing\n");
});

test.for([
  'error: the server doesn\'t have a resource type "applications"',
  'Error from server (NotFound): namespaces "argocd" not found',
])("%s: Argo CD is not there yet", async (message) => {
  expect(await failing(message)).toEqual({ problems: [], text: "Argo CD is not there yet\n" });
});

test.for([
  'Error from server (Forbidden): applications.argoproj.io is forbidden: User "guest" cannot list',
  "Unable to connect to the server: net/http: TLS handshake timeout",
  "tls: failed to verify certificate: x509: certificate has expired or is not yet valid",
])("%s: a problem", async (message) => {
  const { problems, text } = await failing(message);
  expect(text).toBe("");
  expect(problems).toMatchObject([
    {
      code: "CLUSTER_UNREACHABLE",
      message: `the API server does not tell how Applications stand: ${message}`,
    },
  ]);
});

test("a bug stays one", async () => {
  await expect(told(() => Promise.reject(new TypeError("ours")))).rejects.toThrow(TypeError);
});
