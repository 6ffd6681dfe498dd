{{/*
ConfigMaps, from texts in the values and from files of the chart.
From values: configMaps.<name>.<key>.{text, file}.
Call: {{ template "rzp-lib.kind.configmap" . }}
*/}}
{{- define "rzp-lib.kind.configmap" -}}
{{- range $name, $entries := .Values.service.configMaps }}
---
apiVersion: v1
kind: ConfigMap
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ConfigMap" "name" $name) }}
data:
  {{- range $key, $entry := $entries }}
  {{- $content := include "rzp-lib.configmap.content" (dict "root" $ "key" (printf "configMaps.%s.%s" $name $key) "entry" $entry) }}
  {{ template "rzp-lib.word" $key }}: {{ template "rzp-lib.text" (dict "text" $content "indent" 4) }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
The content of one key of a ConfigMap: its text, or that of a file of the chart.
Reads: root, key (path of the value), entry ({text} or {file}).
Call: {{ include "rzp-lib.configmap.content" (dict "root" $ "key" "configMaps.config.app" "entry" $entry) }}
*/}}
{{- define "rzp-lib.configmap.content" -}}
{{- if .entry.file -}}
{{- $content := .root.Files.Get .entry.file -}}
{{- if and (not $content) (not (.root.Files.Glob .entry.file)) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.file" .key) "text" (printf "the chart has no file %q." .entry.file)) -}}
{{- end -}}
{{ $content }}
{{- else -}}
{{ .entry.text }}
{{- end -}}
{{- end }}

{{/*
The checksum of a ConfigMap's data: of each key, its content's length and its content, so that the
way a text is written in YAML does not count.
Reads: root, name (of the ConfigMap). From values: configMaps.<name>.
Call: {{ include "rzp-lib.configmap.checksum" (dict "root" $ "name" "config") }}
*/}}
{{- define "rzp-lib.configmap.checksum" -}}
{{- $data := "" -}}
{{- $name := .name -}}
{{- range $key, $entry := get (.root.Values.service.configMaps | default dict) .name -}}
{{- $content := include "rzp-lib.configmap.content" (dict "root" $.root "key" (printf "configMaps.%s.%s" $name $key) "entry" $entry) -}}
{{- $data = printf "%s%s %d\n%s\n" $data $key (len $content) $content -}}
{{- end -}}
{{ sha256sum $data }}
{{- end }}
