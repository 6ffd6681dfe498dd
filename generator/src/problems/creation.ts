/** How a service that is not there is made: what the catalogue knows is known where files are, not here. */
export const creation = (service: string): string =>
  `npm run new-service ${service} (with -- ${image} where the catalogue does not know it)`;

/** The same where it is to run; one that runs elsewhere has its image. */
export const creationIn = (environment: string, service: string, isThere: boolean): string =>
  `npm run new-service ${service} -- --environment ${environment}${isThere ? "" : ` (with ${image} where the catalogue does not know it)`}`;

const image = "--image <image> --port <port>";
