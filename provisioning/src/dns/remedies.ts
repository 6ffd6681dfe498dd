/** What people can do, by what Cloudflare or the provider says. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /810(?:53|54|57|58)|already exists|already have a (?:tunnel|record)/i,
    "somebody made it meanwhile: remove it in Cloudflare if nobody needs it, and run the command again",
  ],
  [
    /\b(?:9109|10000|9103|6003)\b|\b40[13] |Authentication error|Unauthorized/i,
    "the token lacks a right (DNS Edit of the zone, Cloudflare Tunnel Edit of the account): `npm run infra -- token <cluster>` says how to make one",
  ],
  [/\b1022\b|active connections/i, "stop cloudflared first: a tunnel with an end is not removed"],
  [/\b(?:429|971)\b|rate limit|throttl/i, "wait five minutes, and run the command again"],
  [
    /\b9003\b|not allowed for a proxied record/i,
    "an address Cloudflare can reach, or direct: true",
  ],
  [
    /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|connection refused|no such host|timed? ?out/i,
    "mend the network to Cloudflare, and run the command again",
  ],
];

/** In: the name of a cluster, what was said. Out: what to do; undefined where that is not known. */
export const remedyFor = (cluster: string, said: string): string | undefined =>
  remedies.find(([known]) => known.test(said))?.[1].replace("<cluster>", cluster);
