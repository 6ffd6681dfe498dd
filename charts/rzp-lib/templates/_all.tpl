{{/*
The one entry: all objects of a service, in a fixed order of kinds and by name inside a kind. A
chart's `templates/all.yaml` holds this call and nothing else:
  {{ include "rzp-lib.service" . }}
Reads: the chart's root. From values: everything under `service:` (charts/rzp-lib/values.yaml).
A line of spaces is cut: it comes from indenting an empty line of a text.
*/}}
{{- define "rzp-lib.service" -}}
{{- if not (include "rzp-lib.identity.check" .) }}
{{- $text := include "rzp-lib.kinds" . }}
{{- if contains " \n" $text }}{{ $text = regexReplaceAll "(?m)^ +$" $text "" }}{{ end }}
{{- $text }}
{{- template "rzp-lib.kind.objects" . }}
{{- end }}
{{- end }}

{{/*
Every kind in turn; each prints nothing where values name none. Reads: the chart's root.
Call: {{ include "rzp-lib.kinds" . }}
*/}}
{{- define "rzp-lib.kinds" -}}
{{- template "rzp-lib.kind.namespace" . }}
{{- template "rzp-lib.kind.resourcequota" . }}
{{- template "rzp-lib.kind.limitrange" . }}
{{- template "rzp-lib.kind.networkpolicy" . }}
{{- template "rzp-lib.kind.serviceaccount" . }}
{{- template "rzp-lib.kind.clusterrole" . }}
{{- template "rzp-lib.kind.clusterrolebinding" . }}
{{- template "rzp-lib.kind.role" . }}
{{- template "rzp-lib.kind.rolebinding" . }}
{{- template "rzp-lib.kind.configmap" . }}
{{- template "rzp-lib.kind.externalsecret" . }}
{{- template "rzp-lib.kind.persistentvolume" . }}
{{- template "rzp-lib.kind.persistentvolumeclaim" . }}
{{- template "rzp-lib.kind.resourceclaimtemplate" . }}
{{- template "rzp-lib.kind.service" . }}
{{- template "rzp-lib.kind.cluster" . }}
{{- template "rzp-lib.kind.database" . }}
{{- template "rzp-lib.kind.daemonset" . }}
{{- template "rzp-lib.kind.deployment" . }}
{{- template "rzp-lib.kind.statefulset" . }}
{{- template "rzp-lib.kind.job" . }}
{{- template "rzp-lib.kind.cronjob" . }}
{{- template "rzp-lib.kind.horizontalpodautoscaler" . }}
{{- template "rzp-lib.kind.poddisruptionbudget" . }}
{{- template "rzp-lib.kind.securitypolicy" . }}
{{- template "rzp-lib.kind.httproute" . }}
{{- template "rzp-lib.kind.grpcroute" . }}
{{- template "rzp-lib.kind.tlsroute" . }}
{{- template "rzp-lib.kind.tcproute" . }}
{{- template "rzp-lib.kind.udproute" . }}
{{- template "rzp-lib.kind.servicemonitor" . }}
{{- template "rzp-lib.kind.podmonitor" . }}
{{- template "rzp-lib.kind.prometheusrule" . }}
{{- template "rzp-lib.kind.volumesnapshotclass" . }}
{{- template "rzp-lib.kind.schedule" . }}
{{- template "rzp-lib.kind.alertmanagerconfig" . }}
{{- template "rzp-lib.kind.probe" . }}
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
{{- if not (and $service.dns $service.dns.namespace) -}}
{{- include "rzp-lib.refuse" (dict "root" $ "key" "dns.namespace" "text" "missing; say where the cluster's DNS is, or leave `dns` to its default.") -}}
{{- end -}}
{{- template "rzp-lib.labels.check" (dict "root" $ "key" "labels" "labels" $service.labels) -}}
{{- template "rzp-lib.labels.check" (dict "root" $ "key" "namespace.labels" "labels" $service.namespace.labels) -}}
{{- end }}
