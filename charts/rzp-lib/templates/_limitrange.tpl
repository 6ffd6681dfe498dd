{{/*
LimitRanges: what a container gets that says nothing itself. Without a memory limit here none is given: a
container of somebody else may ask for more than any limit we could write.
From values: limitRanges.<name>.{cpu, memory, memoryLimit}.
Call: {{ template "rzp-lib.kind.limitrange" . }}
*/}}
{{- define "rzp-lib.kind.limitrange" -}}
{{- range $name, $defaults := .Values.service.limitRanges }}
{{- range $key := list "cpu" "memory" }}
{{- if not (get $defaults $key) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "limitRanges.%s.%s" $name $key) "text" "missing; say what a container asks for that says nothing.") }}
{{- end }}
{{- end }}
---
apiVersion: v1
kind: LimitRange
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "LimitRange" "name" $name) }}
spec:
  limits:
    - type: Container
      {{- with $defaults.memoryLimit }}
      default:
        memory: {{ template "rzp-lib.word" . }}
      {{- end }}
      defaultRequest:
        cpu: {{ template "rzp-lib.word" $defaults.cpu }}
        memory: {{ template "rzp-lib.word" $defaults.memory }}
{{- end }}
{{- end }}
