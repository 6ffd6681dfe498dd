import { cluster, defineService, routeHost, scratch, state } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Recipes, meal plans and shopping lists",
  image: "ghcr.io/mealie-recipes/mealie:v3.23.1",
  size: "medium",
  ports: { http: 9000 },
  health: { http: "/api/app/about" },
  storage: {
    data: state({
      at: "/app/data",
      size: "5Gi",
      restored: { whole: ["mealie.db"], newest: { within: "26h" } },
    }),
    temporary: scratch({ at: "/tmp", size: "1Gi" }),
  },
  env: {
    TZ: cluster("timeZone"),
    WEB_HOST: routeHost("web"),
    BASE_URL: "https://$(WEB_HOST)",
    API_PORT: 9000,
    ALLOW_SIGNUP: false,
    DB_ENGINE: "sqlite",
  },
  reaches: { internet: ["http", "https"] },
  // The first login is changeme@example.com with MyPassword: change both at once.
  routes: { web: { host: "mealie", to: "http", audience: "internal", signIn: "own" } },
});
