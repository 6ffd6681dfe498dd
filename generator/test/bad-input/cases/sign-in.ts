/** Who asks for a password on a route, and where. */
import { certManager, dev, devSonarr, home, immich, prod, sonarr } from "../change.ts";
import type { Change, Cases } from "../change.ts";

const publicGateway: Change = { in: home, replace: "  gateways: {\n", by: '  gateways: {\n    public: { name: "public", namespace: "network-envoy-gateway", podNamespace: "network-envoy-gateway", podLabels: { gateway: "public" } },\n' };
const signIn = (more: string): Change => ({ in: prod, replace: "  secrets:", by: `  signIn: { clientId: "gateway", clientSecret: { secret: "sign-in" }, ${more} },\n  secrets:` });
const provider = signIn('issuer: "https://id.example.com"');
const sso: Change = { in: immich, replace: 'signIn: "own"', by: 'signIn: "sso"' };
const ssoInProd: Change = { in: "environments/prod/sonarr.ts", text: `import { overlay } from "#rzp";\n\nexport default overlay("sonarr", { routes: { web: { signIn: "sso" } } });\n` };
const stoppedInProd: Change = { in: "environments/prod/immich.ts", text: `import { overlay } from "#rzp";\n\nexport default overlay("immich", { stopped: true });\n` };
export const signIns: Cases = {
  "public-route-without-login": [publicGateway, { in: sonarr, replace: 'audience: "internal", signIn: "own"', by: 'audience: "public"' }],
  "public-tcp-route-without-login": [publicGateway, { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", audience: "public", kind: "tcp", listener: 8883 }' }],
  "sso-without-provider": sso,
  "sso-without-provider-in-two-environments": { in: sonarr, replace: 'signIn: "own"', by: 'signIn: "sso"' },
  "sso-on-tcp": [provider, { in: immich, replace: '{ host: "photos", to: "server/http", audience: "internal", signIn: "own" }', by: '{ to: "server/http", audience: "internal", kind: "tcp", listener: 8883, signIn: "sso" }' }],
  "sso-on-grpc": [provider, { in: immich, replace: 'signIn: "own"', by: 'kind: "grpc", signIn: "sso"' }],
  "sso-nobody-comes-back-to": [provider, { in: immich, replace: 'signIn: "own"', by: 'signIn: "sso", rules: { page: { path: "/a", exact: true }, call: { method: "POST" } }' }],
  "issuer-without-https": signIn('issuer: "http://id.example.com"'),
  "issuer-that-is-an-address": signIn('issuer: "https://10.0.10.5"'),
  "issuer-with-query": signIn('issuer: "https://id.example.com/?realm=home"'),
  "issuer-missing": signIn('scopes: ["email"]'),
  "scope-of-two-words": signIn('issuer: "https://id.example.com", scopes: ["email profile"]'),
  "provider-at-unknown-host": signIn('issuer: "https://id.example.com", at: { lan: "nass" }'),
  "provider-at-a-load-balancer": [signIn('issuer: "https://id.example.com", at: { lan: "provider" }'), { in: home, replace: "hosts: {", by: 'hosts: { provider: "10.0.10.202",' }],
  "listeners-of-a-gateway-that-is-not-there": [
    { in: certManager, replace: "import { clusterIssuer,", by: "import { clusterIssuer, customObject, gatewayListeners," },
    { in: certManager, replace: "  objects: {", by: '  objects: { everybody: customObject({ apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", spec: { listeners: gatewayListeners("public") } }),' },
  ],
  "provider-that-is-a-service-here": signIn('issuer: "https://photos.example.com"'),
  "provider-behind-another-gateway": [publicGateway, signIn('issuer: "https://photos.example.com", at: "public"')],
  "provider-nobody-here-is": signIn('issuer: "https://id.example.com", at: "internal"'),
  "provider-with-a-mistake-of-its-own": [signIn('issuer: "https://photos.example.com", at: "internal"'), { in: immich, replace: 'signIn: "own"', by: 'signIn: "own", waits: "30s"' }],
  "provider-that-is-stopped": [
    signIn('issuer: "https://photos.example.com", at: "internal"'),
    { in: immich, replace: "  components:", by: "  stopped: true,\n  components:" },
    ssoInProd,
  ],
  "provider-that-an-overlay-stops": [
    signIn('issuer: "https://photos.example.com", at: "internal"'),
    stoppedInProd,
    ssoInProd,
  ],
  "provider-that-is-stopped-in-another-environment": [
    { in: dev, replace: "  secrets:", by: '  signIn: { issuer: "https://photos.example.com", clientId: "gateway", clientSecret: { secret: "sign-in" }, at: "internal" },\n  secrets:' },
    stoppedInProd,
    { in: devSonarr, replace: "  env:", by: '  routes: { web: { signIn: "sso" } },\n  env:' },
  ],
  "provider-behind-no-gateway": signIn('issuer: "https://id.example.com", at: "public"'),
};
