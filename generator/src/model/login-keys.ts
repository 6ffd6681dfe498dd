/** What a login may give of its port, its database and itself. */
export const loginKeys = ["host", "port", "database", "user", "password", "url"] as const;
