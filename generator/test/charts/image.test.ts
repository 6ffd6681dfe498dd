/** An image that may be another one tomorrow, in every place of a workload that has one. */
import { describe, expect, test } from "vitest";
import { floatingTags } from "../../src/release/images/references.ts";
import { container, only, refusal, renderAll, workload } from "./support.ts";

const of = (image: string) => ({ workloads: { server: workload({ image }) } });
const named = (image: string) => ({ ...container, name: "other", image });
const moves = (tag: string) =>
  `the tag "${tag}" moves, so what runs changes by itself; say a version, or add a digest.`;
const without = (image: string) =>
  `"${image}" has no tag, so what runs changes by itself; add a version or a digest.`;

describe("an image", () => {
  test.concurrent.each(floatingTags)("with the tag %s is refused", async (tag) => {
    expect(await refusal(of(`ghcr.io/example/app:${tag}`))).toBe(
      `[rzp-lib] service=sonarr key=workloads.server.image: ${moves(tag)}`,
    );
  });

  test.concurrent.each([
    "latest-alpine",
    "edge-1",
    "lts-jdk21",
    "stable_alpine3.20",
    "Dev-slim",
    "latest-py310",
    "main-7-slim",
    "release-v2",
  ])("with the tag %s, which begins with one of them, is refused", async (tag) => {
    expect(await refusal(of(`ghcr.io/example/app:${tag}`))).toBe(
      `[rzp-lib] service=sonarr key=workloads.server.image: ${moves(tag)}`,
    );
  });

  test.concurrent.each(["ghcr.io/example/app", "app", "registry.lan:5000/app", "vault"])(
    "without a tag is refused: %s",
    async (image) => {
      expect(await refusal(of(image))).toBe(
        `[rzp-lib] service=sonarr key=workloads.server.image: ${without(image)}`,
      );
    },
  );

  test.concurrent.each([
    ["init", moves("Latest"), "example/app:Latest"],
    ["sidecars", without("example/app"), "example/app"],
  ] as const)("is looked at among %s", async (list, message, image) => {
    const server = workload({ [list]: [named("example/app:1.0.0"), named(image)] });
    expect(await refusal({ workloads: { server } })).toBe(
      `[rzp-lib] service=sonarr key=workloads.server.${list}[1].image: ${message}`,
    );
  });

  test("is taken with a version or a digest, whatever else it says", async () => {
    const digest = `sha256:${"a1".repeat(32)}`;
    const images = [
      "registry.lan:5000/app:1.0.0",
      "registry.lan/app:v1.0.0-beta",
      "example/app:beta-1.2.3",
      "example/app:stable-v3.20-slim",
      "example/app:nightly_20260114",
      "example/app:main-1a2b3cd",
      "example/app:release-42",
      "example/app:Main_7",
      "example/app:nightly-ls99",
      "example/app:dev-b1234",
      "example/app:edgeware",
      "latest:bookworm",
      `example/app@${digest}`,
      `example/app:latest@${digest}`,
    ];
    const rendered = await renderAll(
      Object.fromEntries(images.map((image, index) => [`image-${index}`, of(image)])),
    );
    expect(
      Object.values(rendered).map(
        (one) => only(one, "Deployment")["spec"].template.spec.containers[0].image,
      ),
    ).toEqual(images);
  });
});
