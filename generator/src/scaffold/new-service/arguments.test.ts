import { expect, test } from "vitest";
import { incompleteService, refuseImage } from "./arguments.ts";

const asked = {
  name: "my-app",
  image: "ghcr.io/me/my-app:1.2.3",
  port: 8080,
  environment: "dev",
  isEnvironmentSaid: false,
};
const inProd = { ...asked, environment: "prod", isEnvironmentSaid: true };

test.for([
  "ghcr.io/me/my-app:1.2.3",
  "localhost:5000/my-app:1",
  `ghcr.io/me/my-app@sha256:${"a".repeat(64)}`,
])("%s can be run", (image) => {
  expect(refuseImage({ ...asked, image })).toBeUndefined();
});

test.for([
  ["foo:latest", "--image foo:1.2.3 --port 8080"],
  ["foo", "--image foo:1.2.3 --port 8080"],
  ["localhost:5000/me/foo:edge", "--image localhost:5000/me/foo:1.2.3 --port 8080"],
] as const)(
  "%s may be another one tomorrow: told of the command line, not of a file",
  ([image, fix]) => {
    expect(refuseImage({ ...asked, image })).toMatchObject({
      code: "IMAGE_FLOATING",
      place: { file: "" },
      found: `--image ${image}`,
      message: expect.stringContaining("--image names on the command line"),
      fix: expect.stringContaining(fix),
    });
  },
);

test("what is no image at all is told of the command line too", () => {
  expect(refuseImage({ ...asked, image: "https://ghcr.io/me" })).toMatchObject({
    code: "SPEC_WRONG_VALUE",
    place: { file: "" },
    found: "--image https://ghcr.io/me",
    fix: "npm run new-service my-app -- --image ghcr.io/me/my-app:1.2.3 --port 8080",
  });
});

test("an image without its port: nothing is guessed, and the flag is named", () => {
  expect(incompleteService({ ...asked, port: undefined }, false)).toMatchObject({
    message:
      "the port of my-app is not known: no --port was given, and none is guessed, so nothing was written",
    found: "--image ghcr.io/me/my-app:1.2.3",
    expected: "--port with the port the image listens on, from 1 to 65535",
    fix: 'npm run new-service my-app -- --image ghcr.io/me/my-app:1.2.3 --port 8080; for a program that listens on no port write charts/services/my-app/values.ts by hand, with health: because(false, "say why here"), then npm run new-service my-app -- --environment dev',
  });
});

test.for([
  [
    "a tag that moves",
    refuseImage({ ...inProd, image: "foo" }),
    "--image foo:1.2.3 --port 8080 --environment prod",
  ],
  [
    "a port that is not said",
    incompleteService({ ...inProd, port: undefined }, false),
    "--image ghcr.io/me/my-app:1.2.3 --port 8080 --environment prod;",
  ],
  [
    "a name that is misspelt",
    incompleteService({ ...inProd, name: "radar", image: undefined, port: undefined }, false),
    "npm run new-service radarr -- --environment prod, or",
  ],
] as const)("%s: it is still to run where the command said", ([, problem, fix]) => {
  expect(problem?.fix).toContain(fix);
});

test("a known service with an image of one's own needs its port too", () => {
  const { message } = incompleteService({ ...asked, name: "radarr", port: undefined }, true);
  expect(message).toContain("the port of radarr with an image of your own is not known");
});

test("a port alone does not say what runs", () => {
  expect(incompleteService({ ...asked, image: undefined }, false)).toMatchObject({
    message: "nobody knows `my-app`, and --port alone does not say what runs",
    found: "--port 8080",
  });
});

test("a name nobody knows: the nearest that is known, and the whole command", () => {
  const problem = incompleteService(
    { ...asked, name: "radar", image: undefined, port: undefined },
    false,
  );
  expect(problem).toMatchObject({
    message: "nobody knows `radar`",
    fix: "npm run new-service radarr, or npm run new-service radar -- --image ghcr.io/me/radar:1.2.3 --port 8080",
  });
  expect(problem).not.toHaveProperty("found");
});
