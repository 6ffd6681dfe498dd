/** The tokens of Cloudflare a cluster needs, each with the rights it needs and no others, and how they are made. */
import { cloudflareUrl, curlWith } from "./client.ts";
import type { WantedNames } from "./wanted.ts";

const maker = curlWith("CLOUDFLARE_MAKER");

interface Token {
  readonly name: string;
  readonly who: string;
  readonly zoneRights: readonly string[];
  readonly accountRights: readonly string[];
}

/** Words of Cloudflare's own page for tokens; its API says Write for Edit. */
function tokensOf(cluster: string, { tunnel }: WantedNames): Token[] {
  const zoneRights = ["Zone Read", "DNS Write"];
  const inCluster = (who: string): Token => ({
    name: `rzp-${cluster}-${who}`,
    who: `${who}: its secret cloudflare-token`,
    zoneRights,
    accountRights: [],
  });
  return [
    {
      name: `rzp-${cluster}-infra`,
      who: "infra: export CLOUDFLARE_API_TOKEN='<the value>'",
      zoneRights,
      accountRights: tunnel === undefined ? [] : ["Cloudflare Tunnel Write"],
    },
    inCluster("cert-manager"),
    inCluster("external-dns"),
  ];
}

/** In: the name of a cluster, what it wants. Out: lines for a shell, each of which may be given alone. */
export function namesTokens(cluster: string, wanted: WantedNames): string[] {
  return [
    "# In Cloudflare: My Profile, API Tokens, Create Token, Custom token. One for each of these; each value is shown once:",
    ...tokensOf(cluster, wanted).flatMap((token) => [
      `#   ${token.name}: ${rightsText(token, wanted)}`,
      `#     for ${token.who}`,
    ]),
    '# Or here, with a token that may make tokens (template "Create Additional Tokens") in CLOUDFLARE_MAKER, bash or zsh, and jq:',
    `groups=$(${maker} ${cloudflareUrl}/user/tokens/permission_groups)`,
    ...tokensOf(cluster, wanted).map((token) => makingOf(token, wanted)),
    ...(wanted.tunnel === undefined ? [] : tunnelToken(wanted.tunnel.name, wanted)),
  ];
}

function rightsText({ zoneRights, accountRights }: Token, { zone, account }: WantedNames): string {
  const edit = (right: string) => right.replace(/ Write$/, " Edit");
  return [
    `${zoneRights.map(edit).join(", ")} of the zone ${zone.name}`,
    ...accountRights.map((right) => `${edit(right)} of the account ${account}`),
  ].join("; ");
}

/** A policy says what for, by ids of rights, which the API lists by their names. */
function makingOf(
  { name, zoneRights, accountRights }: Token,
  { zone, account }: WantedNames,
): string {
  const policies = [
    policy(zoneRights, `com.cloudflare.api.account.zone.${zone.id}`),
    ...(accountRights.length === 0
      ? []
      : [policy(accountRights, `com.cloudflare.api.account.${account}`)]),
  ];
  const body = `{name: "${name}", policies: [${policies.join(", ")}]}`;
  return `jq '.result as $all | def ids($names): [$all[] | select(.name as $name | $names | index($name)) | {id}]; ${body}' <<<"$groups" | ${maker} -H 'Content-Type: application/json' --data @- ${cloudflareUrl}/user/tokens | jq -r '"${name} " + (.result.value // (.errors | tostring))'`;
}

const policy = (rights: readonly string[], resource: string): string =>
  `{effect: "allow", resources: {"${resource}": "*"}, permission_groups: ids(${JSON.stringify(rights)})}`;

/** It is not in the state: whoever runs cloudflared asks for it, once the tunnel is made. */
const tunnelToken = (name: string, { account }: WantedNames): string[] => {
  const tunnels = `${cloudflareUrl}/accounts/${account}/cfd_tunnel`;
  const ask = curlWith("CLOUDFLARE_API_TOKEN");
  return [
    "# After `up`, the secret tunnel-token of cloudflared:",
    `${ask} "${tunnels}/$(${ask} '${tunnels}?name=${name}&is_deleted=false' | jq -r '.result[0].id')/token" | jq -r .result`,
  ];
};
