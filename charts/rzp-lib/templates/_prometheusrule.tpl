{{/*
PrometheusRules: alerts, and series that are recorded under a name, in groups. A group carries the labels of all its rules.
From values: alertRules.<name>.{runbooks, labels, groups.<group>.{interval, rules[].{alert, record, expr, for, severity, labels, summary}}}.
Call: {{ template "rzp-lib.kind.prometheusrule" . }}
*/}}
{{- define "rzp-lib.kind.prometheusrule" -}}
{{- range $name, $content := .Values.service.alertRules }}
{{- if not $content.groups }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "alertRules.%s.groups" $name) "text" "has no group; name one with its rules.") }}
{{- end }}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "PrometheusRule" "name" $name) }}
spec:
  groups:
    {{- range $group, $rules := $content.groups }}
    - name: {{ template "rzp-lib.word" $group }}
      {{- with $rules.interval }}
      interval: {{ . }}
      {{- end }}
      {{- with $content.labels }}
      labels:
        {{- include "rzp-lib.pairs" . | nindent 8 }}
      {{- end }}
      rules:
        {{- range $rules.rules }}
        {{- if .record }}
        - record: {{ template "rzp-lib.word" .record }}
          expr: {{ quote .expr }}
        {{- else }}
        {{- if get (.labels | default dict) "severity" }}
        {{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "alertRules.%s.groups.%s.rules" $name $group) "text" (printf "the alert %q has its severity in labels too; say it once, beside expr." .alert)) }}
        {{- end }}
        - alert: {{ template "rzp-lib.word" .alert }}
          expr: {{ quote .expr }}
          {{- with .for }}
          for: {{ . }}
          {{- end }}
          labels:
            severity: {{ template "rzp-lib.word" .severity }}
            {{- with .labels }}
            {{- include "rzp-lib.pairs" . | nindent 12 }}
            {{- end }}
          annotations:
            summary: {{ quote .summary }}
            runbook_url: {{ printf "%s/%s.md" $content.runbooks .alert | quote }}
        {{- end }}
        {{- end }}
    {{- end }}
{{- end }}
{{- end }}
