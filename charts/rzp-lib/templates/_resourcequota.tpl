{{/*
ResourceQuotas: what all pods of the namespace may ask for together.
From values: quotas.<name>.{cpu, memory, memoryLimit, pods, devices}.
Call: {{ template "rzp-lib.kind.resourcequota" . }}
*/}}
{{- define "rzp-lib.kind.resourcequota" -}}
{{- range $name, $quota := .Values.service.quotas }}
{{- if not $quota }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "quotas.%s" $name) "text" "limits nothing; say cpu, memory, memoryLimit, pods or devices.") }}
{{- end }}
---
apiVersion: v1
kind: ResourceQuota
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ResourceQuota" "name" $name) }}
spec:
  hard:
    {{- with $quota.memoryLimit }}
    limits.memory: {{ template "rzp-lib.word" . }}
    {{- end }}
    {{- if not (kindIs "invalid" $quota.pods) }}
    pods: {{ quote (int64 $quota.pods) }}
    {{- end }}
    {{- with $quota.cpu }}
    requests.cpu: {{ template "rzp-lib.word" . }}
    {{- end }}
    {{- with $quota.memory }}
    requests.memory: {{ template "rzp-lib.word" . }}
    {{- end }}
    {{- range $device, $count := $quota.devices }}
    {{ printf "requests.%s" $device }}: {{ quote (int64 $count) }}
    {{- end }}
{{- end }}
{{- end }}
