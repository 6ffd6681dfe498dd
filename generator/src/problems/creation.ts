/** How a service that is not there is made: what the catalogue knows is known where files are, not here. */
export const creation = (service: string): string =>
  `npm run new-service ${service} (with -- --image <image> --port <port> where the catalogue does not know it)`;
