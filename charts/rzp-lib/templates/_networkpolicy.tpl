{{/*
NetworkPolicies: `default-deny` always, `dns` unless no component asks it, then one for each entry of `policies`.
From values: workloads, postgres (names of components); dns.{namespace, podLabels, addresses, except};
policies.<name>.{component, selects, ingress, egress}.
Call: {{ template "rzp-lib.kind.networkpolicy" . }}
*/}}
{{- define "rzp-lib.kind.networkpolicy" -}}
{{- $dns := .Values.service.dns }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
{{ template "rzp-lib.metadata" (dict "root" . "kind" "NetworkPolicy" "name" "default-deny") }}
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
{{- $components := concat (keys (.Values.service.workloads | default dict)) (keys (.Values.service.postgres | default dict)) }}
{{- if or (not $dns.except) (lt (len $dns.except) (len $components)) }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
{{ template "rzp-lib.metadata" (dict "root" . "kind" "NetworkPolicy" "name" "dns") }}
spec:
  {{- if $dns.except }}
  podSelector:
    matchExpressions:
      - key: app.kubernetes.io/component
        operator: NotIn
        values:
          {{- range $dns.except }}
          - {{ template "rzp-lib.word" . }}
          {{- end }}
  {{- else }}
  podSelector: {}
  {{- end }}
  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ quote $dns.namespace }}
          podSelector:
            matchLabels:
              {{- include "rzp-lib.pairs" $dns.podLabels | nindent 14 }}
        {{- range $dns.addresses }}
        - ipBlock:
            cidr: {{ template "rzp-lib.word" (printf "%s/%s" . (ternary "128" "32" (contains ":" .))) }}
        {{- end }}
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
{{- end }}
{{- range $name, $policy := .Values.service.policies }}
{{- $path := printf "policies.%s" $name }}
{{- template "rzp-lib.networkpolicy.check" (dict "root" $ "name" $name "policy" $policy) }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "NetworkPolicy" "name" $name "component" $policy.component) }}
spec:
  {{- if $policy.selects }}
  podSelector:
    matchLabels:
      {{- include "rzp-lib.pairs" $policy.selects | nindent 6 }}
  {{- else if $policy.component }}
  podSelector:
    matchLabels:
      {{- include "rzp-lib.selector" (dict "root" $ "component" $policy.component) | nindent 6 }}
  {{- else }}
  podSelector: {}
  {{- end }}
  policyTypes:
    {{- if $policy.ingress }}
    - Ingress
    {{- end }}
    {{- if $policy.egress }}
    - Egress
    {{- end }}
  {{- with $policy.ingress }}
  ingress:
    {{- range $index, $rule := . }}
    {{- template "rzp-lib.networkpolicy.rule" (dict "root" $ "key" (printf "%s.ingress[%d]" $path $index) "side" "from" "rule" $rule) }}
    {{- end }}
  {{- end }}
  {{- with $policy.egress }}
  egress:
    {{- range $index, $rule := . }}
    {{- template "rzp-lib.networkpolicy.rule" (dict "root" $ "key" (printf "%s.egress[%d]" $path $index) "side" "to" "rule" $rule) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
One rule. A rule without peers would allow everybody, so it is refused; without ports it allows all.
Reads: root, key (path of the rule), side (`from` or `to`), rule.
Call: {{- template "rzp-lib.networkpolicy.rule" (dict "root" $ "key" $key "side" "from" "rule" $rule) }}
*/}}
{{- define "rzp-lib.networkpolicy.rule" -}}
{{- if not .rule.peers -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" (printf "%s.peers" .key) "text" "is empty, which would allow everybody; name the peers, or say cidr 0.0.0.0/0.") -}}
{{- end }}
    - {{ .side }}:
        {{- range $index, $peer := .rule.peers }}
        {{- if $peer.cidr }}
        - ipBlock:
            cidr: {{ template "rzp-lib.word" $peer.cidr }}
            {{- with $peer.except }}
            except:
              {{- range . }}
              - {{ template "rzp-lib.word" . }}
              {{- end }}
            {{- end }}
        {{- else if $peer.component }}
        {{- template "rzp-lib.component.check" (dict "root" $.root "key" (printf "%s.peers[%d].component" $.key $index) "component" $peer.component) }}
        - podSelector:
            matchLabels:
              {{- include "rzp-lib.selector" (dict "root" $.root "component" $peer.component) | nindent 14 }}
        {{- else }}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ quote $peer.namespace }}
          {{- with $peer.pods }}
          podSelector:
            matchLabels:
              {{- include "rzp-lib.pairs" . | nindent 14 }}
          {{- end }}
        {{- end }}
        {{- end }}
      {{- with .rule.ports }}
      ports:
        {{- range . }}
        - protocol: {{ .protocol }}
          {{- if kindIs "string" .port }}
          port: {{ template "rzp-lib.word" .port }}
          {{- else if .port }}
          port: {{ int64 .port }}
          {{- end }}
          {{- with .endPort }}
          endPort: {{ int64 . }}
          {{- end }}
        {{- end }}
      {{- end }}
{{- end }}

{{/*
Refuses a policy that takes a name of ours, selects what is not there, or says nothing.
Reads: root, name, policy.
Call: {{- template "rzp-lib.networkpolicy.check" (dict "root" $ "name" $name "policy" $policy) }}
*/}}
{{- define "rzp-lib.networkpolicy.check" -}}
{{- $key := printf "policies.%s" .name -}}
{{- if has .name (list "default-deny" "dns") -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" $key "text" "the name is taken: rzp-lib renders this policy itself.") -}}
{{- end -}}
{{- if and .policy.component (not .policy.selects) -}}
{{- template "rzp-lib.component.check" (dict "root" .root "key" (printf "%s.component" $key) "component" .policy.component) -}}
{{- end -}}
{{- if not (or .policy.ingress .policy.egress) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" $key "text" "has neither ingress nor egress; everything is denied without it.") -}}
{{- end -}}
{{- end }}
