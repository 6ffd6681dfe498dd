import { expect, test } from "vitest";
import { unknownServiceFile } from "./unknown-service.ts";

test.each([
  ["registry.lan:5000/me/my-app:1.2.3", "registry.lan:5000/me/my-app"],
  ["registry.lan:5000/me/my-app", "registry.lan:5000/me/my-app"],
  [`ghcr.io/me/my-app:1.2.3@sha256:${"0".repeat(64)}`, "ghcr.io/me/my-app"],
  ["my-app:1.2.3", "my-app"],
])("%s is told of without its tag and digest", (image, repository) => {
  const facts = { name: "my-app", tier: "apps", port: 8080, signsIn: false };
  expect(unknownServiceFile({ ...facts, image })).toContain(
    `about: "my-app, from the image ${repository}",`,
  );
});
