{{/*
AlertmanagerConfigs: who is told of alerts. Secrets by reference; a warning may wait in quiet hours. What is critical keeps
the warnings about the same service silent, but no warning about the platform itself: its alerts are about many things. A receiver with
`beat` gets no message when an alert is resolved.
From values: alertRouting.<name>.{secret, platform, receivers[].{name, beat, webhook, token, discord, email}, otherwise, ignores, routes[].{to, matches, wait, interval, repeat, waits}, quiet[].{months, from, to}}.
Call: {{ template "rzp-lib.kind.alertmanagerconfig" . }}
*/}}
{{- define "rzp-lib.kind.alertmanagerconfig" -}}
{{- range $name, $routing := .Values.service.alertRouting }}
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "AlertmanagerConfig" "name" $name) }}
spec:
  receivers:
    {{- range $routing.receivers }}
    - name: {{ template "rzp-lib.word" .name }}
      {{- if .webhook }}
      webhookConfigs:
        - urlSecret: {name: {{ template "rzp-lib.word" $routing.secret }}, key: {{ template "rzp-lib.word" .webhook }}}
          sendResolved: {{ not .beat }}
          {{- with .token }}
          httpConfig:
            authorization:
              credentials: {name: {{ template "rzp-lib.word" $routing.secret }}, key: {{ template "rzp-lib.word" . }}}
          {{- end }}
      {{- else if .discord }}
      discordConfigs:
        - apiURL: {name: {{ template "rzp-lib.word" $routing.secret }}, key: {{ template "rzp-lib.word" .discord }}}
          sendResolved: {{ not .beat }}
      {{- else if .email }}
      emailConfigs:
        - to: {{ quote .email.to }}
          from: {{ quote .email.from }}
          smarthost: {{ quote .email.server }}
          sendResolved: {{ not .beat }}
          {{- with .email.user }}
          authUsername: {{ quote . }}
          {{- end }}
          {{- with .email.password }}
          authPassword: {name: {{ template "rzp-lib.word" $routing.secret }}, key: {{ template "rzp-lib.word" . }}}
          {{- end }}
      {{- else }}
      {{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "alertRouting.%s.receivers" $name) "text" (printf "%s goes nowhere; give webhook, discord or email." .name)) }}
      {{- end }}
    {{- end }}
  route:
    receiver: {{ template "rzp-lib.word" $routing.otherwise }}
    groupBy: [environment, service, alertname]
    groupWait: 30s
    groupInterval: 5m
    repeatInterval: 4h
    {{- with $routing.ignores }}
    matchers:
      - {name: alertname, matchType: "!=", value: {{ template "rzp-lib.word" . }}}
    {{- end }}
    {{- with $routing.routes }}
    routes:
      {{- range . }}
      - receiver: {{ template "rzp-lib.word" .to }}
        {{- with .wait }}
        groupWait: {{ . }}
        {{- end }}
        {{- with .interval }}
        groupInterval: {{ . }}
        {{- end }}
        {{- with .repeat }}
        repeatInterval: {{ . }}
        {{- end }}
        {{- if .waits }}
        muteTimeIntervals: [quiet-hours]
        {{- end }}
        {{- with .matches }}
        matchers:
          {{- range $label, $values := . }}
          - name: {{ template "rzp-lib.word" $label }}
            matchType: "=~"
            value: {{ join "|" $values | quote }}
          {{- end }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- with $routing.quiet }}
  muteTimeIntervals:
    - name: quiet-hours
      timeIntervals:
        {{- range . }}
        - times:
            - startTime: {{ quote .from }}
              endTime: {{ quote .to }}
          {{- with .months }}
          months:
            {{- range . }}
            - {{ quote . }}
            {{- end }}
          {{- end }}
        {{- end }}
  {{- end }}
  inhibitRules:
    - sourceMatch:
        - {name: severity, matchType: "=", value: critical}
      targetMatch:
        - {name: severity, matchType: "=", value: warning}
        - {name: service, matchType: "!=", value: {{ template "rzp-lib.word" $routing.platform }}}
      equal: [environment, service]
{{- end }}
{{- end }}
