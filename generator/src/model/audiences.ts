/** Who a route is for; each has its gateway. */
export const audiences = ["internal", "public"] as const;
export type Audience = (typeof audiences)[number];
