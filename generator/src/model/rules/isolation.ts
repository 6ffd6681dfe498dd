/** Rules of isolation. */
export const isolationRules = {} as const;
