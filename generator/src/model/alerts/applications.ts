/**
 * Alerts on what Argo CD says of Applications: once a cluster, each with the labels of the service it is about, so that
 * it goes where the other alerts of that service go.
 */
import { ownService } from "../names.ts";
import type { AlertKind } from "./kind.ts";

const series = "rzp:application:info";
const about = "environment, service, tier";
/** The root of an environment, whose name has no dot, is as degraded as the worst of its Applications: they tell more. */
const [isRoot, isNone] = ["name!~'.+[.].+'", "name=~'.+[.].+'"];
const broken = `${series}{${isNone}, health_status=~'Degraded|Missing'}`;
const unknown = `${series}{sync_status='Unknown'}`;
/** More than one cause of its own each: Git does not answer, or a project is missing. */
const many = `(count by (environment) (${unknown}) > 10)`;
const ofEnvironment = (expr: string) =>
  ["service", "tier"].reduce(
    (inner, label) => `label_replace(${inner}, '${label}', '${ownService}', '', '')`,
    expr,
  );

export const applicationExpressions = {
  ApplicationOutOfSync: `count by (${about}) (${series}{autosync_enabled='true', sync_status='OutOfSync'})`,
  // A child whose last sync failed is healthy itself where everything it has is there: then the root alone says so. One that
  // cannot be compared makes the root degraded too, and has an alert of its own.
  ApplicationDegraded: `count by (${about}) (${broken} or ${series}{${isRoot}, health_status='Degraded'} unless on (environment) (${broken} or ${unknown}))`,
  ApplicationUnknown: `count by (${about}) (${unknown}) unless on (environment) ${many} or ${ofEnvironment(many)}`,
} as const;

const which =
  "Which: `kubectl --namespace argocd get applications.argoproj.io --selector rzp.local/environment=<environment>,rzp.local/service=<service>`. Of the service `environment` it may be the root, which has the name of the environment.";

export const applicationAlerts = {
  ApplicationOutOfSync: {
    severity: "warning",
    for: "30m",
    summary:
      "Applications of {{ $labels.service }} in {{ $labels.environment }} that have been out of sync for half an hour: {{ $value }}.",
    meaning:
      "What is in git is not on the cluster. Argo CD tries again for about half an hour, then it waits for the next commit.",
    lookAt: [
      which,
      "Why: `kubectl --namespace argocd describe application <name>`, under `Operation State` the message of the last sync, under `Conditions` what else it says.",
      "What differs: `argocd app diff <name>`, or its page.",
    ],
    remedy: [
      "An object is refused: its message says by whom. Mend it, `npm run render`, commit and push.",
      "A kind is not known: what brings it is not there yet. Sync by hand afterwards: `argocd app sync <name>`.",
      "Something else writes the field that differs: take it out of what is rendered, or out of the hands of the other.",
      'The root waits for a layer: see its Applications, by their waves. Where what mends one of them is pushed, and the root still waits at the commit before: `kubectl patch applications.argoproj.io <environment> --namespace argocd --type merge --patch \'{"status":{"operationState":{"phase":"Terminating"}}}\'` (docs/guide-argocd.md, a commit that is broken).',
    ],
  },
  ApplicationDegraded: {
    severity: "warning",
    for: "15m",
    summary:
      "Applications of {{ $labels.service }} in {{ $labels.environment }} that Argo CD finds degraded, or without what they should have: {{ $value }}.",
    meaning:
      "An object of the service says that it does not work, or is not there. What is new in later layers comes without it, at the next try of the root. Where the root alone is told of, the last sync of one of its Applications failed.",
    lookAt: [
      which,
      "Which object: `kubectl --namespace argocd describe application <name>`, or its page.",
      "Other alerts of the service: [PodNotReady](PodNotReady.md), [JobFailed](JobFailed.md), [ServiceDown](ServiceDown.md).",
    ],
    remedy: [
      "After a change of ours: revert the commit and push.",
      "An object that is gone: `argocd app sync <name>`. What holds data is restored, not made anew: docs/guide-disaster-recovery.md.",
      "A sync that failed: its message says why; sync again when it is mended.",
    ],
  },
  ApplicationUnknown: {
    severity: "warning",
    for: "15m",
    summary:
      "Applications of {{ $labels.service }} in {{ $labels.environment }} of which Argo CD cannot say whether they are in sync: {{ $value }}.",
    meaning:
      "Argo CD could not compare what is in git with what is on the cluster. No change comes in; what runs goes on running. More than ten of an environment are told of together, as a matter of the environment.",
    lookAt: [
      which,
      "Why: `kubectl --namespace argocd describe application <name>`, under `Conditions` a `ComparisonError` or `InvalidSpecError`.",
      "Whether Git answers: `kubectl --namespace argocd logs deployment/argocd-repo-server`.",
    ],
    remedy: [
      "Git does not answer, or refuses the key: mend that; Argo CD looks again by itself.",
      "A branch, a folder or a chart that is not there: `revision` in `environments/<environment>/environment.ts`, or the version of the chart.",
      "A field that the kind does not have: `npm run validate` names it.",
    ],
  },
} as const satisfies Readonly<Record<keyof typeof applicationExpressions, AlertKind>>;
