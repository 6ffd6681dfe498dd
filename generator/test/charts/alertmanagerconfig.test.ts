import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  type Values,
} from "./support.ts";

type Routing = NonNullable<Values["alertRouting"]>[string];
const minimal: Routing = {
  secret: "alert-receivers",
  platform: "environment",
  receivers: [{ name: "phone", webhook: "ntfy" }],
  otherwise: "phone",
};
const receivers = (all: Rendered) => only(all, "AlertmanagerConfig")["spec"].receivers;
const of = (key: string) => ({ name: "alert-receivers", key });

describe("AlertmanagerConfig", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { alertRouting: { prod: minimal } },
      full: {
        alertRouting: {
          prod: {
            ...minimal,
            receivers: [
              { name: "chat", discord: "chat-url" },
              {
                name: "mail",
                email: {
                  to: "a@example.com",
                  from: "b@example.com",
                  server: "smtp.example.com:587",
                  user: "b",
                  password: "mail-password",
                },
              },
              { name: "phone", webhook: "ntfy", token: "ntfy-token" },
              { name: "switch", webhook: "switch-url", beat: true },
              { name: "switch-by-chat", discord: "chat-url", beat: true },
              {
                name: "switch-by-mail",
                email: { to: "a@x.org", from: "b@x.org", server: "smtp.x.org:587" },
                beat: true,
              },
            ],
            ignores: "Watchdog",
            routes: [
              {
                to: "phone",
                matches: { tier: ["home", "data"], severity: ["critical"] },
                repeat: "1h",
              },
              { to: "chat", waits: true },
              { to: "phone", wait: "0s", interval: "5m", repeat: "150s" },
            ],
            quiet: [
              { from: "21:00", to: "24:00", months: ["1", "2"] },
              { from: "00:00", to: "06:00" },
            ],
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("tells everything to one receiver; what is critical keeps warnings of the same service silent, none of the platform", () => {
    expect(only(rendered.minimal, "AlertmanagerConfig")).toEqual({
      apiVersion: "monitoring.coreos.com/v1alpha1",
      kind: "AlertmanagerConfig",
      metadata: { name: "prod", namespace: "media-sonarr", labels: labels() },
      spec: {
        receivers: [
          { name: "phone", webhookConfigs: [{ urlSecret: of("ntfy"), sendResolved: true }] },
        ],
        route: {
          receiver: "phone",
          groupBy: ["environment", "service", "alertname"],
          groupWait: "30s",
          groupInterval: "5m",
          repeatInterval: "4h",
        },
        inhibitRules: [
          {
            sourceMatch: [{ name: "severity", matchType: "=", value: "critical" }],
            targetMatch: [
              { name: "severity", matchType: "=", value: "warning" },
              { name: "service", matchType: "!=", value: "environment" },
            ],
            equal: ["environment", "service"],
          },
        ],
      },
    });
  });

  test("has every kind of receiver, with secrets by reference", () => {
    expect(receivers(rendered.full).slice(0, 3)).toEqual([
      { name: "chat", discordConfigs: [{ apiURL: of("chat-url"), sendResolved: true }] },
      {
        name: "mail",
        emailConfigs: [
          {
            to: "a@example.com",
            from: "b@example.com",
            smarthost: "smtp.example.com:587",
            sendResolved: true,
            authUsername: "b",
            authPassword: of("mail-password"),
          },
        ],
      },
      {
        name: "phone",
        webhookConfigs: [
          {
            urlSecret: of("ntfy"),
            sendResolved: true,
            httpConfig: { authorization: { credentials: of("ntfy-token") } },
          },
        ],
      },
    ]);
  });

  test("tells a dead man's switch of no end, whatever it is: that would be a sign of life", () => {
    expect(receivers(rendered.full).slice(3)).toMatchObject([
      { name: "switch", webhookConfigs: [{ sendResolved: false }] },
      { name: "switch-by-chat", discordConfigs: [{ sendResolved: false }] },
      { name: "switch-by-mail", emailConfigs: [{ sendResolved: false }] },
    ]);
  });

  test("has routes by label, one that waits in quiet hours, one with times of its own, and an alert that nobody is told of", () => {
    const { route, muteTimeIntervals } = only(rendered.full, "AlertmanagerConfig")["spec"];
    expect(route.matchers).toEqual([{ name: "alertname", matchType: "!=", value: "Watchdog" }]);
    expect(route.routes).toEqual([
      {
        receiver: "phone",
        repeatInterval: "1h",
        matchers: [
          { name: "severity", matchType: "=~", value: "critical" },
          { name: "tier", matchType: "=~", value: "home|data" },
        ],
      },
      { receiver: "chat", muteTimeIntervals: ["quiet-hours"] },
      { receiver: "phone", groupWait: "0s", groupInterval: "5m", repeatInterval: "150s" },
    ]);
    expect(muteTimeIntervals).toEqual([
      {
        name: "quiet-hours",
        timeIntervals: [
          { times: [{ startTime: "21:00", endTime: "24:00" }], months: ["1", "2"] },
          { times: [{ startTime: "00:00", endTime: "06:00" }] },
        ],
      },
    ]);
  });

  test("refuses a receiver that goes nowhere", async () => {
    const prod = { ...minimal, receivers: [{ name: "phone" }] };
    expect(await refusal({ alertRouting: { prod } })).toBe(
      "[rzp-lib] service=sonarr key=alertRouting.prod.receivers: phone goes nowhere; give webhook, discord or email.",
    );
  });

  test("has a schema that refuses one that tells nobody", async () => {
    const { otherwise: _, ...prod } = minimal;
    expect(await schemaRefusal({ alertRouting: { prod: prod as Routing } })).toContain(
      "at '/alertRouting/prod': missing property 'otherwise'",
    );
  });
});
