import { expect, test } from "vitest";
import { claim, deployment, findings, podSpec, rendered } from "./builder.ts";

const code = "MANIFEST_ONE_WRITER";
const volumes = [{ name: "config", persistentVolumeClaim: { claimName: "config" } }];
const withStrategy = (strategy: unknown) => deployment(podSpec({ volumes }), { strategy });
const rolling = withStrategy({ type: "RollingUpdate" });

test("a rolling update with a claim of one writer", () => {
  const [problem] = findings(code, rendered([rolling, claim("config", "ReadWriteOnce")]));
  expect(problem).toMatchObject({
    message:
      "Deployment sonarr: claim config has one writer, and a rolling update has two pods at once",
    found: "RollingUpdate",
    keys: ["update"],
  });
});

test.for([
  ["no strategy is a rolling one", undefined],
  ["one pod more", { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } }],
  ["a share of pods more", { rollingUpdate: { maxSurge: "25%" } }],
] as const)("%s", ([, strategy]) => {
  expect(
    findings(code, rendered([withStrategy(strategy), claim("config", "ReadWriteOncePod")])),
  ).toHaveLength(1);
});

test("the place is the patch that said so", () => {
  const patches = { "deployment/sonarr": { spec: { strategy: { type: "RollingUpdate" } } } };
  expect(
    findings(code, rendered([rolling, claim("config", "ReadWriteOnce")], { spec: { patches } }))[0]
      ?.keys,
  ).toEqual(["patches", "deployment/sonarr", "spec", "strategy", "type"]);
});

test.for([
  ["recreate", [withStrategy({ type: "Recreate" }), claim("config", "ReadWriteOnce")]],
  ["many writers", [rolling, claim("config", "ReadWriteMany")]],
  [
    "the old pod goes first",
    [
      withStrategy({ type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }),
      claim("config", "ReadWriteOnce"),
    ],
  ],
  ["a claim that is not in the tree", [rolling]],
  [
    "a claim that is only read",
    [
      deployment(
        podSpec({
          volumes: [
            { name: "config", persistentVolumeClaim: { claimName: "config", readOnly: true } },
          ],
        }),
        { strategy: { type: "RollingUpdate" } },
      ),
      claim("config", "ReadWriteOnce"),
    ],
  ],
  [
    "no claim",
    [
      deployment(podSpec(), { strategy: { type: "RollingUpdate" } }),
      claim("config", "ReadWriteOnce"),
    ],
  ],
  [
    "a StatefulSet replaces its pods one by one",
    [{ ...rolling, kind: "StatefulSet" }, claim("config", "ReadWriteOnce")],
  ],
] as const)("no finding: %s", ([, objects]) => {
  expect(findings(code, rendered(objects))).toEqual([]);
});
