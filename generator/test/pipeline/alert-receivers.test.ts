/** What Alertmanager may call: the receivers there are, at their ports, and nothing else. */
import { describe, expect, test } from "vitest";
import { networkConsequences } from "../../src/explain/network.ts";
import { policies } from "../../src/values/network/policies.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { component, scene, sceneWith, service } from "../model-leaves/scene.ts";

/** In: receivers of alerts, and what the service that stands for Alertmanager says it reaches. */
function alerting(
  receivers: Fragment | undefined,
  reaches: Fragment = { receivers: true },
  consumes: Fragment = {},
) {
  const { releases, problems } = build(
    sceneWith({
      services: {
        app: service({ ...component, reaches, consumes }),
        mail: service({ ...component, ports: { smtp: 25 } }),
      },
      clusters: {
        home: {
          scraper: { namespace: "media-app", podLabels: { "app.kubernetes.io/name": "app" } },
        },
      },
      environments: {
        prod: {
          ...scene.environments["prod"],
          ...(receivers && {
            alerts: {
              receivers,
              otherwise: Object.keys(receivers)[0],
              deadMansSwitch: { because: "not asked here", value: false },
            },
          }),
        },
      },
    }),
  );
  const release = releases.find(({ service: { name } }) => name === "app");
  if (release === undefined) throw new Error(JSON.stringify(problems));
  return { release, problems, egress: policies(release)["app-receivers"]?.egress };
}
const mail = (server: string, more: Fragment = {}) => ({
  email: "a@example.com",
  from: "b@example.com",
  server,
  ...more,
});
const internet = {
  cidr: "0.0.0.0/0",
  except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
};
const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: "TCP" }));
const chat = { discord: { secret: "discord" } };
const nas = { at: { lan: "nas" } };

describe("Alertmanager", () => {
  test.for<[string, Fragment, unknown]>([
    ["an address that is a secret", { chat }, [{ peers: [internet], ports: tcp(443) }]],
    [
      "a server of e-mail",
      { mail: mail("smtp.example.com:465") },
      [{ peers: [internet], ports: tcp(465) }],
    ],
    [
      "both",
      { chat, mail: mail("smtp.example.com:25") },
      [{ peers: [internet], ports: tcp(25, 443) }],
    ],
    [
      "a server of e-mail at home",
      { mail: mail("nas.lan:25", nas) },
      [{ peers: [{ cidr: "10.0.10.5/32" }], ports: tcp(25) }],
    ],
    [
      "one at home by its address",
      { mail: mail("10.0.10.5:25", nas) },
      [{ peers: [{ cidr: "10.0.10.5/32" }], ports: tcp(25) }],
    ],
    [
      "one on the internet by its address",
      { mail: mail("198.51.100.7:587") },
      [{ peers: [internet], ports: tcp(587) }],
    ],
  ])("reaches %s, and nothing else", ([, receivers, rules]) => {
    const { problems, egress } = alerting(receivers);
    expect(problems).toEqual([]);
    expect(egress).toEqual(rules);
  });

  test("reaches nobody where no receiver is, and where it does not say so", () => {
    expect(alerting(undefined).egress).toBeUndefined();
    expect(alerting({ chat }, {}).egress).toBeUndefined();
  });

  test("reaches no service of the cluster, which it consumes", () => {
    expect(alerting({ mail: mail("mail.media-mail.svc:25") }).egress).toBeUndefined();
    const others = { chat, mail: mail("mail.media-mail.svc.cluster.local:25") };
    expect(alerting(others).egress).toEqual([{ peers: [internet], ports: tcp(443) }]);
  });

  test("says which receiver opens which port", () => {
    const { release } = alerting({ chat, mail: mail("smtp.example.com:465") });
    const told = networkConsequences(release).filter(({ about }) => about.includes("receivers"));
    expect(told.map(({ says, causes }) => [says.replace(/.* at /, ""), causes[1]?.path])).toEqual([
      ["443/TCP", ["alerts", "receivers", "chat"]],
      ["465/TCP", ["alerts", "receivers", "mail"]],
    ]);
  });
});

describe("a server of e-mail", () => {
  const codes = (...of: Parameters<typeof alerting>) =>
    alerting(...of).problems.map(({ code }) => code);

  test.for<[string, Fragment, Fragment]>([
    ["a range of ports", { internet: ["400-500/tcp"] }, mail("smtp.example.com:465")],
    ["a word for its port", { internet: ["smtps"] }, mail("smtp.example.com:465")],
    ["every port", { internet: ["any"] }, mail("smtp.example.com:25")],
    ["its host at home", { lan: { nas: ["25/tcp"] } }, mail("nas.lan:25", nas)],
  ])("may be reached by %s", ([, reaches, receiver]) => {
    expect(codes({ receiver }, reaches)).toEqual([]);
  });

  test.for<[string, Fragment, Fragment]>([
    ["at another port", { internet: ["https", "587/tcp"] }, mail("smtp.example.com:465")],
    ["by another protocol", { internet: ["465/udp"] }, mail("smtp.example.com:465")],
    ["at another host", { lan: { router: ["25/tcp"] } }, mail("nas.lan:25", nas)],
    ["on the internet, while it is at home", { internet: ["25/tcp"] }, mail("nas.lan:25", nas)],
    ["at an address that is not on the internet", { receivers: true }, mail("10.0.10.5:25")],
    ["at the address of another host", { receivers: true }, mail("10.0.10.1:25", nas)],
  ])("is told of when it is reached only %s", ([, reaches, receiver]) => {
    expect(codes({ receiver }, reaches)).toEqual(["ALERT_SERVER_UNREACHED"]);
  });

  test("that is a service of the cluster is to be consumed", () => {
    const receiver = mail("mail.media-mail.svc.cluster.local:25");
    expect(codes({ receiver }, {}, { mail: "smtp" })).toEqual([]);
    expect(codes({ receiver }, { receivers: true })).toEqual(["ALERT_SERVER_UNREACHED"]);
    const elsewhere = mail("mail.media-post.svc:25");
    expect(codes({ elsewhere }, {}, { mail: "smtp" })).toEqual(["ALERT_SERVER_UNREACHED"]);
  });

  test("is nobody's concern for receivers that are none", () => {
    expect(codes({ chat }, {})).toEqual([]);
  });
});
