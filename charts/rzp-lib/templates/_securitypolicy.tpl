{{/*
SecurityPolicies (Envoy Gateway): people sign in at an OpenID Connect provider before a route lets them
through. Each bears the name of its route. Scopes are written out with `openid`, which the controller adds.
Requests of a page's own scripts are refused instead of led away: a browser does not follow them to another host.
From values: routes.<name>.signIn.{issuer, endpoints, clientId, secret, redirect, logout, scopes}.
Call: {{ template "rzp-lib.kind.securitypolicy" . }}
*/}}
{{- define "rzp-lib.kind.securitypolicy" -}}
{{- range $name, $route := .Values.service.routes }}
{{- with $route.signIn }}
{{- if ne $route.kind "HTTPRoute" }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "routes.%s.signIn" $name) "text" (printf "a %s cannot lead anybody to a page to sign in." $route.kind)) }}
{{- end }}
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "SecurityPolicy" "name" $name) }}
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: {{ template "rzp-lib.word" $name }}
  oidc:
    provider:
      issuer: {{ template "rzp-lib.word" .issuer }}
      {{- with .endpoints }}
      authorizationEndpoint: {{ quote .authorization }}
      tokenEndpoint: {{ quote .token }}
      {{- with .endSession }}
      endSessionEndpoint: {{ quote . }}
      {{- end }}
      {{- end }}
    clientID: {{ quote .clientId }}
    clientSecret:
      group: ""
      kind: Secret
      name: {{ template "rzp-lib.word" .secret }}
    scopes:
      - openid
      {{- range without (.scopes | default list) "openid" }}
      - {{ template "rzp-lib.word" . }}
      {{- end }}
    redirectURL: {{ quote .redirect }}
    logoutPath: {{ template "rzp-lib.word" .logout }}
    denyRedirect:
      headers:
        - name: Sec-Fetch-Mode
          type: Exact
          value: cors
        - name: X-Requested-With
          type: Exact
          value: XMLHttpRequest
{{- end }}
{{- end }}
{{- end }}
