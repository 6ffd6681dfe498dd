/** Rules of routes. */
export const routeRules = {} as const;
