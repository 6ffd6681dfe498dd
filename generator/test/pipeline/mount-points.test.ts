/** What lies in a volume for reading only has no place to be mounted at. */
import { expect, test } from "vitest";
import type { Fragment } from "../model-leaves/fixture.ts";
import { build } from "../model-leaves/build.ts";
import { component, composed, container, sceneWith, service } from "../model-leaves/scene.ts";

const state = (more: Fragment) => ({ holds: "state", size: "1Gi", ...more });
const closed = state({ at: "/data", readOnly: true });
const node = (more: Fragment) => ({
  because: "logs of the node",
  value: { holds: "host", readOnly: true, ...more },
});
const files = (path: string) => ({ files: { [path]: "text" } });

const told = (app: Fragment) =>
  build(sceneWith({ services: { app } })).warnings.map(({ keys, message }) => [
    keys?.join(" "),
    message.split(":")[0],
  ]);

test.each<[string, Fragment, string, string]>([
  [
    "another folder of the same volume",
    {
      storage: {
        data: state({
          at: [
            { mountPath: "/data", readOnly: true },
            { mountPath: "/data/inbox", subPath: "outbox" },
          ],
        }),
      },
    },
    "storage data at 1",
    "/data/inbox lies in /data, where the volume `data` is mounted for reading only",
  ],
  [
    "a file",
    { storage: { data: closed }, ...files("/data/app.yaml") },
    "files /data/app.yaml",
    "/data/app.yaml lies in /data, where the volume `data` is mounted for reading only",
  ],
  [
    "a volume",
    { storage: { data: closed, more: state({ at: "/data/more" }) } },
    "storage more at",
    "/data/more lies in /data, where the volume `data` is mounted for reading only",
  ],
  [
    "a file beside a token",
    {
      storage: { token: { holds: "token", audience: "vault", at: "/var/token" } },
      ...files("/var/token/ca.pem"),
    },
    "files /var/token/ca.pem",
    "/var/token/ca.pem lies in /var/token, where the volume `token` is mounted for reading only",
  ],
  [
    "a file in one of several places",
    {
      storage: { data: state({ at: ["/open", { mountPath: "/closed", readOnly: true }] }) },
      ...files("/closed/deep/app.yaml"),
    },
    "files /closed/deep/app.yaml",
    "/closed/deep/app.yaml lies in /closed, where the volume `data` is mounted for reading only",
  ],
])("%s is told", (_, more, keys, message) => {
  expect(told(service({ ...component, ...more }))).toEqual([[keys, message]]);
});

test("a file of a container beside is told where it is written", () => {
  const app = composed(
    {
      server: {
        ...component,
        sidecars: {
          side: {
            ...container,
            mounts: { data: { mountPath: "/x", readOnly: true } },
            ...files("/x/y"),
          },
        },
      },
    },
    { storage: { data: state({}) } },
  );
  expect(told(app)).toEqual([
    [
      "components server sidecars side files /x/y",
      "/x/y lies in /x, where the volume `data` is mounted for reading only",
    ],
  ]);
});

test.each<[string, Fragment]>([
  [
    "in a volume that is written to",
    { storage: { data: state({ at: "/data" }) }, ...files("/data/a") },
  ],
  ["beside the volume", { storage: { data: closed }, ...files("/database/a") }],
  [
    "above the volume",
    { storage: { data: state({ at: "/etc/data", readOnly: true }) }, ...files("/etc/a") },
  ],
  [
    "where only another place of the volume is for reading only",
    {
      storage: {
        data: state({ at: ["/data", { mountPath: "/other", readOnly: true }] }),
        more: state({ at: "/data/more" }),
      },
      ...files("/data/more/a"),
    },
  ],
  [
    "and neither is a folder of the same volume, mounted where it is",
    {
      storage: {
        data: state({
          at: [
            { mountPath: "/data", readOnly: true },
            { mountPath: "/data/inbox", subPath: "inbox" },
          ],
        }),
      },
    },
  ],
  [
    "and neither is a folder of the node below one of it",
    {
      storage: {
        logs: node({ path: "/var/log", at: "/logs" }),
        pods: node({ path: "/var/log/pods", at: "/logs/pods" }),
      },
    },
  ],
])("a file is no mistake %s", (_, more) => {
  expect(told(service({ ...component, ...more }))).toEqual([]);
});
