import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clusterScopedName,
  deviceVolume,
  isOfAnother,
  limited,
  namespaceName,
  objectName,
  priorityClassName,
  secretFromProvider,
  storeName,
} from "./names.ts";

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const service = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
const tier = fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/);
const prefix = fc.option(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), { nil: undefined });
const identity = fc.record({ prefix, tier, service });

describe("namespaceName", () => {
  test("is tier and service", () => {
    expect(namespaceName({ prefix: undefined, tier: "media", service: "sonarr" })).toBe(
      "media-sonarr",
    );
    expect(namespaceName({ prefix: "staging", tier: "media", service: "sonarr" })).toBe(
      "staging-media-sonarr",
    );
  });

  test("is always a legal namespace", () => {
    fc.assert(
      fc.property(identity, (parts) => {
        expect(namespaceName(parts)).toMatch(label);
      }),
    );
  });

  test("two services never share one, whatever their tiers, with the same prefix", () => {
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        fc.pre(a.prefix === b.prefix && (a.tier !== b.tier || a.service !== b.service));
        expect(namespaceName(a)).not.toBe(namespaceName(b));
      }),
    );
  });

  test("can be read back when it carries no hash", () => {
    fc.assert(
      fc.property(identity, (parts) => {
        const name = namespaceName(parts);
        fc.pre(name.length < 63);
        const rest = parts.prefix === undefined ? name : name.slice(parts.prefix.length + 1);
        expect({
          tier: rest.slice(0, rest.indexOf("-")),
          service: rest.slice(rest.indexOf("-") + 1),
        }).toEqual({ tier: parts.tier, service: parts.service });
      }),
    );
  });
});

describe("limited", () => {
  test("leaves a short name alone", () => {
    expect(limited("sonarr", 52)).toBe("sonarr");
  });

  test("a long name keeps to the limit and carries a hash of all of it", () => {
    const long = "a".repeat(60);
    expect(limited(`${long}-one`, 52)).toMatch(/^a{43}-[0-9a-f]{8}$/);
    expect(limited(`${long}-one`, 52)).not.toBe(limited(`${long}-two`, 52));
  });

  test("is legal and within the limit for every name and every limit", () => {
    fc.assert(
      fc.property(service, service, fc.constantFrom(52, 63), (a, b, limit) => {
        const name = limited(`${a}-${b}`, limit);
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(name).toMatch(label);
      }),
    );
  });
});

test("the main component bears the service's name, others their own", () => {
  expect(objectName("immich", "main")).toBe("immich");
  expect(objectName("immich", "server")).toBe("server");
  expect(objectName("x".repeat(63), "main").length).toBe(52);
});

test("cluster-scoped names hold their namespace", () => {
  expect(clusterScopedName("media-sonarr", "media")).toBe("media-sonarr-media");
  expect(storeName("prod", "media")).toBe("prod-media");
  expect(priorityClassName("media")).toBe("tier-media");
  expect(secretFromProvider("postgres")).toBe("from-postgres");
});

test.for([
  ["the namespace of the name before", "media-prowlarr", "indexers", true],
  ["a name that begins like the one before", "media-sonarr", "sonarr-hd", true],
  ["a name that ends like the one before", "media-sonarr-hd", "hd", true],
  ["the tier changed, not the name", "media-notes", "notes", false],
  ["a name with a hyphen", "media-sonarr-hd", "sonarr-hd", false],
  ["a namespace of no tier", "argocd", "argo-cd", false],
  ["no pin", undefined, "notes", false],
] as const)("of another service: %s", ([, pin, service, expected]) => {
  expect(isOfAnother(pin, service)).toBe(expected);
});

describe("deviceVolume", () => {
  const device = fc.stringMatching(/^\/dev(\/[A-Za-z0-9][A-Za-z0-9._:+-]{0,80}){1,3}$/);

  test("is its path where a label can say that", () => {
    expect(deviceVolume("/dev/net/tun")).toBe("device-dev-net-tun");
  });

  test("is always a legal name of a volume", () => {
    fc.assert(
      fc.property(device, (path) => {
        expect(deviceVolume(path)).toMatch(label);
      }),
    );
  });

  test.each([
    ["/dev/serial/by-id/usb-ITEAD_3.0", "/dev/serial/by-id/usb-itead_3.0"],
    ["/dev/serial/by-id/usb-a_3.0", "/dev/serial/by-id/usb-a-3-0"],
    ["/dev/a/b", "/dev/a-b"],
  ])("of %s is not that of %s", (one, other) => {
    expect(deviceVolume(one)).not.toBe(deviceVolume(other));
  });
});
