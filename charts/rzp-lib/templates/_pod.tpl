{{/*
The pod template of a workload: metadata and spec.
Reads: root, component (name), workload (values), restart: the restart policy of a job's pods.
Call: {{- include "rzp-lib.pod" (dict "root" $ "component" $name "workload" $workload) | nindent 4 }}
*/}}
{{- define "rzp-lib.pod" -}}
{{- $workload := .workload -}}
{{- $pod := $workload.pod | default dict -}}
{{- $key := printf "workloads.%s" .component -}}
{{- template "rzp-lib.labels.check" (dict "root" .root "key" (printf "%s.pod.labels" $key) "labels" $pod.labels) -}}
{{- $parts := dict "root" .root "key" $key "component" .component "workload" $workload "pod" $pod -}}
metadata:
  labels:
    {{- include "rzp-lib.labels.pod" (dict "root" .root "component" .component "labels" $pod.labels) | nindent 4 }}
  {{- with include "rzp-lib.pod.annotations" $parts }}
  annotations:
    {{- . | nindent 4 }}
  {{- end }}
spec:
  {{- include "rzp-lib.pod.identity" $pod | nindent 2 }}
  {{- with include "rzp-lib.pod.network" $pod }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with include "rzp-lib.pod.placement" $parts }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with include "rzp-lib.pod.scheduling" $pod }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .restart }}
  restartPolicy: {{ . }}
  {{- end }}
  securityContext:
    {{- include "rzp-lib.pod.security" $pod | nindent 4 }}
  {{- template "rzp-lib.pod.containers" $parts }}
  {{- with $pod.volumes }}
  volumes:
    {{- range $name, $volume := . }}
    {{- if and $volume.claim (not $volume.external) }}
    {{- template "rzp-lib.pod.claim.check" (dict "root" $.root "component" $.component "workload" $workload "name" $name "claim" $volume.claim) }}
    {{- end }}
    - name: {{ template "rzp-lib.word" $name }}
      {{- template "rzp-lib.volume" $volume }}
    {{- end }}
  {{- end }}
{{- end }}

{{/*
Refuses a volume whose claim is not there, and a rolling update where one node may write to it: the new pod would
wait for ever for what the old one holds.
Reads: root, component, workload.{runs, update}, name (of the volume), claim. From values: claims.<claim>.access.
Call: {{- template "rzp-lib.pod.claim.check" (dict "root" $ "component" $component "workload" $workload "name" "config" "claim" "config") }}
*/}}
{{- define "rzp-lib.pod.claim.check" -}}
{{- $claims := .root.Values.service.claims | default dict -}}
{{- $claim := get $claims .claim -}}
{{- if not $claim -}}
{{- template "rzp-lib.refuse" (dict "root" .root "key" (printf "workloads.%s.pod.volumes.%s.claim" .component .name) "text" (printf "there is no claim %q; there are: %s. If something else makes it, say external: true." .claim (keys $claims | sortAlpha | join ", " | default "none"))) -}}
{{- else if and (eq .workload.runs "Deployment") (ne (.workload.update | default "") "Recreate") (ne $claim.access "ReadWriteMany") -}}
{{- template "rzp-lib.refuse" (dict "root" .root "key" (printf "workloads.%s.update" .component) "text" (printf "a rolling update has two pods at once, and one node may write to the claim %q; say Recreate." .claim)) -}}
{{- end -}}
{{- end }}

{{/*
Annotations of the pods: their own, and a checksum for each ConfigMap whose change restarts them.
Reads: root, key, pod.{annotations, checksums}.
Call: {{ include "rzp-lib.pod.annotations" $parts }}
*/}}
{{- define "rzp-lib.pod.annotations" -}}
{{- $checksums := dict -}}
{{- $maps := .root.Values.service.configMaps | default dict -}}
{{- range $index, $name := .pod.checksums -}}
{{- $key := printf "%s.pod.checksums[%d]" $.key $index -}}
{{- if not (get $maps $name) -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" $key "text" (printf "there is no ConfigMap %q; there are: %s." $name (keys $maps | sortAlpha | join ", " | default "none"))) -}}
{{- end -}}
{{- if gt (len $name) 54 -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" $key "text" (printf "the name %q is too long for the annotation of its checksum; 54 characters at most." $name)) -}}
{{- end -}}
{{- $_ := set $checksums (printf "rzp.local/checksum-%s" $name) (include "rzp-lib.configmap.checksum" (dict "root" $.root "name" $name)) -}}
{{- end -}}
{{- include "rzp-lib.pairs" (merge $checksums (.pod.annotations | default dict)) -}}
{{- end }}

{{/*
Who the pod is to the API server. No token and no variables for other Services unless said.
Reads: pod.{account, token}. Call: {{- include "rzp-lib.pod.identity" $pod | nindent 2 }}
*/}}
{{- define "rzp-lib.pod.identity" -}}
{{- with .account -}}
serviceAccountName: {{ template "rzp-lib.word" . }}
{{ end -}}
automountServiceAccountToken: {{ .token | default false }}
enableServiceLinks: false
{{- end }}

{{/*
Network and namespaces of the pod.
Reads: pod.{hostNetwork, hostProcesses, userNamespace, dns, hosts}.
Call: {{ include "rzp-lib.pod.network" $pod }}
*/}}
{{- define "rzp-lib.pod.network" -}}
{{- $lines := "" -}}
{{- if .hostNetwork }}{{ $lines = printf "%shostNetwork: true\n" $lines }}{{ end -}}
{{- if .hostProcesses }}{{ $lines = printf "%shostPID: true\n" $lines }}{{ end -}}
{{- if .userNamespace }}{{ $lines = printf "%shostUsers: false\n" $lines }}{{ end -}}
{{- $dns := .dns | default dict -}}
{{- if $dns.nameservers -}}
{{- $lines = printf "%sdnsPolicy: None\n" $lines -}}
{{- else if .hostNetwork -}}
{{- $lines = printf "%sdnsPolicy: ClusterFirstWithHostNet\n" $lines -}}
{{- end -}}
{{- with .dns }}{{ $lines = printf "%s%s\n" $lines (include "rzp-lib.pod.dns" .) }}{{ end -}}
{{- with .hosts }}{{ $lines = printf "%s%s\n" $lines (include "rzp-lib.pod.hosts" .) }}{{ end -}}
{{ trimSuffix "\n" $lines }}
{{- end }}

{{/*
resolv.conf of the pod. Reads: nameservers, searches, options (an empty value is a flag).
Call: {{ include "rzp-lib.pod.dns" $pod.dns }}
*/}}
{{- define "rzp-lib.pod.dns" -}}
dnsConfig:
  {{- with .nameservers }}
  nameservers:
    {{- range . }}
    - {{ template "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  {{- with .searches }}
  searches:
    {{- range . }}
    - {{ template "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  {{- with .options }}
  options:
    {{- range $name, $value := . }}
    - name: {{ template "rzp-lib.word" $name }}
      {{- with $value }}
      value: {{ quote . }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}

{{/*
Lines of /etc/hosts, one item an address (Kubernetes takes an address once).
Reads: map of name to address. Call: {{ include "rzp-lib.pod.hosts" $pod.hosts }}
*/}}
{{- define "rzp-lib.pod.hosts" -}}
hostAliases:
  {{- range $address := values . | uniq | sortAlpha }}
  - ip: {{ template "rzp-lib.word" $address }}
    hostnames:
      {{- range $name, $own := $ }}
      {{- if eq $own $address }}
      - {{ template "rzp-lib.word" $name }}
      {{- end }}
      {{- end }}
  {{- end }}
{{- end }}

{{/*
Priority, runtime, time to end, pull secret, resource claims.
Reads: pod.{priority, runtime, stopsWithin, pullSecret, claims}.
Call: {{ include "rzp-lib.pod.scheduling" $pod }}
*/}}
{{- define "rzp-lib.pod.scheduling" -}}
{{- $lines := "" -}}
{{- with .priority }}{{ $lines = printf "%spriorityClassName: %s\n" $lines (include "rzp-lib.word" .) }}{{ end -}}
{{- with .runtime }}{{ $lines = printf "%sruntimeClassName: %s\n" $lines (include "rzp-lib.word" .) }}{{ end -}}
{{- if not (kindIs "invalid" .stopsWithin) }}{{ $lines = printf "%sterminationGracePeriodSeconds: %d\n" $lines (int64 .stopsWithin) }}{{ end -}}
{{- with .pullSecret }}{{ $lines = printf "%simagePullSecrets:\n  - name: %s\n" $lines (include "rzp-lib.word" .) }}{{ end -}}
{{- with .claims }}{{ $lines = printf "%sresourceClaims:\n" $lines }}{{ end -}}
{{- range $name, $template := .claims -}}
{{- $lines = printf "%s  - name: %s\n    resourceClaimTemplateName: %s\n" $lines (include "rzp-lib.word" $name) (include "rzp-lib.word" $template) -}}
{{- end -}}
{{ trimSuffix "\n" $lines }}
{{- end }}

{{/*
Security context of the pod: no root, the runtime's system call filter.
Reads: pod.{root, runAs}.
Call: {{- include "rzp-lib.pod.security" $pod | nindent 4 }}
*/}}
{{- define "rzp-lib.pod.security" -}}
{{- if not .root -}}
runAsNonRoot: true
{{ end -}}
{{- with .runAs -}}
runAsUser: {{ int64 .user }}
runAsGroup: {{ int64 .group }}
{{ if not (kindIs "invalid" .files) -}}
fsGroup: {{ int64 .files }}
fsGroupChangePolicy: OnRootMismatch
{{ end -}}
{{- with .groups -}}
supplementalGroups:
  {{- range . }}
  - {{ int64 . }}
  {{- end }}
{{ end -}}
{{- end -}}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/*
Containers of the pod: native sidecars, init containers and the sidecars that start after these, each in their order, then
the main one, which has the name of its component.
Reads: root, key, component, workload.{sidecars, init, sidecarsAfterInit, templates, container fields}, pod.
Call: {{- template "rzp-lib.pod.containers" $parts }}
*/}}
{{- define "rzp-lib.pod.containers" -}}
{{- $workload := .workload }}
{{- $volumes := concat (keys (.pod.volumes | default dict)) (keys ($workload.templates | default dict)) | sortAlpha }}
  {{- if or $workload.sidecars $workload.init $workload.sidecarsAfterInit }}
  initContainers:
    {{- range $index, $container := $workload.sidecars }}
    {{- template "rzp-lib.container" (dict "root" $.root "key" (printf "%s.sidecars[%d]" $.key $index) "name" $container.name "container" $container "pod" $.pod "volumes" $volumes "sidecar" true) }}
    {{- end }}
    {{- range $index, $container := $workload.init }}
    {{- $key := printf "%s.init[%d]" $.key $index }}
    {{- if $container.probes }}
    {{- template "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.probes" $key) "text" "a container that ends before the main one starts has no probes.") }}
    {{- end }}
    {{- template "rzp-lib.container" (dict "root" $.root "key" $key "name" $container.name "container" $container "pod" $.pod "volumes" $volumes) }}
    {{- end }}
    {{- range $index, $container := $workload.sidecarsAfterInit }}
    {{- template "rzp-lib.container" (dict "root" $.root "key" (printf "%s.sidecarsAfterInit[%d]" $.key $index) "name" $container.name "container" $container "pod" $.pod "volumes" $volumes "sidecar" true) }}
    {{- end }}
  {{- end }}
  containers:
    {{- template "rzp-lib.container" (dict "root" .root "key" .key "name" .component "container" $workload "pod" .pod "volumes" $volumes) }}
{{- end }}
