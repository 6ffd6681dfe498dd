{{/*
The one entry: all objects of a service, in a fixed order of kinds and by name inside a kind. A
chart's `templates/all.yaml` holds this call and nothing else:
  {{ include "rzp-lib.service" . }}
Reads: the chart's root. From values: everything under `service:` (charts/rzp-lib/values.yaml).
A line of spaces is cut: it comes from indenting an empty line of a text.
*/}}
{{- define "rzp-lib.service" -}}
{{- if not (include "rzp-lib.identity.check" .) }}
{{- regexReplaceAll "(?m)^ +$" (include "rzp-lib.kinds" .) "" }}
{{- include "rzp-lib.kind.objects" . }}
{{- end }}
{{- end }}

{{/*
Every kind in turn; each prints nothing where values name none. Reads: the chart's root.
Call: {{ include "rzp-lib.kinds" . }}
*/}}
{{- define "rzp-lib.kinds" -}}
{{- include "rzp-lib.kind.namespace" . }}
{{- include "rzp-lib.kind.networkpolicy" . }}
{{- include "rzp-lib.kind.serviceaccount" . }}
{{- include "rzp-lib.kind.clusterrole" . }}
{{- include "rzp-lib.kind.clusterrolebinding" . }}
{{- include "rzp-lib.kind.role" . }}
{{- include "rzp-lib.kind.rolebinding" . }}
{{- include "rzp-lib.kind.configmap" . }}
{{- include "rzp-lib.kind.externalsecret" . }}
{{- include "rzp-lib.kind.persistentvolume" . }}
{{- include "rzp-lib.kind.persistentvolumeclaim" . }}
{{- include "rzp-lib.kind.resourceclaimtemplate" . }}
{{- include "rzp-lib.kind.service" . }}
{{- include "rzp-lib.kind.cluster" . }}
{{- include "rzp-lib.kind.database" . }}
{{- include "rzp-lib.kind.daemonset" . }}
{{- include "rzp-lib.kind.deployment" . }}
{{- include "rzp-lib.kind.statefulset" . }}
{{- include "rzp-lib.kind.job" . }}
{{- include "rzp-lib.kind.cronjob" . }}
{{- include "rzp-lib.kind.horizontalpodautoscaler" . }}
{{- include "rzp-lib.kind.poddisruptionbudget" . }}
{{- include "rzp-lib.kind.httproute" . }}
{{- include "rzp-lib.kind.grpcroute" . }}
{{- include "rzp-lib.kind.tlsroute" . }}
{{- include "rzp-lib.kind.tcproute" . }}
{{- include "rzp-lib.kind.udproute" . }}
{{- include "rzp-lib.kind.servicemonitor" . }}
{{- include "rzp-lib.kind.podmonitor" . }}
{{- end }}

{{/*
Refuses values without an identity, and labels that are ours. Gives a text where something is wrong:
under `helm lint` a refusal is only reported, and nothing may be rendered from such values.
Reads: the chart's root. Call: {{- if not (include "rzp-lib.identity.check" .) }}
*/}}
{{- define "rzp-lib.identity.check" -}}
{{- if not .Values.service -}}
{{- fail "[rzp-lib] service=? key=service: missing; the chart depends on rzp-lib with `alias: service`, and its values stand under `service:`." -}}
{{- end -}}
{{- $service := .Values.service | default dict -}}
{{- range $key := list "name" "tier" "environment" -}}
{{- if not (get $service $key) -}}
{{- include "rzp-lib.refuse" (dict "root" $ "key" $key "text" "missing; every object carries it.") -}}
{{- end -}}
{{- end -}}
{{- if not (and $service.namespace $service.namespace.name) -}}
{{- include "rzp-lib.refuse" (dict "root" $ "key" "namespace.name" "text" "missing; say the namespace of the service.") -}}
{{- end -}}
{{- include "rzp-lib.labels.check" (dict "root" $ "key" "labels" "labels" $service.labels) -}}
{{- include "rzp-lib.labels.check" (dict "root" $ "key" "namespace.labels" "labels" $service.namespace.labels) -}}
{{- end }}
