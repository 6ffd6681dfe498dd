{{/*
On which nodes the pods run.
Reads: root, key, component, workload.runs, pod.{nodes, tolerates, spread, apartFrom, together}.
Call: {{ include "rzp-lib.pod.placement" $parts }}
*/}}
{{- define "rzp-lib.pod.placement" -}}
{{- $pod := .pod -}}
{{- $blocks := list -}}
{{- with $pod.nodes }}{{ $blocks = append $blocks (printf "nodeSelector:%s" (include "rzp-lib.pairs" . | nindent 2)) }}{{ end -}}
{{- with $pod.tolerates }}{{ $blocks = append $blocks (include "rzp-lib.placement.tolerations" .) }}{{ end -}}
{{- if or $pod.apartFrom $pod.together }}{{ $blocks = append $blocks (include "rzp-lib.placement.affinity" .) }}{{ end -}}
{{- if $pod.spread }}{{ $blocks = append $blocks (include "rzp-lib.placement.spread" .) }}{{ end -}}
{{ join "\n" $blocks }}
{{- end }}

{{/*
Tolerations. Reads: map of taint key to effect, `any` for every effect.
Call: {{ include "rzp-lib.placement.tolerations" $pod.tolerates }}
*/}}
{{- define "rzp-lib.placement.tolerations" -}}
tolerations:
  {{- range $key, $effect := . }}
  - key: {{ template "rzp-lib.word" $key }}
    operator: Exists
    {{- if ne $effect "any" }}
    effect: {{ template "rzp-lib.word" $effect }}
    {{- end }}
  {{- end }}
{{- end }}

{{/*
Nodes shared, or not shared, with other components of the service. One term each, so that all hold.
Reads: root, key, pod.{apartFrom, together}.
Call: {{ include "rzp-lib.placement.affinity" $parts }}
*/}}
{{- define "rzp-lib.placement.affinity" -}}
affinity:
  {{- with .pod.together }}
  podAffinity:
    {{- include "rzp-lib.placement.terms" (dict "root" $.root "key" (printf "%s.pod.together" $.key) "components" .) | nindent 4 }}
  {{- end }}
  {{- with .pod.apartFrom }}
  podAntiAffinity:
    {{- include "rzp-lib.placement.terms" (dict "root" $.root "key" (printf "%s.pod.apartFrom" $.key) "components" .) | nindent 4 }}
  {{- end }}
{{- end }}

{{/*
Required terms by node. Reads: root, key, components.
Call: {{- include "rzp-lib.placement.terms" (dict "root" $ "key" $key "components" $names) | nindent 4 }}
*/}}
{{- define "rzp-lib.placement.terms" -}}
requiredDuringSchedulingIgnoredDuringExecution:
  {{- range $index, $component := .components }}
  {{- template "rzp-lib.component.check" (dict "root" $.root "key" (printf "%s[%d]" $.key $index) "component" $component) }}
  - topologyKey: kubernetes.io/hostname
    labelSelector:
      matchLabels:
        {{- include "rzp-lib.selector" (dict "root" $.root "component" $component) | nindent 8 }}
  {{- end }}
{{- end }}

{{/*
Pods spread over hosts or zones, softly. A Deployment counts the pods of one version only.
Reads: root, component, workload.runs, pod.spread.
Call: {{ include "rzp-lib.placement.spread" $parts }}
*/}}
{{- define "rzp-lib.placement.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: {{ if eq .pod.spread "zones" }}topology.kubernetes.io/zone{{ else }}kubernetes.io/hostname{{ end }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "rzp-lib.selector" (dict "root" .root "component" .component) | nindent 8 }}
    {{- if eq .workload.runs "Deployment" }}
    matchLabelKeys:
      - pod-template-hash
    {{- end }}
{{- end }}
